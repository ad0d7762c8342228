import type { EvaluationPoint, PinnablePoint } from '@/lib/contract/evaluation'
import { RelativeTime } from './relative-time'
import { Revision } from './revision'

/** A point in a branch's history: how long ago, and the nixpkgs revision where there is one. */
export function Point(props: { point: EvaluationPoint | PinnablePoint; now: Date; nixpkgsUrl: string }) {
  const { point, now, nixpkgsUrl } = props
  const revision = 'nixpkgsRevision' in point ? point.nixpkgsRevision : null
  return (
    <>
      {point.at === null ? 'time not known' : <RelativeTime at={point.at} now={now} suffix=" ago" />}
      {revision !== null && (
        <>
          {' at nixpkgs '}
          <Revision revision={revision} nixpkgsUrl={nixpkgsUrl} />
        </>
      )}
    </>
  )
}
