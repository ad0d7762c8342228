import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))
const TESTS = '*.test.{ts,tsx}'

export default defineConfig({
  resolve: {
    alias: {
      '@': root.replace(/\/$/, ''),
      // The react-server condition would break react-dom/server in view tests, so the marker is emptied here.
      'server-only': fileURLToPath(new URL('node_modules/server-only/empty.js', import.meta.url)),
    },
  },
  test: {
    setupFiles: ['lib/testing/setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            `lib/${TESTS}`,
            `lib/{domain,contract,config,sources,caches,net,receivers,http,client}/**/${TESTS}`,
            `{components,e2e/upstreams}/**/${TESTS}`,
          ],
        },
      },
      {
        // Folders whose tests may ask for a database: one PostgreSQL server is started for all of them.
        extends: true,
        test: {
          name: 'database',
          include: [`lib/{db,queries,sync,testing}/**/${TESTS}`, `{app,cli,bench}/**/${TESTS}`],
          globalSetup: ['lib/testing/postgres.ts'],
        },
      },
    ],
  },
})
