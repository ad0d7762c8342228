import { z } from 'zod'
import { BADGE_LABEL_MAX, BADGE_STYLES, ShieldsEndpointSchema } from '@/lib/contract/badge'
import { answersJson, answersMedia, type Operation } from './operation'

const look = {
  label: z.string().max(BADGE_LABEL_MAX).optional().describe('Text on the left; empty for none.'),
  style: z.enum(BADGE_STYLES).default('flat').describe('As shields.io draws it.'),
}
const packages = z.array(z.string()).optional().describe('Names of packages. May be repeated.')
const branches = z
  .array(z.string())
  .optional()
  .describe('Names of branches, or the refs that they follow. May be repeated.')
const branch = z.string().optional().describe('Name of a branch, or the ref that it follows.')

const picture = answersMedia('image/svg+xml', 'The badge. What is unknown, stale or not there is grey and says so.')
const endpoint = answersJson(ShieldsEndpointSchema, 'The same for shields.io, as its endpoint badge reads it.')
const atom = answersMedia('application/atom+xml', 'Atom, newest change first.')

/** What other pages and feed readers ask. */
export const SUBSCRIPTION_OPERATIONS = [
  {
    on: 'GET /badge/matrix.svg',
    tag: 'Badges',
    summary: 'Packages by branches in one picture',
    query: z.object({ package: packages, branch: branches, ...look }),
    answers: picture,
    isLenient: true,
    example: 'package=pytorch&package=jax',
  },
  {
    on: 'GET /badge/ready.svg',
    tag: 'Badges',
    summary: 'How many packages of a branch are ready',
    query: z.object({ branch, ...look }),
    answers: picture,
    isLenient: true,
    example: 'branch=nixos-unstable',
  },
  {
    on: 'GET /badge/pin.svg',
    tag: 'Badges',
    summary: 'The revision on which packages are cached, and how old it is',
    query: z.object({ branch, package: packages, ...look }),
    answers: picture,
    isLenient: true,
    example: 'branch=nixos-unstable&package=pytorch',
  },
  {
    on: 'GET /badge/{package}.svg',
    tag: 'Badges',
    summary: 'One package over all branches',
    query: z.object(look),
    answers: picture,
    isLenient: true,
  },
  {
    on: 'GET /badge/{branch}/{package}.svg',
    tag: 'Badges',
    summary: 'One package on one branch',
    query: z.object(look),
    answers: picture,
    isLenient: true,
    example: 'style=flat-square',
  },
  {
    on: 'GET /badge/{branch}/{package}.json',
    tag: 'Badges',
    summary: 'Every badge is JSON, too: put .json in place of .svg',
    query: z.object(look),
    answers: endpoint,
    isLenient: true,
  },
  {
    on: 'GET /feed.atom',
    tag: 'Feeds',
    summary: 'Every change of health',
    answers: atom,
  },
  {
    on: 'GET /feed/packages/{package}.atom',
    tag: 'Feeds',
    summary: 'Changes of one package',
    answers: atom,
    problems: [404],
  },
  {
    on: 'GET /feed/{branch}.atom',
    tag: 'Feeds',
    summary: 'Changes on one branch',
    answers: atom,
    problems: [404],
  },
] as const satisfies readonly Operation[]
