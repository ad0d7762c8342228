import { writeFileSync } from 'node:fs'
import { configJsonSchema } from '@/lib/config/json-schema'

writeFileSync('public/flakeboard.schema.json', configJsonSchema())
