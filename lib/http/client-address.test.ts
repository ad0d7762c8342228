import { describe, expect, it } from 'vitest'
import { clientAddress, toTrustedProxies } from './client-address'

function headersOf(peer: string, forwarded?: string): Headers {
  return new Headers({ 'x-flakeboard-peer': peer, ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }) })
}

const nobody = toTrustedProxies([])
const ours = toTrustedProxies(['127.0.0.1', '::1', '10.0.0.0/8'])

describe('clientAddress', () => {
  it('ignores forwarded addresses of a peer that is not trusted', () => {
    expect(clientAddress(headersOf('203.0.113.9', '198.51.100.1'), nobody)).toBe('203.0.113.9')
    expect(clientAddress(headersOf('203.0.113.9', '198.51.100.1'), ours)).toBe('203.0.113.9')
  })

  it.each([
    ['127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['::1', 'made-up, 198.51.100.1, 10.1.2.3', '198.51.100.1'],
    ['127.0.0.1', '192.0.2.7, 198.51.100.1', '198.51.100.1'],
    ['127.0.0.1', 'nonsense', '127.0.0.1'],
    ['127.0.0.1', '10.0.0.4', '10.0.0.4'],
  ])('takes from %s forwarding "%s" the address that our own proxy saw: %s', (peer, forwarded, client) => {
    expect(clientAddress(headersOf(peer, forwarded), ours)).toBe(client)
  })

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff:0:9:8', '2001:db8:1:2::/64'],
    ['2001:DB8::7', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::2', '0:0:0:0::/64'],
  ])('counts the network of %s as one client, as any of its addresses may ask', (peer, client) => {
    expect(clientAddress(headersOf(peer), nobody)).toBe(client)
  })

  it('treats requests without a known connection as one client', () => {
    expect(clientAddress(new Headers({ 'x-forwarded-for': '198.51.100.1' }), ours)).toBe('unknown')
  })
})
