import 'server-only'
import { BADGE_BRANCHES_MAX, BADGE_PACKAGES_MAX, type Badge, type BadgeAsked } from '@/lib/contract/badge'
import { type BadgeWord, badgeOver, NO_DATA } from '@/lib/domain/badge'
import { plainText } from '@/lib/domain/plain-text'
import { NAME_MAX } from './badge-answer'
import { type BadgeWorld, readBadgePlaces } from './badge-places'
import { readBranchAsked } from './branch-asked'

type Asked = Extract<BadgeAsked, { kind: 'matrix' }>

const NO_SUCH_PACKAGE: BadgeWord = { ...NO_DATA, word: 'no such package' }
const NO_SUCH_BRANCH: BadgeWord = { ...NO_DATA, word: 'no such branch' }

/** A badge of several packages on several branches: the headline packages and all branches where none are named. */
export async function readBadgeGrid(world: BadgeWorld, asked: Asked): Promise<Badge> {
  const names = asked.packages.length > 0 ? asked.packages : await readHeadline(world)
  const rows = names.slice(0, BADGE_PACKAGES_MAX)
  const columns = await readColumns(world, asked.branches)
  const { heads, isEmpty, badgesOf } = await readBadgePlaces(world, rows)
  const grid = rows.map((row) => {
    const badges = badgesOf(row)
    const missing = isEmpty ? NO_DATA : NO_SUCH_PACKAGE
    return columns.map(({ branch }) => {
      if (branch === null) return NO_SUCH_BRANCH
      return badges === null ? missing : (badges[heads.findIndex(({ name }) => name === branch)] ?? NO_DATA)
    })
  })
  const { word, tone } = badgeOver(grid.flat(), world.now)
  return {
    label: 'build status',
    message: word,
    tone,
    isError: false,
    grid:
      rows.length === 0
        ? null
        : {
            branches: columns.map(
              ({ asked: text, branch }) => heads.find(({ name }) => name === branch)?.title ?? text,
            ),
            rows: rows.map((row, index) => ({ name: plainText(row, NAME_MAX), badges: grid[index] ?? [] })),
            more: names.length - rows.length,
          },
  }
}

async function readHeadline({ db }: BadgeWorld): Promise<string[]> {
  const rows = await db.row.findMany({
    where: { headline: { not: null } },
    orderBy: [{ headline: 'asc' }, { name: 'asc' }],
    select: { name: true },
  })
  return rows.map(({ name }) => name)
}

/** The columns in the order asked for, each branch once. */
async function readColumns({ db, config }: BadgeWorld, asked: readonly string[]) {
  const wanted = asked.length > 0 ? asked : config.branches.map(({ name }) => name)
  const columns: { asked: string; branch: string | null }[] = []
  for (const text of wanted.slice(0, BADGE_BRANCHES_MAX)) {
    const branch = await readBranchAsked(db, config, text)
    const isNew = branch === null || columns.every((one) => one.branch !== branch)
    if (isNew) columns.push({ asked: plainText(text, NAME_MAX), branch })
  }
  return columns
}
