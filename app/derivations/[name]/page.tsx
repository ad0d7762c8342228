import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { segmentOf } from '@/app/segment-of'
import { DerivationView } from '@/components/derivation/derivation-view'
import { LogView } from '@/components/derivation/log-view'
import { derivationName } from '@/lib/domain/derivation-name'
import { readDerivation } from '@/lib/queries/derivation'
import { AskIsland } from './ask-island'
import { MatchSteps } from './match-steps'
import { readLogPage } from './read-log-page'
import { loadDerivationSearchParams } from './search-params'
import { WrapSwitch } from './wrap-switch'

export async function generateMetadata({ params }: PageProps<'/derivations/[name]'>): Promise<Metadata> {
  return { title: derivationName(`/nix/store/${segmentOf((await params).name)}`) }
}

/** One derivation and its log, as far as both are stored: the source is asked only when a person wants it. */
export default async function DerivationPage({ params, searchParams }: PageProps<'/derivations/[name]'>) {
  const name = segmentOf((await params).name)
  const now = new Date()
  const search = await loadDerivationSearchParams(searchParams)
  const [found, page] = await Promise.all([readDerivation(name), readLogPage(`/nix/store/${name}`, search)])
  if (found === null || page === null) notFound()
  const { log, from } = page
  const { derivation, url } = found
  return (
    <DerivationView found={found} now={now}>
      <LogView
        {...{ log, from, now, url }}
        q={search.q}
        ask={<AskIsland derivation={derivation} isAgain={log.state !== 'unread'} />}
        steps={log.matches !== null && <MatchSteps derivation={derivation} q={search.q} matches={log.matches} />}
        wrap={<WrapSwitch />}
      />
    </DerivationView>
  )
}
