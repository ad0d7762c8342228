import 'server-only'

/** A lock that is had by one at a time, in the order of asking: `const release = await lock()`. */
export function mutex(): () => Promise<() => void> {
  let last: Promise<void> = Promise.resolve()
  return async () => {
    const before = last
    const { promise, resolve: release } = withResolvers()
    last = promise
    await before
    return release
  }
}

// Promise.withResolvers is not in Node 20.
function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolvePromise = () => {}
  const promise = new Promise<void>((settle) => {
    resolvePromise = settle
  })
  return { promise, resolve: resolvePromise }
}
