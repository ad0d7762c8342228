import type { Line } from '@/lib/contract/openapi/type-words'
import { CodeText } from './code-text'
import { TypeText } from './type-text'

/** The keys of an object, one a line; those of objects within it stand deeper. */
export function KeyLines({ lines }: { lines: readonly Line[] }) {
  return (
    <ul>
      {lines.map(({ depth, name, type, words, isOptional }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same key may stand at several depths
        <li key={index} className="key-line" style={{ '--depth': depth }}>
          <code className="font-medium">{name}</code>
          {isOptional && <span className="text-muted"> (may be left out)</span>} <TypeText type={type} />
          {words !== null && (
            <span className="text-muted">
              {' '}
              <CodeText text={words} />
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
