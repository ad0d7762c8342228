import Link from 'next/link'
import { CopyButton } from '@/components/copy-button'
import { StatusMark } from '@/components/status-mark'
import type { ExplainedCache, ExplainedPath } from '@/lib/contract/explain'
import { paths } from '@/lib/contract/paths'
import { cellWord, type Mark } from '@/lib/domain/cell-word'
import type { Verdict } from '@/lib/domain/explain'
import { verdictWord } from '@/lib/domain/explain'

/** One store path: the verdict, why, what to do next, and where to read on. */
export function ExplainedItem({ path: explained }: { path: ExplainedPath }) {
  const { path, name, reason, next, caches } = explained
  const { mark, word } = markOf(explained)
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-0.5 border-b border-line py-2.5">
      <div className="flex flex-wrap items-center gap-x-2">
        <StatusMark mark={mark} />
        <span className="font-medium wrap-anywhere">{name}</span>
        <span className="text-sm">{word}</span>
      </div>
      <p className="font-mono text-xs wrap-anywhere text-muted">
        {path}
        <CopyButton text={path} what="store path" />
      </p>
      <p className="max-w-[88ch] wrap-anywhere">
        {reason} {next}
      </p>
      <Caches caches={caches} />
      <Links explained={explained} />
    </li>
  )
}

const MARKS: Readonly<Record<Exclude<Verdict, 'not-built'>, Mark>> = {
  cached: 'ready',
  untrusted: 'built-untrusted',
  evicted: 'built-evicted',
  'never-cached': 'built-not-cached',
  unreachable: 'built-unknown',
  unchecked: 'built-unknown',
  'other-variant': 'unknown',
  'other-revision': 'unknown',
  'not-in-set': 'absent',
}

function markOf({ verdict, status, rootCauses }: ExplainedPath): { mark: Mark; word: string } {
  if (verdict !== 'not-built') return { mark: MARKS[verdict], word: verdictWord(verdict) }
  const cause = rootCauses[0]?.name ?? null
  return cellWord({ status: status ?? 'unknown', isReady: false, presence: 'unchecked', cause })
}

function Caches({ caches }: { caches: readonly ExplainedCache[] }) {
  if (caches.length < 2) return null
  return (
    <p className="text-sm text-muted wrap-anywhere">
      {caches.map(({ id, presence }) => `${id}: ${presence}`).join(' · ')}
    </p>
  )
}

function Links({ explained }: { explained: ExplainedPath }) {
  const { verdict, derivation, place, nearest, rootCauses } = explained
  const at = place ?? nearest
  const cause = rootCauses.find((one) => one.derivation !== null && one.derivation !== derivation)
  const links = [
    ...(derivation === null ? [] : [{ href: paths.derivation(derivation), word: 'Derivation' }]),
    ...(cause?.derivation ? [{ href: paths.derivation(cause.derivation), word: cause.name }] : []),
    ...(nearest === null ? [] : [{ href: paths.evaluation(nearest.evaluation.id), word: 'Nearest evaluation' }]),
    ...(at === null ? [] : [{ href: paths.package(at.package), word: `Package ${at.package}` }]),
    ...(at === null || verdict === 'cached'
      ? []
      : [{ href: paths.pinOf({ branches: [at.branch], packages: [at.package] }), word: 'What to pin' }]),
    ...(verdict === 'cached' ? [{ href: paths.howToUse(), word: 'How to use the cache' }] : []),
  ]
  if (links.length === 0) return null
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {links.map(({ href, word }) => (
        <Link key={word} href={href} prefetch={false} className="underline">
          {word}
        </Link>
      ))}
    </p>
  )
}
