import 'server-only'
import { Cron } from 'croner'
import { z } from 'zod'

// The messages below complete the sentence "expected …"; what was found is added where the fault is told.

/** Names that go into addresses of ours as one path segment. */
export const nameValue = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._+-]{0,99}$/,
    'a name of letters, digits and . _ + - (100 at most) that starts with a letter or digit',
  )

/** Text that a person wrote or an upstream chose: anything printable on one line. */
export const textValue = z
  .string()
  .regex(/^(?=.*\S)[^\p{Cc}]{1,300}$/u, 'one line of text (300 characters at most) that is not blank')

/** A name as GitHub and Hercules CI use it in addresses. */
export const segmentValue = z
  .string()
  .regex(/^(?!\.{1,2}$)[^\s/\\?#\p{Cc}]{1,200}$/u, 'one name, without slashes or blanks')

/** The base of an upstream's addresses; slashes at its end are dropped so that paths can be appended. */
export const addressValue = z
  .string()
  .refine(isBaseAddress, {
    error: 'an http or https address without user name, password, query or fragment',
  })
  .overwrite((text) => text.replace(/\/+$/, ''))

function isBaseAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  return isPlain && (url.protocol === 'http:' || url.protocol === 'https:')
}

/** `*` and `?` are the wildcards; `**` has no meaning of its own and is most likely a mistake. */
export const globValue = z
  .string()
  .regex(/^(?!.*\*\*)(?=.*\S)[^\p{Cc}]{1,300}$/u, 'a glob of one line, with * and ? as its wildcards')

/** A git ref or a glob over refs, as sources name branches. */
export const refGlobValue = z
  .string()
  .regex(
    /^(?!refs\/)(?!\/)(?!.*(?:\*\*|\.\.|\/$))[^\s~^:[\\\p{Cc}]{1,200}$/u,
    'the name of a branch without refs/heads/, or a glob over such names',
  )

/** A glob over attribute paths in Nix's text form. */
export const attributeGlobValue = z
  .string()
  .regex(
    /^(?!.*(?:\*\*|\.\.))(?!\.)(?!.*\.$)[^\s\p{Cc}]{1,300}$/u,
    'an attribute path such as python3*Packages.torch, where * stays within one name',
  )

/** An attribute set of Nix on one line; whether Nix takes it is not asked here. */
export const nixSetValue = z
  .string()
  .regex(/^\{[^\p{Cc}]{0,500}\}$/u, 'an attribute set as Nix writes it, on one line, such as { allowUnfree = true; }')

export const envNameValue = z
  .string()
  .regex(/^[A-Z_][A-Z0-9_]{0,99}$/, 'the name of an environment variable (A-Z, 0-9 and _), never the secret itself')

/** `name:base64` of an ed25519 public key, as Nix writes them. */
export const publicKeyValue = z.string().refine(isPublicKey, {
  error: 'a public key as Nix writes it: a name, a colon, and 32 bytes in base64',
})

function isPublicKey(text: string): boolean {
  const match = /^[^\s:]+:([A-Za-z0-9+/]{43}=)$/.exec(text)
  const base64 = match?.[1]
  return base64 !== undefined && Buffer.from(base64, 'base64').toString('base64') === base64
}

export const cronValue = z.string().check((context) => {
  const fault = cronFault(context.value)
  if (fault === null) return
  context.issues.push({
    code: 'custom',
    message: `a cron pattern of five fields, such as */15 * * * * (${fault})`,
    input: context.value,
  })
})

function cronFault(pattern: string): string | null {
  if (pattern.trim().split(/\s+/).length !== 5) return 'minute, hour, day, month, weekday'
  try {
    const next = new Cron(pattern, { paused: true }).nextRun()
    return next === null ? 'it never comes' : null
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^CronPattern: /, '') : 'it cannot be read'
  }
}
