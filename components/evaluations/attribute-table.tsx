import { ResultWord } from '@/components/result-word'
import { paths } from '@/lib/contract/paths'
import type { Attribute } from './filter-attributes'

/** Attributes of one evaluation, in its order. */
export function AttributeTable({ attributes }: { attributes: readonly Attribute[] }) {
  return (
    <table className="list-table">
      <caption className="sr-only">Attributes of this evaluation</caption>
      <thead>
        <tr>
          <th scope="col">Package</th>
          <th scope="col">Attribute</th>
          <th scope="col">Result</th>
          <th scope="col">Version</th>
        </tr>
      </thead>
      <tbody>
        {attributes.map((one) => (
          <tr key={one.attribute}>
            <th scope="row">
              <a href={paths.package(one.package)} className="font-medium">
                {one.package}
              </a>
            </th>
            <td>
              <code className="text-xs break-all text-muted">{one.attribute}</code>
              <span className="text-xs whitespace-nowrap text-muted">{laneWords(one)}</span>
            </td>
            <td>
              {one.derivation === null ? (
                <ResultWord result={one} />
              ) : (
                <a href={paths.derivation(one.derivation)} className="text-inherit!" title={one.derivation}>
                  <ResultWord result={one} />
                </a>
              )}
            </td>
            <td className="font-mono text-xs/5 text-muted">{one.version}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** System and variant, as far as the attribute path does not name them already. */
function laneWords({ attribute, system, variant }: Attribute): string {
  const words = [system, variant].filter((word) => word !== null && !attribute.includes(word))
  return words.length === 0 ? '' : ` · ${words.join(', ')}`
}
