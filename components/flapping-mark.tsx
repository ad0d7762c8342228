/** Beside a status whose word alone would mislead: the same build has had both outcomes. Of several, how many. */
export function FlappingMark({ count }: { count?: number }) {
  return (
    <span
      className="text-xs whitespace-nowrap text-muted"
      title="Its outcome changes without what is built: the same derivation both failed and succeeded, or its health keeps changing"
    >
      <span aria-hidden="true">⇅ </span>
      {count !== undefined && `${count} `}flapping
    </span>
  )
}
