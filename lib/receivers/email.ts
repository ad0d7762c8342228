import 'server-only'
import { setTimeout as sleepFor } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import { noticeHtml, noticeText } from './html'
import { toMailError } from './mail-error'
import type { Notice, Receiver } from './receiver'

export interface EmailSettings {
  readonly id: string
  readonly host: string
  readonly port: number
  readonly secure: 'tls' | 'starttls' | 'none'
  readonly login: { readonly user: string; readonly password: string } | null
  readonly from: string
  readonly to: readonly string[]
}

const CONNECT_TIMEOUT_MS = 15_000
const SILENCE_TIMEOUT_MS = 30_000
const TOTAL_TIMEOUT_MS = 120_000

/** Mails each notice. The Message-ID is the notice's, so that a mail that comes twice is known by it. */
export function emailReceiver(settings: EmailSettings): Receiver {
  const transport = createTransport(toTransportOptions(settings))
  return {
    id: settings.id,
    pauseMs: 0,
    send: async (notice) => {
      try {
        await withinLimit(transport.sendMail(toMail(settings, notice)))
        return null
      } catch (error) {
        throw toMailError(error, settings)
      }
    },
  }
}

/** The limits of the transport are on silence: a server that says a byte now and then would never end. */
async function withinLimit(sending: Promise<unknown>): Promise<void> {
  const ended = new AbortController()
  const late = sleepFor(TOTAL_TIMEOUT_MS, undefined, { signal: ended.signal }).then(() => {
    throw Object.assign(new Error('The mail took too long to hand over'), { code: 'ETIMEDOUT' })
  })
  await Promise.race([sending, late]).finally(() => {
    ended.abort()
    // Of whichever comes second nobody is left to hear.
    late.catch(() => {})
    sending.catch(() => {})
  })
}

function toTransportOptions({ host, port, secure, login }: EmailSettings) {
  return {
    host,
    port,
    secure: secure === 'tls',
    requireTLS: secure === 'starttls',
    ignoreTLS: secure === 'none',
    ...(login !== null && { auth: { user: login.user, pass: login.password } }),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    dnsTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function toMail({ from, to }: EmailSettings, notice: Notice) {
  const domain = from.slice(from.lastIndexOf('@') + 1)
  const cause = notice.event?.cause?.key
  return {
    from,
    to: [...to],
    subject: notice.title,
    text: noticeText(notice),
    html: noticeHtml(notice),
    messageId: `<${notice.id}@${domain}>`,
    // Mails of one root cause make one thread.
    ...(cause !== undefined && { references: `<cause.${encodeURIComponent(cause)}@${domain}>` }),
    // So that nobody's absence is answered (RFC 3834).
    headers: { 'auto-submitted': 'auto-generated' },
  }
}
