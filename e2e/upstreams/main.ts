import { pathToFileURL } from 'node:url'
import { startBinaryCache } from './binary-cache'
import { startCachix } from './cachix'
import { type DemoAddresses, type DemoConfig, demoConfigOf } from './demo-config'
import { startGithub } from './github'
import { startHerculesCi } from './hercules-ci'
import { type Mutation, mutate } from './mutations'
import type { Upstream } from './serve'
import { startWebhook } from './webhook'
import { makeWorld, type World, type WorldOptions } from './world'

export interface DemoOptions extends WorldOptions {
  /** Fixed ports; any free port where one is absent. */
  readonly ports?: Partial<Record<keyof DemoAddresses, number>>
}

/** The running demo upstreams. */
export interface DemoUpstreams {
  readonly addresses: DemoAddresses
  readonly servers: Readonly<Record<keyof DemoAddresses, Upstream>>
  readonly world: World
  /** A configuration of Flakeboard that watches these servers. */
  demoConfig(): DemoConfig
  /** Changes the world, as `POST /__world` does; false when what it names does not exist. */
  mutate(mutation: Mutation): boolean
  close(): Promise<void>
}

/** Starts the demo's servers on loopback. */
export async function startDemoUpstreams(options: DemoOptions): Promise<DemoUpstreams> {
  const world = makeWorld(options)
  const portOf = (name: keyof DemoAddresses) => ({ port: options.ports?.[name] ?? 0 })
  const servers = {
    herculesCi: await startHerculesCi(world, portOf('herculesCi')),
    cachix: await startCachix(world, portOf('cachix')),
    binaryCache: await startBinaryCache(world, portOf('binaryCache')),
    github: await startGithub(world, portOf('github')),
    webhook: await startWebhook(world, portOf('webhook')),
  }
  const addresses = {
    herculesCi: servers.herculesCi.url,
    cachix: servers.cachix.url,
    binaryCache: servers.binaryCache.url,
    github: servers.github.url,
    webhook: servers.webhook.url,
  }
  return {
    addresses,
    servers,
    world,
    demoConfig: () => demoConfigOf(world, addresses),
    mutate: (mutation) => mutate(world, mutation),
    close: async () => {
      await Promise.all(Object.values(servers).map((server) => server.close()))
    },
  }
}

// Alone: `tsx e2e/upstreams/main.ts [first port] [now]` prints one line of JSON and serves until it is stopped.
if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [first, now] = process.argv.slice(2)
  const base = Number(first ?? 0)
  const names = ['herculesCi', 'cachix', 'binaryCache', 'github', 'webhook'] as const
  const ports = base === 0 ? {} : Object.fromEntries(names.map((name, index) => [name, base + index]))
  const upstreams = await startDemoUpstreams({ now: now === undefined ? new Date() : new Date(now), ports })
  console.log(JSON.stringify({ addresses: upstreams.addresses, config: upstreams.demoConfig() }))
}
