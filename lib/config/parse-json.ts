import 'server-only'
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import { pathText } from './faults'

/** A JSON document, or what is wrong with its text: the first fault of grammar, or every key that stands twice. */
export function parseJson(text: string): { value: unknown } | { faults: string[] } {
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false })
  const [error] = errors
  if (error !== undefined) return { faults: [grammarFault(text, error)] }
  if (tree === undefined) return { faults: ['the file: expected JSON, found nothing'] }
  // JSON.parse would take the last of two equal keys without a word.
  const faults = repeatedKeys(tree, [])
  return faults.length > 0 ? { faults } : parseStrictly(text)
}

// The parser that tells places is a little more lenient than JSON itself.
function parseStrictly(text: string): { value: unknown } | { faults: string[] } {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return { faults: ['the file: expected JSON, found something that only resembles it'] }
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'a key in double quotes',
  InvalidSymbol: 'a value, or a key in double quotes',
  ValueExpected: 'a value',
  ColonExpected: 'a colon',
  CommaExpected: 'a comma',
  CloseBraceExpected: 'a closing brace',
  CloseBracketExpected: 'a closing bracket',
  EndOfFileExpected: 'the end of the file',
  UnexpectedEndOfString: 'a closing quote',
  InvalidCommentToken: 'no comments (the file is plain JSON)',
}

function grammarFault(text: string, { error, offset }: ParseError): string {
  const before = text.slice(0, offset).split('\n')
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
  const code = printParseErrorCode(error)
  const expected = EXPECTED[code] ?? `JSON (${code})`
  const found = offset >= text.length ? 'the end of the file' : JSON.stringify([...text.slice(offset, offset + 2)][0])
  return `${place}: expected ${expected}, found ${found}`
}

function repeatedKeys(node: Node, path: readonly PropertyKey[]): string[] {
  const children = node.children ?? []
  if (node.type === 'array') return children.flatMap((child, index) => repeatedKeys(child, [...path, index]))
  if (node.type !== 'object') return []
  const keys = children.map((property) => String(property.children?.[0]?.value))
  return children.flatMap((property, index) => {
    const key = keys[index] ?? ''
    const value = property.children?.[1]
    const isRepeated = keys.indexOf(key) !== index
    return [
      ...(isRepeated ? [`${pathText([...path, key])}: expected each key once, found it again`] : []),
      ...(value === undefined ? [] : repeatedKeys(value, [...path, key])),
    ]
  })
}
