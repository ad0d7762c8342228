/** The room of rows that are not drawn. */
export function MatrixSpacer({ heightPx, columns }: { heightPx: number; columns: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row of a plain table takes no focus, and this one is empty
    <tr aria-hidden="true">
      <td colSpan={columns + 1} className="border-0!" style={{ height: heightPx }} />
    </tr>
  )
}

/** A row whose page is on its way. */
export function MatrixWaitingRow(props: { ariaRowIndex: number; columns: number; isFailed: boolean }) {
  const { ariaRowIndex, columns, isFailed } = props
  return (
    <tr className="row" aria-rowindex={ariaRowIndex} aria-busy={!isFailed}>
      <th scope="row">
        <span className="px-3 text-xs text-muted">{isFailed ? 'could not be loaded' : 'loading'}</span>
      </th>
      <td colSpan={columns} />
    </tr>
  )
}
