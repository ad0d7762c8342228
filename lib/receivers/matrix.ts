import 'server-only'
import { z } from 'zod'
import { addressOf, publicAddress } from '@/lib/net/address'
import { UpstreamError } from '@/lib/net/errors'
import { retryAtOf } from '@/lib/net/fault'
import { sharedRequest, type UpstreamOptions, type UpstreamRequest } from '@/lib/net/request'
import { parseAnswer, requestJson } from '@/lib/net/request-json'
import { noticeHtml, noticeText } from './html'
import { type Notice, type Receiver, SEND_TIMEOUT_MS } from './receiver'

export interface MatrixSettings {
  readonly id: string
  readonly homeserver: string
  /** Id (`!…`) or alias (`#…`). */
  readonly room: string
  readonly token: string
  readonly request?: UpstreamRequest
  readonly now?: () => Date
}

const API = ['_matrix', 'client', 'v3']
const RoomSchema = z.object({ room_id: z.string().startsWith('!') })
const SentSchema = z.object({ event_id: z.string() })
const RETRY_MAX_MS = 30 * 86_400_000
const LimitSchema = z.object({ retry_after_ms: z.number().nonnegative().max(RETRY_MAX_MS) })

/** Says each notice in a room; the transaction id is the notice's, so that the homeserver says it once. */
export function matrixReceiver(settings: MatrixSettings): Receiver {
  let room: Promise<string> | undefined
  return {
    id: settings.id,
    pauseMs: 0,
    send: async (notice) => {
      room ??= readRoom(settings)
      // A room that could not be found now may be found later.
      room.catch(() => (room = undefined))
      await say(settings, await room, notice)
      return null
    },
  }
}

async function readRoom(settings: MatrixSettings): Promise<string> {
  const { homeserver, room, request = sharedRequest } = settings
  if (room.startsWith('!')) return room
  const url = addressOf(homeserver, [...API, 'directory', 'room', room])
  const options = { headers: headersOf(settings), once: true, timeoutMs: SEND_TIMEOUT_MS }
  return (await requestJson(request, url, RoomSchema, options)).data.room_id
}

async function say(settings: MatrixSettings, room: string, notice: Notice): Promise<void> {
  const { homeserver, request = sharedRequest, now = () => new Date() } = settings
  const url = addressOf(homeserver, [...API, 'rooms', room, 'send', 'm.room.message', notice.id])
  const response = await request(url, sayingOptions(settings, notice))
  if (response.status !== 429) {
    parseAnswer(url, SentSchema, response)
    return
  }
  const retryAt = retryAtOf(response.headers, now()) ?? retryAtOfBody(response.text, now())
  throw new UpstreamError('rate-limited', publicAddress(url), 'asked too often (HTTP 429)', {
    ...(retryAt !== null && { retryAt }),
  })
}

function sayingOptions(settings: MatrixSettings, notice: Notice): UpstreamOptions {
  const message = {
    // A notice is what bots say: other bots do not answer it.
    msgtype: 'm.notice',
    body: noticeText(notice),
    format: 'org.matrix.custom.html',
    formatted_body: noticeHtml(notice),
  }
  return {
    method: 'PUT',
    headers: { ...headersOf(settings), 'content-type': 'application/json' },
    body: JSON.stringify(message),
    once: true,
    // Older homeservers say in the body alone when to come back.
    acceptStatus: [429],
    timeoutMs: SEND_TIMEOUT_MS,
  }
}

function headersOf({ token }: MatrixSettings): Record<string, string> {
  return { authorization: `Bearer ${token}`, accept: 'application/json' }
}

function retryAtOfBody(text: string, now: Date): Date | null {
  try {
    const parsed = LimitSchema.safeParse(JSON.parse(text))
    return parsed.success ? new Date(now.getTime() + parsed.data.retry_after_ms) : null
  } catch {
    return null
  }
}
