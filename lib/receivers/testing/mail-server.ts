import 'server-only'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach } from 'vitest'

const servers: SMTPServer[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise<void>((resolve) => server.close(resolve))
})

export interface MailServer {
  readonly port: number
  readonly mails: ParsedMail[]
  /** The mails as they came over the wire. */
  readonly sources: string[]
}

/** For tests: a real SMTP server on loopback that keeps what it is given, gone after the test. */
export async function mailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const mails: ParsedMail[] = []
  const sources: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    onData: (stream, _session, callback) => {
      keep(stream, { mails, sources }).then(() => callback(), callback)
    },
    ...options,
  })
  // What a client does wrong is the client's to tell.
  server.on('error', () => {})
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { port: address.port, mails, sources }
}

async function keep(stream: NodeJS.ReadableStream, { mails, sources }: Pick<MailServer, 'mails' | 'sources'>) {
  let source = ''
  for await (const chunk of stream) source += String(chunk)
  sources.push(source)
  mails.push(await simpleParser(source))
}
