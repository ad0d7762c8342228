import 'server-only'
import { z } from 'zod'
import { EVENT_KINDS } from '@/lib/domain/health-event'
import { strict } from './strict'
import { addressValue, envNameValue, globValue, nameValue, segmentValue, textValue } from './values'

const enabledValue = z.boolean().describe('Whether it is notified at all.')

const common = {
  id: nameValue.describe('Our name for this receiver; unique in the file.'),
  branches: z.array(globValue).min(1).default(['*']).describe('Globs of the branches that it is told of.'),
  packages: z
    .array(globValue)
    .min(1)
    .default(['*'])
    .describe('Globs of the packages that it is told of; changes of a whole branch concern them all.'),
  kinds: z
    .array(z.enum(EVENT_KINDS))
    .min(1)
    .default([...EVENT_KINDS])
    .describe('Kinds of change that it is told of.'),
}

const hookValue = z.string().refine(isHookAddress, {
  error: 'an http or https address without user name, password or fragment',
})

function isHookAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password, hash } = new URL(text)
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '' && hash === ''
}

const WebhookSchema = strict({
  ...common,
  kind: z.literal('webhook'),
  enabled: enabledValue.default(true),
  url: hookValue.describe('The address that each change is posted to as JSON.'),
  secretEnv: envNameValue.describe(
    'Environment variable with the secret that signs it, by the Standard Webhooks specification: whsec_ and base64.',
  ),
}).describe('Any program that takes JSON.')

const MatrixSchema = strict({
  ...common,
  kind: z.literal('matrix'),
  enabled: enabledValue.default(true),
  homeserver: addressValue.describe('Base address of the homeserver of the account.'),
  room: z
    .string()
    .regex(/^[!#][^\s\p{Cc}]{1,254}$/u, 'the id (!…) or an alias (#…:…) of a room')
    .describe('Id or alias of the room; the account must have joined it.'),
  tokenEnv: envNameValue.describe('Environment variable with the access token of the account.'),
}).describe('A room on Matrix.')

const SMTP_PORTS = { tls: 465, starttls: 587, none: 25 } as const

const emailAddressValue = z.email({ error: 'an e-mail address' })

const EmailSchema = strict({
  ...common,
  kind: z.literal('email'),
  enabled: enabledValue.default(true),
  smtp: strict({
    host: z
      .string()
      .regex(/^[A-Za-z0-9.:-]{1,253}$/, 'a host name or an IP address')
      .describe('The mail server.'),
    port: z.number().int().min(1).max(65_535).optional().describe('Its port; 465, 587 or 25 by `secure` unless set.'),
    secure: z
      .enum(['tls', 'starttls', 'none'])
      .default('starttls')
      .describe('How the connection is encrypted; mail is not sent when the server cannot do that.'),
  }).describe('The server that takes the mail.'),
  userEnv: envNameValue.optional().describe('Environment variable with the user name at the server.'),
  passwordEnv: envNameValue.optional().describe('Environment variable with the password at the server.'),
  from: emailAddressValue.describe('Sender of the mails.'),
  to: z.array(emailAddressValue).min(1).max(100).describe('Who gets each mail.'),
}).describe('E-mail by SMTP.')

const GithubIssuesSchema = strict({
  ...common,
  kind: z.literal('github-issues'),
  enabled: enabledValue.default(false),
  api: addressValue.default('https://api.github.com').describe('Base address of the GitHub REST API.'),
  owner: segmentValue.describe('Owner of the repository.'),
  name: segmentValue.describe('The repository that issues are opened in.'),
  tokenEnv: envNameValue.describe('Environment variable with a token that may write issues there.'),
  labels: z.array(textValue).max(20).default([]).describe('Labels of the issues that are opened.'),
}).describe('One issue per root cause, opened, commented, closed and opened again. Off unless enabled.')

/** One receiver of notifications. Its secrets are in the environment, under names that are given here. */
export const NotificationSchema = z.discriminatedUnion('kind', [
  WebhookSchema,
  MatrixSchema,
  EmailSchema,
  GithubIssuesSchema,
])

type NotificationFile = z.output<typeof NotificationSchema>

/** Fills in what defaults to another key. */
export function toNotification(file: NotificationFile) {
  if (file.kind !== 'email') return file
  const { userEnv = null, passwordEnv = null, smtp, ...rest } = file
  return { ...rest, userEnv, passwordEnv, smtp: { ...smtp, port: smtp.port ?? SMTP_PORTS[smtp.secure] } }
}
