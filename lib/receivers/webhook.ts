import 'server-only'
import { Webhook } from 'standardwebhooks'
import { sharedRequest, type UpstreamRequest } from '@/lib/net/request'
import { type Receiver, SEND_TIMEOUT_MS } from './receiver'
import { toWebhookBody } from './webhook-body'

export interface WebhookSettings {
  readonly id: string
  readonly url: string
  /** `whsec_` and base64. */
  readonly secret: string
  readonly request?: UpstreamRequest
  readonly now?: () => Date
}

/**
 * Posts each notice as JSON, signed by the Standard Webhooks specification: `webhook-id` is the same over all attempts.
 * Any 2xx takes it.
 */
export function webhookReceiver(settings: WebhookSettings): Receiver {
  const { id, request = sharedRequest, now = () => new Date() } = settings
  const signer = new Webhook(settings.secret)
  return {
    id,
    pauseMs: 0,
    send: async (notice) => {
      const body = JSON.stringify(toWebhookBody(notice))
      const sentAt = now()
      await request(new URL(settings.url), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': notice.id,
          'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
          'webhook-signature': signer.sign(notice.id, sentAt, body),
        },
        body,
        once: true,
        ignoreBody: true,
        timeoutMs: SEND_TIMEOUT_MS,
      })
      return null
    },
  }
}
