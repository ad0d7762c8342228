import type { ApiReference as Reference } from '@/lib/contract/openapi/reference'
import { paths } from '@/lib/contract/paths'
import { ApiOperation } from './api-operation'
import { CodeText } from './code-text'
import { KeyLines } from './key-lines'
import { TypeText, typeId } from './type-text'

const sectionId = (name: string) => `group-${name.toLowerCase()}`

/** The API for people: every operation in its group, then every type that they name. */
export function ApiReference({ reference: { words, groups, schemas } }: { reference: Reference }) {
  return (
    <div className="api-reference">
      <h1 className="text-xl font-semibold">API</h1>
      {words.map((paragraph) => (
        <p key={paragraph} className="max-w-prose">
          <CodeText text={paragraph} />
        </p>
      ))}
      <p>
        For programs: <a href={paths.openApiJson()}>OpenAPI 3.1 document</a>
      </p>
      <nav aria-label="Contents">
        <ul>
          {groups.map(({ name, operations }) => (
            <li key={name}>
              <a href={`#${sectionId(name)}`}>{name}</a>
              <ul>
                {operations.map(({ id, method, path, summary }) => (
                  <li key={id}>
                    <a href={`#${id}`} className="wrap-anywhere">
                      {method} {path}
                    </a>{' '}
                    <span className="text-muted">{summary}</span>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </nav>
      {groups.map(({ name, words: meaning, operations }) => (
        <section key={name} aria-labelledby={sectionId(name)}>
          <h2 id={sectionId(name)}>{name}</h2>
          <p className="text-muted">{meaning}</p>
          {operations.map((operation) => (
            <ApiOperation key={operation.id} operation={operation} />
          ))}
        </section>
      ))}
      <section aria-labelledby="types">
        <h2 id="types">Types</h2>
        {schemas.map(({ name, type, lines }) => (
          <article key={name} id={typeId(name)} aria-labelledby={`${typeId(name)}-head`} className="api-operation">
            <h3 id={`${typeId(name)}-head`}>
              <code className="text-sm font-semibold">{name}</code>
            </h3>
            {lines.length === 0 ? <TypeText type={type} /> : <KeyLines lines={lines} />}
          </article>
        ))}
      </section>
    </div>
  )
}
