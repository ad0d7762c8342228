import 'server-only'
import type { Config, NotificationConfig } from '@/lib/config/schema'
import { secretOf } from '@/lib/env'
import { emailReceiver } from '@/lib/receivers/email'
import { githubIssuesReceiver } from '@/lib/receivers/github-issues'
import { matrixReceiver } from '@/lib/receivers/matrix'
import type { Receiver } from '@/lib/receivers/receiver'
import { type WebhookSettings, webhookReceiver } from '@/lib/receivers/webhook'

/** A receiver, and what it wants to be told of. */
export interface ConfiguredReceiver {
  readonly config: NotificationConfig
  readonly receiver: Receiver
}

export interface ReceiverTools {
  readonly readSecret?: (name: string) => string | undefined
  readonly request?: NonNullable<WebhookSettings['request']>
  readonly now?: () => Date
}

/** One adapter for every receiver that is enabled; secrets come from the environment alone. */
export function makeReceivers(
  { notifications }: Pick<Config, 'notifications'>,
  { readSecret = secretOf, ...net }: ReceiverTools = {},
): ConfiguredReceiver[] {
  const secret = (name: string) => {
    const value = readSecret(name)
    if (value === undefined) throw new Error(`The environment variable ${name} is not set.`)
    return value
  }
  return notifications
    .filter(({ enabled }) => enabled)
    .map((config) => ({ config, receiver: makeReceiver(config, secret, net) }))
}

function makeReceiver(
  config: NotificationConfig,
  secret: (name: string) => string,
  net: Omit<ReceiverTools, 'readSecret'>,
): Receiver {
  switch (config.kind) {
    case 'webhook':
      return webhookReceiver({ ...net, id: config.id, url: config.url, secret: secret(config.secretEnv) })
    case 'matrix':
      return matrixReceiver({ ...net, ...config, token: secret(config.tokenEnv) })
    case 'github-issues':
      return githubIssuesReceiver({ ...net, ...config, token: secret(config.tokenEnv) })
    case 'email': {
      const { id, smtp, from, to, userEnv, passwordEnv } = config
      const hasLogin = userEnv !== null && passwordEnv !== null
      const login = hasLogin ? { user: secret(userEnv), password: secret(passwordEnv) } : null
      return emailReceiver({ ...smtp, id, from, to, login })
    }
  }
}
