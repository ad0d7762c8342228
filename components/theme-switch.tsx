import { Monitor, Moon, Sun } from 'lucide-react'

export const THEMES = [
  { value: 'system', word: 'System', icon: Monitor },
  { value: 'light', word: 'Light', icon: Sun },
  { value: 'dark', word: 'Dark', icon: Moon },
] as const

/** System, light, dark: one button that goes round. The choice is known in the browser alone. */
export function ThemeSwitch({ theme, onChange }: { theme: string | undefined; onChange: (theme: string) => void }) {
  const at = Math.max(
    0,
    THEMES.findIndex(({ value }) => value === theme),
  )
  const { word, icon: Icon } = THEMES[at] ?? THEMES[0]
  const next = THEMES[(at + 1) % THEMES.length] ?? THEMES[0]
  return (
    <button
      type="button"
      className="icon-button js-only shrink-0"
      aria-label={`Theme: ${word.toLowerCase()}. Switch to ${next.word.toLowerCase()}`}
      title={`Theme: ${word.toLowerCase()}`}
      onClick={() => onChange(next.value)}
    >
      <Icon size={16} aria-hidden />
    </button>
  )
}
