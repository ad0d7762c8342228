import { RelativeTime } from '@/components/relative-time'
import { Revision } from '@/components/revision'
import { Snippet } from '@/components/snippet'
import { paths } from '@/lib/contract/paths'
import type { Use, UseSnippet } from '@/lib/contract/use'

export interface UseViewProps {
  readonly use: Use
  readonly now: Date
  readonly nixpkgsUrl: string
}

/** Every way of using the caches and the packages, to copy. */
export function UseView({ use, now, nixpkgsUrl }: UseViewProps) {
  const { branch, branches, groups } = use
  return (
    <>
      {branches.length > 1 && (
        <nav aria-label="Branch to follow" className="flex flex-wrap items-center gap-1 px-4 pt-3">
          {branches.map(({ name, title }) => (
            <a
              key={name}
              href={paths.howToUseOn(name)}
              aria-current={name === branch ? 'true' : undefined}
              data-on={name === branch || undefined}
              className="button no-underline!"
            >
              {title}
            </a>
          ))}
        </nav>
      )}
      <PinLine use={use} now={now} nixpkgsUrl={nixpkgsUrl} />
      <nav aria-label="Ways of use" className="px-4 pt-4">
        <ul className="grid max-w-5xl gap-x-8 gap-y-4 text-sm sm:grid-cols-2 lg:grid-cols-3">
          {groups.map(({ id, title, snippets }) => (
            <li key={id}>
              <p className="pb-1 text-muted">{title}</p>
              <ul className="flex flex-col gap-1">
                {snippets.map((snippet) => (
                  <li key={snippet.id}>
                    <a href={`#${snippet.id}`}>{snippet.title}</a>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </nav>
      {groups.map(({ id, title, snippets }) => (
        <section key={id} aria-labelledby={`group-${id}`} className="px-4 pt-8">
          <h2 id={`group-${id}`} className="text-lg font-semibold">
            {title}
          </h2>
          {snippets.map((snippet) => (
            <Way key={snippet.id} snippet={snippet} />
          ))}
        </section>
      ))}
    </>
  )
}

/** Which revision the snippets name, and why. */
function PinLine({ use: { branch, packages, pin }, now, nixpkgsUrl }: UseViewProps) {
  const names = packages.join(', ')
  if (packages.length === 0) return null
  return (
    <p className="max-w-3xl px-4 pt-3 text-sm">
      {pin === null ? (
        <>
          No revision has all of {names} ready now, so the snippets follow the branch.{' '}
          <a href={paths.pinOf({ branches: [branch], packages })}>What stands in the way</a>
        </>
      ) : (
        <>
          The snippets name nixpkgs <Revision revision={pin.revision} nixpkgsUrl={nixpkgsUrl} />
          {pin.date !== null && (
            <>
              {' '}
              (<RelativeTime at={pin.date} now={now} suffix=" old" />)
            </>
          )}
          , the newest revision on which {names} are ready now.{' '}
          <a href={paths.pinOf({ branches: [branch], packages })}>Other packages</a>
        </>
      )}
    </p>
  )
}

const PLACES = { shell: 'In a shell', nix: 'Nix', 'nix.conf': '/etc/nix/nix.conf' } as const satisfies Record<
  UseSnippet['kind'],
  string
>

function Way({ snippet: { id, title, kind, text, notes } }: { snippet: UseSnippet }) {
  return (
    <article aria-labelledby={id} className="flex flex-col gap-2 pt-5">
      <h3 id={id} className="scroll-mt-16 text-sm font-semibold">
        {title} <span className="font-normal text-muted">{PLACES[kind]}</span>
      </h3>
      <Snippet text={text} what={title} />
      {notes.map((note) => (
        <p key={note} className="max-w-4xl text-sm wrap-anywhere text-muted">
          {note}
        </p>
      ))}
    </article>
  )
}
