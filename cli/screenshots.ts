// npm run screenshots: the pictures in docs/, taken from the demo.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { PROGRAM_ROOT } from './environment'
import { CommandError, runCommand } from './failure'
import { freePortFrom } from './ports'
import { exitCodeOf, runProgram } from './run-program'
import { isServing } from './server'
import { say } from './terminal'
import { chromiumPath } from './tools.mjs'

const HOST = '127.0.0.1'
const PORT_FIRST = 3900
const KILOBYTES_MAX = 400

const PICTURES = [
  { file: 'matrix-light.png', colorScheme: 'light', width: 1440, height: 900, scale: 1 },
  { file: 'matrix-dark.png', colorScheme: 'dark', width: 1440, height: 900, scale: 1 },
  { file: 'matrix-narrow.png', colorScheme: 'light', width: 390, height: 844, scale: 2 },
] as const

async function main(): Promise<number> {
  const executablePath = chromiumPath()
  if (executablePath === undefined) throw new CommandError('No Chromium was found. Install it, or set CHROMIUM_PATH.')
  const port = await freePortFrom(PORT_FIRST, HOST)
  if (port === null) throw new CommandError(`No port is free from ${PORT_FIRST} on.`)
  const demo = runProgram(['--conditions=react-server', '--import', 'tsx', 'cli/demo.ts'], {
    env: { HOST, PORT: String(port) },
    output: 'inherit',
  })
  const ended = exitCodeOf(demo)
  try {
    if (!(await isServing(demo, { host: HOST, port }))) throw new CommandError('The demo did not start.')
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const browser = await chromium.launch({ executablePath, args })
    await takeAll(browser, `http://${HOST}:${port}`)
    await browser.close()
  } finally {
    demo.kill('SIGTERM')
    await ended
  }
  return 0
}

async function takeAll(browser: Browser, address: string): Promise<void> {
  for (const picture of PICTURES) {
    await take(browser, address, picture)
    const path = join(PROGRAM_ROOT, 'docs', picture.file)
    const kilobytes = Math.ceil(statSync(path).size / 1000)
    if (kilobytes > KILOBYTES_MAX) throw new CommandError(`${path} has ${kilobytes} kB; at most ${KILOBYTES_MAX} stay.`)
    say(`docs/${picture.file}: ${kilobytes} kB`)
  }
}

async function take(browser: Browser, address: string, picture: (typeof PICTURES)[number]): Promise<void> {
  const { file, colorScheme, width, height, scale } = picture
  const page = await browser.newPage({ colorScheme, viewport: { width, height }, deviceScaleFactor: scale })
  await page.goto(address)
  // The table is a grid once its scripts run.
  await page.getByRole('grid').waitFor()
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: join(PROGRAM_ROOT, 'docs', file), animations: 'disabled' })
  await page.close()
}

await runCommand(main)
