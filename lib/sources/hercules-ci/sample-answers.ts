import 'server-only'
import { readFileSync } from 'node:fs'
import { createRequest } from '@/lib/net/request'
import { type HerculesCiSettings, herculesCiSource } from './hercules-ci'

const SAMPLES = new URL('../../../fixtures/hercules-ci/', import.meta.url)
const API = '/api/v1'

export const PROJECT = '/projects/0c30eb5b-05da-4e87-843c-5cf1d2ba7bf2'
export const NAMES = '/site/github/account/SomeoneSerge/project/nixpkgs-unfree'
export const ACCOUNT = '/accounts/fe1492e7-5dcd-4b5e-8f2e-ad167fa9cd91'

/** A sample of the contract, parsed anew so that a test may change it. */
export function sample(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, SAMPLES), 'utf8'))
}

/** What a path below `/api/v1` answers: a body, or a whole response. */
export type Answers = Readonly<Record<string, unknown>>

/** For tests: a source whose service knows these paths (the query may be part of them) and the project by its names. */
export function sourceOf(answers: Answers, settings: Partial<HerculesCiSettings> = {}) {
  const asked: { path: string; headers: Headers }[] = []
  const known: Answers = { [NAMES]: sample('project'), ...answers }
  const respond: typeof fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const path = url.pathname.slice(API.length)
    asked.push({ path: path + url.search, headers: new Headers(init?.headers) })
    const body = known[path + url.search] ?? known[path]
    if (body instanceof Response) return body.clone()
    if (body instanceof Error) throw body
    return body === undefined ? new Response('Not Found', { status: 404 }) : Response.json(body)
  }
  const source = herculesCiSource({
    id: 'nixpkgs-unfree',
    url: 'https://hercules-ci.com',
    site: 'github',
    account: 'SomeoneSerge',
    project: 'nixpkgs-unfree',
    request: createRequest({ fetch: respond, sleep: async () => {} }),
    ...settings,
  })
  return { source, asked }
}
