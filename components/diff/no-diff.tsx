import { paths } from '@/lib/contract/paths'

export interface NoDiffProps {
  readonly reason: string
  readonly branches: readonly { readonly name: string; readonly title: string }[]
}

/** What stands where there is nothing to compare: why, and the ways on. */
export function NoDiff({ reason, branches }: NoDiffProps) {
  return (
    <div role="alert" className="max-w-[64ch] px-4 py-10">
      <h2 className="mb-1 text-lg font-semibold">Nothing to compare</h2>
      <p className="mb-3 text-muted">
        {reason} Choose two evaluations above, or take the newest of a branch against the one before:
      </p>
      <ul className="flex flex-wrap gap-2">
        {branches.map(({ name, title }) => (
          <li key={name}>
            <a href={paths.diffOf({ branch: name })} className="button no-underline!">
              {title}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
