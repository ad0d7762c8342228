import 'server-only'
import { UpstreamError } from '@/lib/net/errors'
import type { Project } from './schema'

/** The ids behind a project's names, asked for once and again only when they stop to answer. */
export interface ProjectIds {
  readonly ids: () => Promise<Project>
  /** Runs `byId`; where that finds nothing, asks for the ids anew and runs `byNames`. */
  readonly withFallback: <T>(byId: (project: Project) => Promise<T>, byNames: () => Promise<T>) => Promise<T>
}

export function projectIds(fetchByNames: () => Promise<Project>): ProjectIds {
  let known: Promise<Project> | null = null
  const ids = (): Promise<Project> => {
    const asked = known ?? fetchByNames()
    known = asked
    asked.catch(() => {
      if (known === asked) known = null
    })
    return asked
  }
  return {
    ids,
    withFallback: async (byId, byNames) => {
      const project = await ids()
      try {
        return await byId(project)
      } catch (error) {
        if (!(error instanceof UpstreamError) || error.kind !== 'not-found') throw error
        known = null
        await ids()
        return await byNames()
      }
    },
  }
}
