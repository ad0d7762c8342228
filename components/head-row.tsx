export interface HeadRowProps {
  readonly heads: readonly string[]
  /** Of a small table within a page. */
  readonly isSmall?: boolean
}

/** The head of a table whose columns all have a name. */
export function HeadRow({ heads, isSmall = false }: HeadRowProps) {
  return (
    <thead>
      <tr className={`border-b border-line text-muted ${isSmall ? 'text-xs' : ''}`}>
        {heads.map((head) => (
          <th key={head} scope="col" className={`pr-4 font-normal whitespace-nowrap ${isSmall ? 'py-1' : 'py-2'}`}>
            {head}
          </th>
        ))}
      </tr>
    </thead>
  )
}
