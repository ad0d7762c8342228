import { defineConfig } from 'prisma/config'

// `prisma generate` runs no engine but insists on finding one, and its download host is often out of reach (NixOS, closed networks).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({ schema: 'prisma/schema.prisma' })
