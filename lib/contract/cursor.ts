import { z } from 'zod'

/** The place of a package in a list: how its status ranks where that sorts, else 0; among the headlines; its name. */
const RowPlaceSchema = z.tuple([z.number().int(), z.number().int().nullable(), z.string()])
export type RowPlace = Readonly<z.infer<typeof RowPlaceSchema>>

/** The place of a root cause in triage: headlines, packages, since when, its name, its id. */
const CausePlaceSchema = z.tuple([z.number().int(), z.number().int(), z.number().nullable(), z.string(), z.string()])
export type CausePlace = Readonly<z.infer<typeof CausePlaceSchema>>

/** A place as text that callers only hand back. It names no row by number, so rows may come and go meanwhile. */
export function toCursor(place: RowPlace | CausePlace): string {
  const bytes = new TextEncoder().encode(JSON.stringify(place))
  return btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (sign) => ({ '+': '-', '/': '_' })[sign] ?? '')
}

/** The place that `toCursor` made this text of, or null where it made none. */
export function rowPlaceOf(cursor: string): RowPlace | null {
  return RowPlaceSchema.safeParse(contentOf(cursor)).data ?? null
}

export function causePlaceOf(cursor: string): CausePlace | null {
  return CausePlaceSchema.safeParse(contentOf(cursor)).data ?? null
}

function contentOf(cursor: string): unknown {
  try {
    const text = atob(cursor.replace(/[-_]/g, (sign) => (sign === '-' ? '+' : '/')))
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (letter) => letter.charCodeAt(0))))
  } catch {
    // What is not ours is no place.
    return undefined
  }
}

const cursorText = z.string().min(1).max(2_000)
export const RowCursorSchema = cursorText.refine((cursor) => rowPlaceOf(cursor) !== null)
export const CauseCursorSchema = cursorText.refine((cursor) => causePlaceOf(cursor) !== null)

/** What a parameter of this kind must be. */
export const CURSOR_EXPECTED = 'be the "next" of an answer to the same question'
export const CURSOR_WORDS =
  'The `next` of the answer before: reads on behind it. What came or went in between skips nothing and doubles nothing, unless it moves in the order itself.'
