/** One line about what was just done, spoken and shown; empty when there is nothing to say. */
export function Toast({ message }: { message: string }) {
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-4 z-50 flex justify-center">
      {message !== '' && <p className="raised px-3 py-2 text-sm">{message}</p>}
    </div>
  )
}
