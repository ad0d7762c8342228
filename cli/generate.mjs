// Generates the two Prisma clients. Silent and quick when they are up to date; needs no network and no Prisma binary.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PROVIDERS = ['sqlite', 'postgresql']
const root = fileURLToPath(new URL('..', import.meta.url))
const prismaManifest = createRequire(import.meta.url).resolve('prisma/package.json')
const target = join(root, 'lib/generated')
const stampFile = join(target, 'stamp')

function main() {
  const schema = readFileSync(join(root, 'prisma/schema.prisma'), 'utf8')
  const stamp = createHash('sha256')
    .update(schema)
    .update(readFileSync(prismaManifest))
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return

  // Made beside its place and exchanged at the end: whoever reads meanwhile finds whole clients.
  const workspace = join(target, `new-${process.pid}`)
  try {
    for (const provider of PROVIDERS) generate(provider, schema, workspace)
    writeFileSync(join(workspace, 'stamp'), stamp)
    replace(workspace)
  } finally {
    rmSync(workspace, { recursive: true, force: true })
  }
}

function generate(provider, schema, workspace) {
  mkdirSync(workspace, { recursive: true })
  const schemaFile = join(workspace, `${provider}.prisma`)
  writeFileSync(schemaFile, forProvider(schema, provider))
  const run = spawnSync(
    process.execPath,
    [join(prismaManifest, '../build/index.js'), 'generate', '--no-hints', '--schema', schemaFile],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1', NO_COLOR: '1' },
    },
  )
  if (run.status !== 0) throw new Error(`prisma generate (${provider}) failed:\n${run.stdout}${run.stderr}`)
}

function forProvider(schema, provider) {
  const changed = schema
    .replace(/^(datasource db \{\s*provider\s*=\s*)"[^"]*"/m, `$1"${provider}"`)
    .replace(/^(\s*output\s*=\s*)"[^"]*"/m, `$1"./${provider}"`)
  if (!changed.includes(`"./${provider}"`) || !changed.includes(`provider = "${provider}"`)) {
    throw new Error('prisma/schema.prisma: no datasource provider or generator output found to exchange')
  }
  return changed
}

function replace(workspace) {
  mkdirSync(target, { recursive: true })
  for (const provider of PROVIDERS) {
    rmSync(join(target, provider), { recursive: true, force: true })
    try {
      renameSync(join(workspace, provider), join(target, provider))
    } catch {
      // Another generation was there first, with the same content or an older one: ours goes over it.
      cpSync(join(workspace, provider), join(target, provider), { recursive: true })
    }
  }
  renameSync(join(workspace, 'stamp'), stampFile)
}

main()
