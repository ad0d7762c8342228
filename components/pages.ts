import {
  Archive,
  BadgeCheck,
  Braces,
  ClipboardCopy,
  GitCompareArrows,
  Grid3x3,
  ListTodo,
  type LucideIcon,
  Pin,
  RefreshCw,
} from 'lucide-react'
import { paths } from '@/lib/contract/paths'

/** The pages that there are, in the order of the navigation. */
export const PAGES = [
  { href: paths.matrix(), word: 'Matrix', icon: Grid3x3 },
  { href: paths.diff(), word: 'Diff', icon: GitCompareArrows },
  { href: paths.triage(), word: 'Triage', icon: ListTodo },
  { href: paths.pin(), word: 'Pin', icon: Pin },
  { href: paths.caches(), word: 'Caches', icon: Archive },
  { href: paths.howToUse(), word: 'Use', icon: ClipboardCopy },
  { href: paths.badges(), word: 'Badges', icon: BadgeCheck },
  { href: paths.sync(), word: 'Sync', icon: RefreshCw },
  { href: paths.api(), word: 'API', icon: Braces },
] as const satisfies readonly { href: string; word: string; icon: LucideIcon }[]
