import { CopyButton } from '@/components/copy-button'
import { Fact } from '@/components/evaluations/fact'
import { RelativeTime } from '@/components/relative-time'
import { ResultWord } from '@/components/result-word'
import { durationWords } from '@/components/sync/spans'
import type { Derivation } from '@/lib/contract/derivation'
import { paths } from '@/lib/contract/paths'

/** What a derivation is and what became of it. */
export function DerivationHead({ found, now }: { found: Derivation; now: Date }) {
  const { derivation, name, version, status, system, detailsAt, url } = found
  const causes = found.rootCauses.filter((cause) => cause.derivation !== derivation)
  return (
    <header className="grid gap-2">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1 className="text-xl font-semibold break-all">{name}</h1>
        <ResultWord result={{ status, mayFail: false, rootCauses: causes }} />
        <a href={paths.derivationJson(derivation)} className="text-sm">
          JSON
        </a>
      </div>
      <dl className="fact-list">
        <Fact term="store path">
          <code className="break-all">{derivation}</code> <CopyButton text={derivation} what="store path" />
        </Fact>
        <Fact term="version">{version}</Fact>
        <Fact term="built for">{system}</Fact>
        <Fact term="last build">{buildWords(found)}</Fact>
        <Fact term="details">
          {detailsAt === null ? (
            'not read yet'
          ) : (
            <>
              read <RelativeTime at={detailsAt} now={now} suffix=" ago" />
            </>
          )}
        </Fact>
        <Fact term="links">
          <a href="#log">log</a>
          {url !== null && (
            <>
              {' · '}
              <a href={url} rel="noreferrer">
                at its source
              </a>
            </>
          )}
        </Fact>
      </dl>
    </header>
  )
}

function buildWords({ host, buildSeconds }: Derivation): string | null {
  const parts = [host === null ? [] : `on ${host}`, buildSeconds === null ? [] : durationWords(buildSeconds * 1000)]
  return parts.flat().join(', ') || null
}
