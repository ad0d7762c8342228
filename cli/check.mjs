// npm run check: what a change must pass before it is tested, in seconds. Prints what fails.
import { bin, run, secondsSince } from './run.mjs'

const PREPARATIONS = [
  ['clients', [process.execPath, 'cli/generate.mjs']],
  ['route types', bin('next', 'typegen')],
]
const CHECKS = [
  ['types', bin('tsc', '--noEmit')],
  ['style', bin('biome', 'check', '--error-on-warnings', '.')],
  ['architecture', bin('vitest', 'run', '--project=unit', 'lib/architecture.test.ts')],
]

async function passes([name, command]) {
  const startedMs = performance.now()
  const { code, output } = await run(command)
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${secondsSince(startedMs)})`)
  if (code !== 0) console.log(output)
  return code === 0
}

async function main() {
  for (const preparation of PREPARATIONS) {
    if (!(await passes(preparation))) return false
  }
  const results = await Promise.all(CHECKS.map(passes))
  return results.every(Boolean)
}

process.exitCode = (await main()) ? 0 : 1
