import { CopyButton } from './copy-button'

/** A nixpkgs revision in short, as a link to its commit. */
export function Revision({
  revision,
  nixpkgsUrl,
  tabIndex,
}: {
  revision: string
  nixpkgsUrl: string
  tabIndex?: number
}) {
  return (
    <span className="whitespace-nowrap">
      <a
        href={`${nixpkgsUrl}/commit/${revision}`}
        className="font-mono text-xs"
        title={`nixpkgs ${revision}`}
        rel="noreferrer"
        tabIndex={tabIndex}
      >
        {revision.slice(0, 8)}
      </a>
      <CopyButton
        text={revision}
        what={`nixpkgs revision ${revision.slice(0, 8)}`}
        {...(tabIndex !== undefined && { tabIndex })}
      />
    </span>
  )
}
