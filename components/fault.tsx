/** What stands in place of a page that could not be drawn. */
export function Fault({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const digest = digestOf(error)
  return (
    <div role="alert" className="max-w-[64ch] px-4 py-12">
      <h1 className="mb-1 text-xl font-semibold">This page could not be drawn</h1>
      <p className="mb-4 text-muted">
        The fault is ours, and nothing that is stored is lost. Try again; if it stays, the server’s log has the reason
        {digest !== null && (
          <>
            {' '}
            under <code>{digest}</code>
          </>
        )}
        .
      </p>
      <button type="button" className="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  )
}

function digestOf(error: unknown): string | null {
  const isTagged = typeof error === 'object' && error !== null && 'digest' in error
  return isTagged && typeof error.digest === 'string' ? error.digest : null
}
