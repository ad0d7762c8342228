import 'server-only'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import { providerOf } from './provider'
import { sqliteConfigOf } from './sqlite-adapter'

const NOTHING_TO_DO = '-- This is an empty migration.'

/**
 * The SQL that leads from the tables of the database at `url` to those of `schema` (the text of schema.prisma);
 * empty when they agree. For authors and tests: the program itself only applies migrations that are written.
 */
export async function diffSql(url: string, schema: string): Promise<string> {
  const provider = providerOf(url)
  const content = schema.replace(/^(datasource db \{\s*provider\s*=\s*)"[^"]*"/m, `$1"${provider}"`)
  const files = [{ path: 'schema.prisma', content }]
  const adapter = provider === 'sqlite' ? new PrismaLibSql(sqliteConfigOf(url)) : readableCatalog(url)
  const engine = await loadEngine().new(
    { datamodels: [['schema.prisma', content]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapter),
  )
  const { stdout } = await engine.diff({
    from: { tag: 'schemaDatasource', files, configDir: '/' },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  })
  const sql = (stdout ?? '').trim()
  return sql === NOTHING_TO_DO ? '' : `${sql}\n`
}

// The engine reads columns of PostgreSQL's catalog whose type, "char", the adapter does not know.
function readableCatalog(url: string): SqlMigrationAwareDriverAdapterFactory {
  const stock = new PrismaPg({ connectionString: url })
  const readable = (adapter: SqlDriverAdapter): SqlDriverAdapter => ({
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query) =>
      adapter.queryRaw({ ...query, sql: query.sql.replace(/\b(?:con|constr)\.con(?:fdel|fupd|)type\b/g, '$&::text') }),
    executeRaw: (query) => adapter.executeRaw(query),
    executeScript: (script) => adapter.executeScript(script),
    startTransaction: (isolation) => adapter.startTransaction(isolation),
    dispose: () => adapter.dispose(),
  })
  return {
    provider: stock.provider,
    adapterName: stock.adapterName,
    connect: async () => readable(await stock.connect()),
    connectToShadowDb: async () => readable(await stock.connectToShadowDb()),
  }
}

let isLoaded = false

// The package imports its .wasm as a module, which Node 20 cannot do: instantiated by hand, as its own entry would.
function loadEngine(): typeof bindings.SchemaEngine {
  if (!isLoaded) {
    const path = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    const wasm = new WebAssembly.Module(readFileSync(path.replace(/\.js$/, '.wasm')))
    const instance = new WebAssembly.Instance(wasm, { './schema_engine_bg.js': { ...bindings } })
    bindings.__wbg_set_wasm(instance.exports)
    const start = instance.exports.__wbindgen_start
    if (typeof start === 'function') start()
    isLoaded = true
  }
  return bindings.SchemaEngine
}
