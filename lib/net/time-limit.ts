import 'server-only'

/** A signal that fires when its time is up or when `parent` does; `restart` grants new time, `stop` frees the timer. */
export interface TimeLimit {
  readonly signal: AbortSignal
  readonly hasExpired: () => boolean
  readonly restart: (limitMs: number) => void
  readonly stop: () => void
}

// Not AbortSignal.any over AbortSignal.timeout: Node 20 may collect the timer before it fires.
export function startTimeLimit(limitMs: number, parent?: AbortSignal): TimeLimit {
  const controller = new AbortController()
  let isExpired = false
  const expire = () => {
    isExpired = true
    controller.abort(new DOMException('time limit', 'TimeoutError'))
  }
  const follow = () => controller.abort(parent?.reason)
  let timer = setTimeout(expire, limitMs)
  if (parent?.aborted) follow()
  parent?.addEventListener('abort', follow, { once: true })
  return {
    signal: controller.signal,
    hasExpired: () => isExpired,
    restart: (nextMs) => {
      clearTimeout(timer)
      timer = setTimeout(expire, nextMs)
    },
    stop: () => {
      clearTimeout(timer)
      parent?.removeEventListener('abort', follow)
    },
  }
}
