import { Archive, GitCompareArrows, Grid3x3, ListTodo, type LucideIcon, RefreshCw } from 'lucide-react'
import { paths } from '@/lib/contract/paths'

/** The pages that there are, in the order of the navigation. */
export const PAGES = [
  { href: paths.matrix(), word: 'Matrix', icon: Grid3x3 },
  { href: paths.diff(), word: 'Diff', icon: GitCompareArrows },
  { href: paths.triage(), word: 'Triage', icon: ListTodo },
  { href: paths.caches(), word: 'Caches', icon: Archive },
  { href: paths.sync(), word: 'Sync', icon: RefreshCw },
] as const satisfies readonly { href: string; word: string; icon: LucideIcon }[]
