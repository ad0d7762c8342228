import { z } from 'zod'
import { RevisionSchema, TimeSchema } from './words'

/** The query of `/use` and `GET /api/v1/use`. */
export const UseParamsSchema = z.strictObject({
  branch: z.string().min(1).max(200).nullable().default(null).describe('Name of a branch; the first one unless named.'),
})
export type UseParams = z.infer<typeof UseParamsSchema>

export const UseSnippetSchema = z.object({
  id: z.string().describe('The same for every installation and branch.'),
  title: z.string(),
  kind: z.enum(['shell', 'nix', 'nix.conf']).describe('Where it belongs: a shell, a file of Nix, or `nix.conf`.'),
  text: z.string(),
  notes: z.array(z.string()).describe('What to know before one pastes it, each a sentence for people.'),
})
export type UseSnippet = z.infer<typeof UseSnippetSchema>

/** The ways of using the caches and the package set, with the values of this installation and of one branch. */
export const UseSchema = z.object({
  generatedAt: TimeSchema,
  branch: z.string(),
  branches: z.array(z.object({ name: z.string(), title: z.string() })),
  pin: z
    .object({ revision: RevisionSchema, date: TimeSchema.nullable(), evaluation: z.string() })
    .nullable()
    .describe('The newest revision on which all headline packages are ready; null when there is none now.'),
  packages: z.array(z.string()).describe('The headline packages that the pin is for.'),
  groups: z.array(z.object({ id: z.string(), title: z.string(), snippets: z.array(UseSnippetSchema) })),
})
export type Use = z.infer<typeof UseSchema>
