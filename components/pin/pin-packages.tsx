import { byteWords } from '@/components/bytes'
import { RelativeTime } from '@/components/relative-time'
import { paths } from '@/lib/contract/paths'
import type { Pin, PinOutput } from '@/lib/contract/pin'
import { derivationName } from '@/lib/domain/derivation-name'

const HEADS = ['Package', 'Version', 'Attribute', 'Outputs', 'Download', 'Asked']

/** Per package what makes it ready, and when the caches said so. */
export function PinPackages({ pin, now }: { pin: Pin; now: Date }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section aria-label={`Packages on ${pin.branchTitle}`} tabIndex={0} className="relative -mx-4 overflow-x-auto">
      <table className="list-table">
        <caption className="sr-only">What makes each package ready</caption>
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pin.details.map((one) => {
            const outputs = pin.outputs.filter((output) => output.package === one.name)
            return (
              <tr key={one.name}>
                <th scope="row">
                  <a href={paths.package(one.name)}>{one.name}</a>
                </th>
                <td className="font-mono text-xs">{one.version ?? ''}</td>
                <td className="font-mono text-xs break-all">
                  {one.derivation === null ? (
                    one.nixpkgsAttribute
                  ) : (
                    <a href={paths.derivation(one.derivation)} title={derivationName(one.derivation)}>
                      {one.nixpkgsAttribute}
                    </a>
                  )}
                </td>
                <td>{outputs.map(outputWords).join(', ')}</td>
                <td className="whitespace-nowrap">{sizeOf(outputs)}</td>
                <td className="whitespace-nowrap">
                  {one.checkedAt === null ? 'never' : <RelativeTime at={one.checkedAt} now={now} suffix=" ago" />}
                  {!one.fresh && ' (old)'}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

function outputWords({ name, presence, cache }: PinOutput): string {
  return presence === 'cached' ? `${name} in ${cache}` : `${name} ${presence}`
}

function sizeOf(outputs: readonly PinOutput[]): string {
  const known = outputs.flatMap(({ fileSize }) => fileSize ?? [])
  return known.length === outputs.length && known.length > 0
    ? byteWords(known.reduce((sum, size) => sum + size, 0))
    : ''
}
