import { CopyButton } from '@/components/copy-button'
import type { ApiAnswer, ApiParameter, ApiOperation as Operation } from '@/lib/contract/openapi/reference'
import { CodeText } from './code-text'
import { KeyLines } from './key-lines'
import { TypeText } from './type-text'

/** One method of one address: what to send, what comes back, and a line to try it. */
export function ApiOperation({ operation }: { operation: Operation }) {
  const { id, method, path, summary, words, isForAdmins, isLimited, parameters, body, answers, keys, example } =
    operation
  return (
    <article id={id} aria-labelledby={`${id}-head`} className="api-operation">
      <h3 id={`${id}-head`} className="text-base">
        <span className="font-mono text-sm font-semibold">{method}</span>{' '}
        <code className="text-sm font-semibold wrap-anywhere">{path}</code>
      </h3>
      <p>
        {summary}. {words !== null && <CodeText text={words} />}
      </p>
      {isForAdmins && <p className="text-muted">Wants the admin token.</p>}
      {isLimited && <p className="text-muted">Limited per client.</p>}
      {parameters.length > 0 && <Parameters parameters={parameters} of={`${method} ${path}`} />}
      {body.length > 0 && (
        <section aria-label={`Body of ${method} ${path}`}>
          <h4>Body, JSON</h4>
          <KeyLines lines={body} />
        </section>
      )}
      <div className="code-line">
        <pre>{example}</pre>
        <CopyButton text={example} what={`the example of ${method} ${path}`} />
      </div>
      <h4>Answers</h4>
      <ul>
        {answers.map((answer) => (
          <Answer key={answer.status} answer={answer} />
        ))}
      </ul>
      {keys.length > 0 && (
        <details>
          <summary className="w-fit underline underline-offset-2">What the answer holds</summary>
          <KeyLines lines={keys} />
        </details>
      )}
    </article>
  )
}

function Parameters({ parameters, of }: { parameters: readonly ApiParameter[]; of: string }) {
  return (
    <table className="list-table">
      <caption className="sr-only">Parameters of {of}</caption>
      <thead>
        <tr>
          <th scope="col">Parameter</th>
          <th scope="col">Type</th>
          <th scope="col">Unless given</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        {parameters.map(({ name, where, type, isRequired, byDefault, words }) => (
          <tr key={name}>
            <th scope="row">
              <code className="font-medium">{name}</code> <span className="text-muted">{where}</span>
            </th>
            <td>
              <TypeText type={type} />
            </td>
            <td>{isRequired ? 'must be given' : <code>{byDefault ?? ''}</code>}</td>
            <td>
              <CodeText text={words} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Answer({ answer: { status, words, media, type } }: { answer: ApiAnswer }) {
  return (
    <li>
      <span className="tabular font-mono font-medium">{status}</span> {type !== null && <TypeText type={type} />}{' '}
      {words} {media !== null && <span className="text-muted">{media}</span>}
    </li>
  )
}
