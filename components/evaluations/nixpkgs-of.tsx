import { Revision } from '@/components/revision'
import type { Evaluation } from '@/lib/contract/evaluation'

export interface NixpkgsOfProps {
  readonly evaluation: Pick<Evaluation, 'nixpkgsRevision' | 'nixpkgsDate'>
  readonly nixpkgsUrl: string
}

/** The nixpkgs revision that an evaluation was made of, with its day. */
export function NixpkgsOf({ evaluation: { nixpkgsRevision, nixpkgsDate }, nixpkgsUrl }: NixpkgsOfProps) {
  if (nixpkgsRevision === null) return <span className="text-muted">not known</span>
  return (
    <span className="whitespace-nowrap">
      <Revision revision={nixpkgsRevision} nixpkgsUrl={nixpkgsUrl} />
      {nixpkgsDate !== null && (
        <time dateTime={nixpkgsDate} className="ml-1 text-muted">
          {nixpkgsDate.slice(0, 10)}
        </time>
      )}
    </span>
  )
}
