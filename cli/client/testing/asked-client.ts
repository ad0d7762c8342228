import { runClient, type Surroundings } from '@/cli/client/run-client'

export const TIME = '2026-11-23T12:00:00Z'
export const REVISION = '8cc8a5a0f1e2d3c4b5a697887766554433221100'

interface Given {
  readonly answer?: { readonly status?: number; readonly body: unknown } | Error
  readonly input?: string
  readonly isTerminal?: boolean
  readonly env?: Record<string, string>
}

/** What the client says when the dashboard answers so, and what it asked. */
export async function client(
  args: readonly string[],
  { answer, input = '', isTerminal = false, env = {} }: Given = {},
) {
  const out: string[] = []
  const told: string[] = []
  const asked: string[] = []
  const around: Surroundings = {
    say: (line) => void out.push(line),
    tell: (line) => void told.push(line),
    readInput: async () => input,
    fetch: async (url, init) => {
      asked.push(`${init?.method ?? 'GET'} ${String(url)}${init?.body ? ` ${String(init.body)}` : ''}`)
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('nobody answers')
      const { status = 200, body } = answer
      return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })
    },
    isTerminal,
    env,
  }
  const exit = await runClient(args, around)
  return { exit, out: out.join('\n'), told: told.join('\n'), asked }
}
