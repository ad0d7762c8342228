// npm run bench [-- <evaluations per branch>]: what is promised of cost, as ratios of two measurements of the same run.
// Nothing here fails for being slow.
import { benchBadge } from './badge'
import { benchMatrixHistory } from './matrix-history'
import { benchMatrixPage } from './matrix-page'
import { type Comparison, lineOf } from './measure'
import { benchPayload } from './payload'
import { benchPin } from './pin'
import { benchSyncHistory } from './sync-history'
import { BRANCHES, makeWorld, PACKAGES, removeWorld } from './world'

const [SHORT, LONG] = [3, 100]

async function main(long: number): Promise<void> {
  if (!Number.isInteger(long) || long < SHORT || long > 900) throw new Error(`Give a number from ${SHORT} to 900`)
  say(
    `${PACKAGES} packages on ${BRANCHES.length} branches: making one database with a short history and one with a long …`,
  )
  const young = await makeWorld(SHORT)
  const old = await makeWorld(long)
  try {
    show('Reading the matrix', [...(await benchMatrixHistory(young, old)), ...(await benchMatrixPage(old))])
    show('Reading a badge', await benchBadge(young, old))
    show('Finding a pin', await benchPin(young, old))
    show('Over the wire', await benchPayload(old))
    show('Syncing', await benchSyncHistory(young, old))
  } finally {
    await removeWorld(young)
    await removeWorld(old)
  }
}

function show(title: string, comparisons: readonly Comparison[]): void {
  say(`\n${title}\n`)
  for (const comparison of comparisons) say(lineOf(comparison))
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

await main(Number(process.argv[2] ?? LONG))
