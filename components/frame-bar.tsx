import { Bookmark, Command, Keyboard } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { paths } from '@/lib/contract/paths'

export interface FrameBarProps {
  readonly title: string
  readonly strip: ReactNode
  readonly search: ReactNode
  readonly theme: ReactNode
  readonly myPackages: readonly string[]
  /** Name of who is signed in, or null. */
  readonly who: string | null
  /** A form that ends the session of who is signed in. */
  readonly signOut: ReactNode
  readonly onPalette: () => void
  readonly onHelp: () => void
}

/** The bar over every page. */
export function FrameBar(props: FrameBarProps) {
  const { title, strip, search, theme, myPackages, who, signOut, onPalette, onHelp } = props
  return (
    <header className="frame-bar">
      <Link href={paths.matrix()} className="truncate text-base font-semibold text-ink! no-underline!" title={title}>
        {title}
      </Link>
      <div className="order-last w-full min-w-0 empty:hidden md:order-none md:w-auto md:flex-1">{strip}</div>
      <div className="order-2 flex w-full md:order-none md:w-auto md:min-w-56">{search}</div>
      <div className="ml-auto flex shrink-0 items-center gap-0.5">
        <MyPackages names={myPackages} />
        <button
          type="button"
          className="icon-button js-only"
          aria-label="Command palette"
          title="Command palette (Ctrl K)"
          onClick={onPalette}
        >
          <Command size={16} aria-hidden />
        </button>
        <button
          type="button"
          className="icon-button js-only max-md:hidden"
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
          onClick={onHelp}
        >
          <Keyboard size={16} aria-hidden />
        </button>
        {theme}
        <Link
          href={who === null ? paths.signIn() : paths.sync()}
          className="max-w-32 truncate px-2 text-sm whitespace-nowrap text-muted!"
          prefetch={false}
        >
          {who ?? 'Sign in'}
        </Link>
        {who !== null && signOut}
      </div>
    </header>
  )
}

/** The matrix of one's own packages; the address can be shared. */
function MyPackages({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null
  const query = new URLSearchParams(names.map((name) => ['package', name]))
  return (
    <a
      href={paths.matrixWith(query)}
      className="js-only flex h-7 items-center gap-1 rounded-md px-2 text-sm whitespace-nowrap text-muted! no-underline! hover:bg-hover"
      title="My packages: this address can be shared"
    >
      <Bookmark size={15} aria-hidden />
      <span className="max-lg:sr-only">My packages</span> <span className="tabular">{names.length}</span>
    </a>
  )
}
