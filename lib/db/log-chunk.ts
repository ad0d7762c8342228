import 'server-only'
import { gunzipSync, gzipSync } from 'node:zlib'
import { z } from 'zod'

/** A line of a log as it is kept: number and text, which may hold the escapes that set colour and weight. */
export type KeptLine = readonly [number: number, text: string]

const LinesSchema = z.array(z.tuple([z.int(), z.string()]))

/** The content of one row of `LogChunk`. */
export function packLines(lines: readonly KeptLine[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gzipSync(JSON.stringify(lines)))
}

/** The lines in one row of `LogChunk`. Throws on bytes that `packLines` did not make. */
export function unpackLines(bytes: Uint8Array): readonly KeptLine[] {
  return LinesSchema.parse(JSON.parse(gunzipSync(bytes).toString('utf8')))
}
