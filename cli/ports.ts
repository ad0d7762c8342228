import { createServer } from 'node:net'

/** Can a server listen there now? */
export function isPortFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)))
  })
}

/** The first free port from `first` on, of a hundred; null when all are taken. */
export async function freePortFrom(first: number, host: string): Promise<number | null> {
  for (let port = first; port < first + 100; port++) if (await isPortFree(port, host)) return port
  return null
}
