import 'server-only'
import { randomUUID } from 'node:crypto'
import { unstable_rethrow } from 'next/navigation'
import { costlyPerMinute } from '@/lib/config/rate-limit'
import { type OperationName, operationOf } from '@/lib/contract/openapi/operations'
import { problem } from '@/lib/http/problem'
import { type Allowance, takeRequest } from '@/lib/http/rate-limit'
import { logRequestError } from '@/lib/log'
import { clientOf } from './client-of'

type Handler<C> = (request: Request, context: C) => Response | Promise<Response>

const UNLIMITED: Allowance = { retryAfterSeconds: null, headers: {} }

/**
 * The handler of an operation of the API as the server calls it: limited per client where the table says so
 * (lib/contract/openapi/operations.ts), and what it throws is logged and answered as a problem that tells nothing.
 */
export function answering<C>(
  name: OperationName,
  handle: Handler<C>,
): (request: Request, context: C) => Promise<Response> {
  const { isLimited = false } = operationOf(name)
  return async (request, context) => {
    const allowance = isLimited ? await takeCostly(request) : UNLIMITED
    if (allowance.retryAfterSeconds !== null) {
      const title = `Too many requests; try again in ${allowance.retryAfterSeconds} s`
      return problem(429, title, {}, allowance.headers)
    }
    const answer = await guarded(name, request, () => handle(request, context))
    for (const [header, value] of Object.entries(allowance.headers)) answer.headers.set(header, value)
    return answer
  }
}

function takeCostly(request: Request): Promise<Allowance> {
  return takeRequest(clientOf(request.headers), { name: 'costly', perMinute: costlyPerMinute() })
}

async function guarded(route: string, request: Request, handle: () => Response | Promise<Response>): Promise<Response> {
  try {
    return await handle()
  } catch (error) {
    // What Next throws to steer itself is no error.
    unstable_rethrow(error)
    const digest = randomUUID().slice(0, 8)
    logRequestError(error, { digest, method: request.method, path: new URL(request.url).pathname, route })
    return problem(500, 'This is a fault of ours; the log of the server tells more under this digest', { digest })
  }
}
