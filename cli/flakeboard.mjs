#!/usr/bin/env node
// npx flakeboard: the client for terminals and scripts, wherever it is called from.
import { fileURLToPath } from 'node:url'
import { tsImport } from 'tsx/esm/api'

const tsconfig = fileURLToPath(new URL('../tsconfig.json', import.meta.url))
const { runClient } = await tsImport('./client/run-client.ts', { parentURL: import.meta.url, tsconfig })
process.exitCode = await runClient(process.argv.slice(2))
