import { z } from 'zod'
import { TimeSchema } from './words'

export const LOG_LINES_DEFAULT = 1_000
export const LOG_LINES_MAX = 5_000
export const LOG_MATCHES_MAX = 1_000

/** The query of `GET /api/v1/derivations/{name}/log`. */
export const LogParamsSchema = z.strictObject({
  from: z.number().int().min(1).default(1).describe('Number of the first line wanted.'),
  limit: z.number().int().min(1).max(LOG_LINES_MAX).default(LOG_LINES_DEFAULT).describe('Lines at most.'),
  q: z
    .string()
    .min(1)
    .max(200)
    .nullable()
    .default(null)
    .describe('Text looked for in the whole log, upper and lower case alike.'),
})
export type LogParams = z.infer<typeof LogParamsSchema>

export const LOG_COLORS = [
  ...['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'],
  ...['bright-black', 'bright-red', 'bright-green', 'bright-yellow'],
  ...['bright-blue', 'bright-magenta', 'bright-cyan', 'bright-white'],
] as const
export const LogColorSchema = z.enum(LOG_COLORS)
export type LogColor = z.infer<typeof LogColorSchema>

/** A piece of a line that looks the same all over, by name: how the names look is the page's matter. */
export const LogSpanSchema = z.object({
  text: z.string(),
  color: LogColorSchema.nullable(),
  background: LogColorSchema.nullable(),
  isBold: z.boolean(),
  isDim: z.boolean(),
  isItalic: z.boolean(),
  isUnderlined: z.boolean(),
})
export type LogSpan = z.infer<typeof LogSpanSchema>

/** The lines that tell why a build failed (lib/domain/log-excerpt.ts). */
export const LogExcerptSchema = z.object({
  phase: z.string().nullable().describe('The stdenv phase that the log ended in.'),
  lines: z.array(z.object({ number: z.number().int(), text: z.string(), isError: z.boolean() })),
  firstError: z.number().int().nullable().describe('Number of the line to jump to.'),
  verdict: z
    .enum(['found', 'not-in-this-text'])
    .describe('`not-in-this-text`: the log tells that something failed, not what.'),
})
export type LogExcerpt = z.infer<typeof LogExcerptSchema>

/** `unread`: nobody asked the source yet; `cut`: longer than what is kept; `missing`: the source has none. */
export const LogStateSchema = z.enum(['unread', 'reading', 'done', 'cut', 'missing'])
export type LogState = z.infer<typeof LogStateSchema>

/** A page of the newest log of a derivation, as far as it is stored. */
export const LogSchema = z.object({
  derivation: z.string(),
  state: LogStateSchema,
  source: z.string().nullable(),
  logId: z.string().nullable(),
  fetchedAt: TimeSchema.nullable(),
  lineCount: z.number().int(),
  lastNumber: z.number().int().describe('Numbers rise from 1 and may leave some out.'),
  excerpt: LogExcerptSchema.nullable(),
  lines: z
    .array(z.object({ number: z.number().int(), text: z.string(), spans: z.array(LogSpanSchema).nullable() }))
    .describe('`text` is plain; `spans` are its pieces where it has colours, else null.'),
  next: z.number().int().nullable().describe('`from` of the next page, or null on the last one.'),
  matches: z
    .array(z.number().int())
    .nullable()
    .describe('Numbers of the lines that hold `q`, the first 1,000; null without `q`.'),
})
export type Log = z.infer<typeof LogSchema>
