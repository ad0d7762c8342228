'use client'
import { LogOut } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { useTheme } from 'next-themes'
import { type ReactNode, useId, useRef, useState } from 'react'
import { DemoBanner } from '@/components/demo-banner'
import { FrameBar } from '@/components/frame-bar'
import { FrameNav } from '@/components/frame-nav'
import { FreshnessStrip } from '@/components/freshness-strip'
import { ShortcutHelp } from '@/components/shortcut-help'
import { StatusLine } from '@/components/status-line'
import { ThemeSwitch } from '@/components/theme-switch'
import { useMyPackages } from '@/lib/client/my-packages'
import { useShortcuts } from '@/lib/client/shortcuts'
import { useHydrated } from '@/lib/client/use-hydrated'
import { useNow } from '@/lib/client/use-now'
import type { Frame } from '@/lib/contract/frame'
import { signOut } from './actions'
import { PaletteIsland } from './palette-island'
import { SearchIsland } from './search-island'
import { useGlobalKeys } from './use-global-keys'
import { useLiveFrame } from './use-live-frame'

export interface FrameIslandProps {
  readonly frame: Frame
  readonly serverNow: string
  readonly who: string | null
  readonly children: ReactNode
}

/** What stands around every page, kept up to date. */
export function FrameIsland({ frame, serverNow, who, children }: FrameIslandProps) {
  const now = useNow(serverNow)
  const pathname = usePathname()
  const { branches, readAt, running } = useLiveFrame(frame)
  const [overlay, setOverlay] = useState<'palette' | 'help' | null>(null)
  const { theme, setTheme } = useTheme()
  const shortcuts = useShortcuts()
  const { names } = useMyPackages()
  const isHydrated = useHydrated()
  const search = useRef<HTMLInputElement>(null)
  const searchId = useId()
  const close = () => setOverlay(null)
  useGlobalKeys({
    areOn: shortcuts.areOn,
    onPalette: () => setOverlay('palette'),
    onSearch: () => search.current?.focus(),
    onHelp: () => setOverlay('help'),
  })
  return (
    <>
      <a href="#main" className="skip-link">
        Skip to content
      </a>
      <FrameBar
        title={frame.title}
        strip={<FreshnessStrip branches={branches} now={now} isWideOnly={pathname === '/'} />}
        search={<SearchIsland field={search} id={searchId} isMatrix={pathname === '/'} />}
        theme={<ThemeSwitch theme={isHydrated ? theme : undefined} onChange={setTheme} />}
        myPackages={names}
        who={who}
        signOut={
          <form action={signOut} className="flex">
            <button type="submit" className="icon-button" aria-label="Sign out" title="Sign out">
              <LogOut size={16} aria-hidden />
            </button>
          </form>
        }
        onPalette={() => setOverlay('palette')}
        onHelp={() => setOverlay('help')}
      />
      <div className="frame">
        <FrameNav pathname={pathname} />
        <main id="main" tabIndex={-1} className="outline-none!">
          {frame.isDemo && <DemoBanner />}
          <StatusLine readAt={readAt} running={running} now={now} />
          {children}
        </main>
      </div>
      {overlay === 'help' && <ShortcutHelp areOn={shortcuts.areOn} onSwitch={shortcuts.switchTo} onClose={close} />}
      {overlay === 'palette' && <PaletteIsland branches={branches} onTheme={setTheme} onClose={close} />}
    </>
  )
}
