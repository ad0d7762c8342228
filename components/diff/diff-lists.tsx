import { ArrowRight } from 'lucide-react'
import { SectionHead } from '@/components/section-head'
import type { Diff } from '@/lib/contract/diff'
import { paths } from '@/lib/contract/paths'
import { DiffColumns } from './diff-table'

/** Versions old and new, of what fails and of what does not. */
export function VersionChanges({ changes }: { changes: Diff['versionChanges'] }) {
  if (changes.length === 0) return null
  return (
    <section aria-labelledby="versions">
      <SectionHead id="versions" count={changes.length}>
        Other versions
      </SectionHead>
      <div className="px-4">
        <table className="diff-table">
          <caption className="sr-only">Packages whose version changed</caption>
          <DiffColumns />
          <thead className="sr-only">
            <tr>
              <th scope="col">Package</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <tr key={change.attribute}>
                <th scope="row">
                  <Name {...change} />
                </th>
                <td className="font-mono text-xs text-muted">{change.before}</td>
                <td className="font-mono text-xs">
                  <span className="flex items-start gap-2">
                    <ArrowRight size={14} aria-hidden className="shrink-0 text-muted max-sm:hidden" />
                    {change.after}
                  </span>
                </td>
                <td className="max-md:hidden" />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** Built still, and yet to be built by whoever wants it: a cache has dropped it. */
export function NoLongerCached({ evicted }: { evicted: Diff['noLongerCached'] }) {
  if (evicted.length === 0) return null
  return (
    <section aria-labelledby="no-longer-cached">
      <SectionHead id="no-longer-cached" count={evicted.length}>
        No longer cached
      </SectionHead>
      <p className="px-4 pb-2 text-sm text-muted">
        Built in the newer evaluation and cached once; the cache has dropped an output that is needed since.
      </p>
      <ul className="px-4">
        {evicted.map(({ package: name, attribute, outputs }) => (
          <li key={attribute} className="flex flex-wrap items-baseline gap-x-3 border-b border-line py-1.5">
            <Name package={name} attribute={attribute} />
            <span className="text-sm text-muted">
              {outputs.length === 1 ? 'output' : 'outputs'} <code>{outputs.join(', ')}</code>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Name({ package: name, attribute }: { package: string; attribute: string }) {
  return (
    <span className="min-w-0">
      <a href={paths.package(name)} className="font-medium">
        {name}
      </a>
      {attribute !== name && <code className="block text-xs break-all text-muted">{attribute}</code>}
    </span>
  )
}
