import 'server-only'
import type { SqlDriverAdapter, SqlDriverAdapterFactory, SqlQueryable } from '@prisma/driver-adapter-utils'

/** Told of every statement: what it did, and how long its caller waited. */
export type OnStatement = (kind: 'read' | 'write', seconds: number) => void

/** The same database, of whose every statement the time is told, those within transactions too. */
export function timedAdapter(factory: SqlDriverAdapterFactory, onStatement: OnStatement): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => timed(await factory.connect(), onStatement),
  }
}

// Changed in place: adapters are classes with more to them than their interface says.
function timed(adapter: SqlDriverAdapter, onStatement: OnStatement): SqlDriverAdapter {
  timeStatements(adapter, onStatement)
  const start = adapter.startTransaction.bind(adapter)
  adapter.startTransaction = async (isolationLevel) => {
    const transaction = await start(isolationLevel)
    timeStatements(transaction, onStatement)
    return transaction
  }
  return adapter
}

function timeStatements(queryable: SqlQueryable, onStatement: OnStatement): void {
  const [query, execute] = [queryable.queryRaw.bind(queryable), queryable.executeRaw.bind(queryable)]
  queryable.queryRaw = (statement) => timing('read', () => query(statement), onStatement)
  queryable.executeRaw = (statement) => timing('write', () => execute(statement), onStatement)
}

async function timing<T>(kind: 'read' | 'write', work: () => Promise<T>, onStatement: OnStatement): Promise<T> {
  const startedMs = performance.now()
  try {
    return await work()
  } finally {
    onStatement(kind, (performance.now() - startedMs) / 1000)
  }
}
