import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validateXML } from 'xmllint-wasm'

const SCHEMA = readFileSync(join(import.meta.dirname, '../../fixtures/atom/rfc4287.rng'), 'utf8')

/** What is wrong with an Atom document by the grammar of RFC 4287; empty where nothing is. */
export async function atomFaults(document: string): Promise<string[]> {
  const xml = { fileName: 'feed.atom', contents: document }
  const { errors } = await validateXML({ xml, schema: SCHEMA, extension: 'relaxng' })
  return errors.map(({ message }) => message)
}
