// npm test: every stage in order until one fails. The last line sums what the test runners counted.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bin, run, secondsSince } from './run.mjs'
import { ensureTools } from './tools.mjs'

const folder = mkdtempSync(join(tmpdir(), 'flakeboard-reports-'))
const total = { passed: 0, failed: 0 }

const STAGES = [
  ['tools', prepareTools],
  ['generate', () => program([process.execPath, 'cli/generate.mjs'])],
  ['unit and database tests', vitest],
  ['build', () => program(bin('next', 'build'))],
  ['browser tests', playwright],
]

async function prepareTools() {
  const { chromium } = await ensureTools()
  process.env.CHROMIUM_PATH = chromium
}

async function program(command, env) {
  const { code } = await run(command, { isShown: true, env })
  if (code !== 0) throw new Error(`${command[0]} ended with ${code}`)
}

function vitest() {
  const report = join(folder, 'vitest.json')
  const command = bin('vitest', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`)
  return counted(command, report, ({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) => ({
    passed: numPassedTests,
    failed: numFailedTests,
    skipped: numPendingTests + numTodoTests,
  }))
}

function playwright() {
  const report = join(folder, 'playwright.json')
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report }
  return counted(
    bin('playwright', 'test', '--reporter=dot,json'),
    report,
    ({ stats }) => ({
      // A test that passes only when repeated is a failing test.
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
    }),
    env,
  )
}

// A stage is green only if its runner says so, tests ran, and none was left out.
async function counted(command, report, countsOf, env) {
  const failure = await program(command, env).then(
    () => undefined,
    (error) => error,
  )
  const { passed, failed, skipped } = countsOf(JSON.parse(readFileSync(report, 'utf8')))
  console.log(`  ${passed} passed, ${failed} failed, ${skipped} skipped`)
  total.passed += passed
  total.failed += failed
  if (failed > 0) throw new CountedError(`${failed} failed`)
  if (failure) throw failure
  if (skipped > 0) throw new Error(`${skipped} skipped: a test that does not run proves nothing`)
  if (passed === 0) throw new Error('no test ran')
}

/** A failure whose tests are in the sum already; any other counts as one. */
class CountedError extends Error {}

async function main() {
  for (const [index, [name, stage]] of STAGES.entries()) {
    const startedMs = performance.now()
    console.log(`\n[${index + 1}/${STAGES.length}] ${name}`)
    try {
      await stage()
      console.log(`✓ ${name} (${secondsSince(startedMs)})`)
    } catch (error) {
      console.log(`✗ ${name} (${secondsSince(startedMs)}): ${error.message}`)
      if (!(error instanceof CountedError)) total.failed += 1
      return false
    }
  }
  return true
}

process.exitCode = (await main()) ? 0 : 1
rmSync(folder, { recursive: true, force: true })
console.log(`\n${total.passed} passed, ${total.failed} failed`)
