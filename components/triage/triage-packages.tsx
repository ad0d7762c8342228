import { groupedNumber } from '@/components/age'
import { FlappingMark } from '@/components/flapping-mark'
import { paths } from '@/lib/contract/paths'
import type { TriageBranch } from '@/lib/contract/triage'

const SHOWN = 4

/** The packages that a cause breaks: the first few, the others behind a line. */
export function TriagePackages({
  packages,
  total,
  branch,
}: Pick<TriageBranch, 'packages'> & { readonly total: number; readonly branch: string }) {
  const first = packages.slice(0, packages.length === SHOWN + 1 ? SHOWN + 1 : SHOWN)
  const rest = packages.slice(first.length)
  const beyond = total - packages.length
  return (
    <>
      <Names packages={first} />{' '}
      {rest.length > 0 && (
        <details className="inline-block max-w-full align-top">
          <summary className="underline underline-offset-2">and {groupedNumber(total - first.length)} more</summary>
          <Names packages={rest} />
          {beyond > 0 && (
            <span className="text-muted">
              {' '}
              and {groupedNumber(beyond)} more, in the{' '}
              <a href={paths.matrixWith(new URLSearchParams({ branch, sort: 'status' }))}>matrix</a>
            </span>
          )}
        </details>
      )}
    </>
  )
}

function Names({ packages }: Pick<TriageBranch, 'packages'>) {
  return packages.map(({ name, headline, undecided, flapping }, at) => (
    <span key={name}>
      {at > 0 && ', '}
      <a href={paths.package(name)} className={headline ? 'font-semibold' : undefined}>
        {name}
      </a>
      {undecided && <span className="text-muted"> (being decided)</span>}
      {flapping && (
        <>
          {' '}
          <FlappingMark />
        </>
      )}
    </span>
  ))
}
