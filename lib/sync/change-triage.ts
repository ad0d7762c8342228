import 'server-only'
import { z } from 'zod'
import { type Db, db as openDatabase, type Tx } from '@/lib/db/client'
import { ISSUE_URL_MAX, NOTE_MAX, TRIAGE_STATES, type TriageState, triageStateOf } from '@/lib/domain/triage'
import { noteFact } from './note-fact'

// Forms send lines ended by CR LF, and PostgreSQL keeps no NUL.
const noteText = z.string().transform((text) => text.replaceAll('\r\n', '\n').replaceAll('\0', ''))

const ChangeSchema = z.object({
  key: z.string().min(1).max(64),
  /** Of the entry as it was seen by who changes it. */
  version: z.coerce.number().int().min(0),
  state: z.enum(TRIAGE_STATES, 'Choose one of the states.').optional(),
  note: noteText.pipe(z.string().max(NOTE_MAX, `A note has ${NOTE_MAX} characters at most.`)).optional(),
  /** Empty: none. */
  issueUrl: z
    .union([
      z.literal(''),
      z
        .url({ protocol: /^https?$/, error: 'The issue must be a web address that starts with https:// or http://.' })
        .max(ISSUE_URL_MAX, `The issue’s address has ${ISSUE_URL_MAX} characters at most.`),
    ])
    .optional(),
})

interface Said {
  readonly state: TriageState
  readonly note: string
  readonly issueUrl: string | null
}

export type TriageChanged =
  /** The entry's version from now on, and what it then says. */
  | { readonly changed: true; readonly version: number; readonly said: Said }
  /** `version` is the present one where somebody else was faster: with it the same change goes through. */
  | { readonly changed: false; readonly message: string; readonly version: number | null }

/**
 * Stores what a person says of a root cause, with the audit trail, in one transaction. `input` is what a form sends:
 * what it leaves out stays. Refused, in a sentence, when it is invalid or somebody changed the entry meanwhile.
 */
export async function changeTriage(
  input: unknown,
  { who, now }: { readonly who: string; readonly now: Date },
  db: Db = openDatabase(),
): Promise<TriageChanged> {
  const parsed = ChangeSchema.safeParse(input)
  if (!parsed.success) return refused(parsed.error.issues[0]?.message ?? 'This form is not understood.')
  const { key, version, ...wanted } = parsed.data
  return db.$transaction(async (tx) => {
    const stored = await tx.triage.findUnique({ where: { key } })
    if (stored === null) return refused('This cause is no longer known. Reload the page.')
    const before = { state: triageStateOf(stored.state), note: stored.note, issueUrl: stored.issueUrl }
    if (stored.version !== version) return refused(conflictWords(stored), stored.version)
    const after = {
      state: wanted.state ?? before.state,
      note: wanted.note ?? before.note,
      issueUrl: wanted.issueUrl === undefined ? before.issueUrl : wanted.issueUrl || null,
    }
    if (JSON.stringify(after) === JSON.stringify(before)) return { changed: true, version, said: before }
    return store(tx, { key, version, who, now, before, after })
  })
}

interface Change {
  readonly key: string
  readonly version: number
  readonly who: string
  readonly now: Date
  readonly before: Said
  readonly after: Said
}

async function store(tx: Tx, { key, version, who, now, before, after }: Change): Promise<TriageChanged> {
  const atMs = BigInt(now.getTime())
  // Of two who write at once, one finds the version gone.
  const { count } = await tx.triage.updateMany({
    where: { key, version },
    data: { ...after, who, changedMs: atMs, version: version + 1 },
  })
  if (count === 0) {
    const stored = await tx.triage.findUniqueOrThrow({ where: { key } })
    return refused(conflictWords(stored), stored.version)
  }
  await tx.triageChange.create({
    data: { key, who, atMs, before: JSON.stringify(before), after: JSON.stringify(after) },
  })
  await noteFact(tx, now)
  return { changed: true, version: version + 1, said: after }
}

function conflictWords({ who, changedMs, reopenedMs }: Stamps): string {
  const isReturn = reopenedMs !== null && reopenedMs > (changedMs ?? 0n)
  const what = isReturn || who === null ? 'The cause came back' : `${who} changed this`
  const at = isReturn ? reopenedMs : (changedMs ?? reopenedMs)
  const when = at === null ? 'meanwhile' : `at ${new Date(Number(at)).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return `${what} ${when}, after you had opened the page. Nothing was saved; what you typed is kept. Save again to put it in place of theirs.`
}

interface Stamps {
  readonly who: string | null
  readonly changedMs: bigint | null
  readonly reopenedMs: bigint | null
}

function refused(message: string, version: number | null = null): TriageChanged {
  return { changed: false, message, version }
}
