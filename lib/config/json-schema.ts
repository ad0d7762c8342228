import 'server-only'
import { z } from 'zod'
import { ConfigFileSchema } from './schema'

/** The JSON Schema of the configuration file, as it ships in `public/`. */
export function configJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(ConfigFileSchema, { io: 'input' }), null, 2)}\n`
}
