import type { Instrumentation } from 'next'

/** Runs once per server, before it answers anything. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { recordPeers } = await import('@/lib/http/peer')
  recordPeers()
  const { mendBrokenAddresses } = await import('@/lib/http/broken-addresses')
  mendBrokenAddresses()
  const { watchRequests } = await import('@/lib/metrics/watch-requests')
  const { routeTemplate } = await import('@/lib/contract/openapi/route-template')
  watchRequests(routeTemplate)
  const { boot } = await import('@/lib/boot')
  await boot()
}

/** Logs the errors of pages; the digest is what the error page shows. Handlers of the API log their own (app/answering.ts). */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  const { logRequestError } = await import('@/lib/log')
  const digest = typeof error === 'object' && error !== null && 'digest' in error ? error.digest : null
  const path = request.path.split('?')[0] ?? ''
  logRequestError(error, { digest, method: request.method, path, route: context.routePath })
}
