import type { Instrumentation } from 'next'

/** Runs once per server, before it answers anything. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { recordPeers } = await import('@/lib/http/peer')
  recordPeers()
  const { boot } = await import('@/lib/boot')
  await boot()
}

/** The one place that logs an error of ours; the digest is what the error page shows. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  const { log } = await import('@/lib/log')
  const digest = typeof error === 'object' && error !== null && 'digest' in error ? error.digest : null
  // Without its query: what people type there is theirs.
  const path = request.path.split('?')[0]
  log.error({ err: error, digest, method: request.method, path, route: context.routePath }, 'request failed')
}
