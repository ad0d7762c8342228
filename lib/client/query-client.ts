import { environmentManager, QueryClient } from '@tanstack/react-query'

export const REFRESH_MS = 60_000
export const REFRESH_WHILE_SYNCING_MS = 2_000

let browserClient: QueryClient | undefined

/** One client per request on the server, one per page in the browser. */
export function getQueryClient(): QueryClient {
  if (environmentManager.isServer()) return newClient()
  browserClient ??= newClient()
  return browserClient
}

function newClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // What the server sent with the page is good for one interval.
      queries: { staleTime: REFRESH_MS / 2, refetchOnWindowFocus: 'always', retry: 1 },
    },
  })
}
