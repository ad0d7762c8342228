import { z } from 'zod'
import { MatrixBranchSchema } from './matrix'
import { TimeSchema } from './words'

/** What stands around every page. */
export const FrameSchema = z.object({
  title: z.string(),
  /** The sources are made up for a demonstration, and every page says so. */
  isDemo: z.boolean(),
  publicUrl: z.string(),
  /** Web address of the nixpkgs repository; `/commit/<revision>` under it is a commit. */
  nixpkgsUrl: z.string(),
  /** All rows of the matrix, whatever the filter. */
  packages: z.number().int(),
  branches: z.array(MatrixBranchSchema),
  /** When the source that was read longest ago was last read; null when one was never read. */
  readAt: TimeSchema.nullable(),
  /** The sync that runs, or null. */
  syncRunning: z.string().nullable(),
})
export type Frame = z.infer<typeof FrameSchema>
