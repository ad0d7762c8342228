import 'server-only'

/** What the work gives, or `late` once the time is up: the work goes on then, and what comes of it is not waited for. */
export function within<T>(timeoutMs: number, work: Promise<T>, late: T): Promise<T> {
  const lateness = new Promise<T>((resolve) => {
    const timer = setTimeout(() => resolve(late), timeoutMs)
    const stop = () => clearTimeout(timer)
    work.then(stop, stop)
  })
  return Promise.race([work, lateness])
}
