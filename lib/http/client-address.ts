import 'server-only'
import { BlockList, isIP } from 'node:net'

/** Set by our own server from the connection, over whatever the client sends under that name. */
export const PEER_HEADER = 'x-flakeboard-peer'

/**
 * The client's address, for limits per client. Only what trusted proxies forwarded counts: the last address of
 * `X-Forwarded-For`, read from its end, that is not one of theirs. `unknown` when there is no connection to ask.
 */
export function clientAddress(headers: Headers, trusted: BlockList): string {
  return networkOf(nearestAddress(headers, trusted))
}

/** Whoever has one address of IPv6 has 2^64 of them: the network counts as one client. */
function networkOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.replace(/%.*$/, '').split('::')
  const [before, after] = [head, tail ?? ''].map((part) => (part === '' ? [] : part.split(':')))
  const groups = [...(before ?? []), ...Array<string>(8).fill('0')].slice(
    0,
    tail === undefined ? 8 : 8 - (after ?? []).length,
  )
  const network = [...groups, ...(after ?? [])].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16))
  return `${network.join(':')}::/64`
}

function nearestAddress(headers: Headers, trusted: BlockList): string {
  const peer = plain(headers.get(PEER_HEADER) ?? '')
  if (!isTrusted(peer, trusted)) return peer === '' ? 'unknown' : peer
  const forwarded = (headers.get('x-forwarded-for') ?? '').split(',').map(plain).reverse()
  let nearest = peer
  for (const address of forwarded) {
    if (isIP(address) === 0) return nearest
    nearest = address
    if (!isTrusted(address, trusted)) return nearest
  }
  return nearest
}

/** The addresses and networks (`10.0.0.0/8`) whose forwarded addresses count. Throws on text that is neither. */
export function toTrustedProxies(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const isLong = isIP(address) === 6
    list.addSubnet(address, bits === undefined ? (isLong ? 128 : 32) : Number(bits), isLong ? 'ipv6' : 'ipv4')
  }
  return list
}

function isTrusted(address: string, trusted: BlockList): boolean {
  const version = isIP(address)
  return version !== 0 && trusted.check(address, version === 6 ? 'ipv6' : 'ipv4')
}

// A dual-stack socket names an IPv4 peer ::ffff:192.0.2.1.
function plain(address: string): string {
  return address.trim().replace(/^::ffff:(?=\d+\.)/i, '')
}
