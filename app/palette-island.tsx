'use client'
import { useQuery } from '@tanstack/react-query'
import { CircleHelp, GitBranch, Package } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { CommandPalette, type PaletteEntry } from '@/components/command-palette'
import { PAGES } from '@/components/pages'
import { THEMES } from '@/components/theme-switch'
import { matrixSearchQuery } from '@/lib/client/matrix'
import { useDebounced } from '@/lib/client/use-debounced'
import { questionOf } from '@/lib/contract/explain-question'
import type { MatrixBranch } from '@/lib/contract/matrix'
import { paths } from '@/lib/contract/paths'
import { derivationName } from '@/lib/domain/derivation-name'

const TYPING_MS = 120

export interface PaletteIslandProps {
  readonly branches: readonly MatrixBranch[]
  readonly onTheme: (theme: string) => void
  readonly onClose: () => void
}

/** The command palette with the packages that the text finds. */
export function PaletteIsland({ branches, onTheme, onClose }: PaletteIslandProps) {
  const router = useRouter()
  const [text, setText] = useState('')
  const asked = useDebounced(text.trim(), TYPING_MS)
  const { data, isPlaceholderData } = useQuery(matrixSearchQuery(asked))
  // Until the answer to this text is there, Enter must not lead to what an earlier text found.
  const isAnswered = asked === text.trim() && !isPlaceholderData
  const found = (data?.packages ?? []).filter(({ name }) => isAnswered || name.includes(text.trim()))
  const does = (act: () => void) => () => {
    onClose()
    act()
  }
  const alone = (key: 'branch' | 'package', value: string): `/?${string}` =>
    `/?${new URLSearchParams({ [key]: value })}`
  const pages = PAGES.map(
    ({ href, word, icon }): PaletteEntry => ({
      id: `page ${word}`,
      word,
      icon,
      onSelect: does(() => router.push(href)),
    }),
  )
  const columns = branches.map(
    ({ name, title }): PaletteEntry => ({
      id: `branch ${name}`,
      word: title,
      icon: GitBranch,
      onSelect: does(() => router.push(alone('branch', name))),
    }),
  )
  const packages = found.map(
    ({ name, version }): PaletteEntry => ({
      id: `package ${name} ${text}`,
      word: name,
      icon: Package,
      ...(version !== null && { hint: version }),
      onSelect: does(() => router.push(alone('package', name))),
    }),
  )
  const themes = THEMES.map(
    ({ value, word, icon }): PaletteEntry => ({
      id: `theme ${value}`,
      word: `${word} theme`,
      icon,
      onSelect: does(() => onTheme(value)),
    }),
  )
  const explained = questionOf(text).paths.map(
    ({ path }): PaletteEntry => ({
      id: `explain ${path} ${text}`,
      word: `Why is ${derivationName(path)} not cached?`,
      icon: CircleHelp,
      onSelect: does(() => router.push(paths.explain(path))),
    }),
  )
  const groups = [
    ...(explained.length > 0 ? [{ name: 'Store paths', entries: explained }] : []),
    { name: 'Pages', entries: pages },
    { name: 'Branches', entries: columns },
    { name: 'Packages', entries: packages },
    { name: 'Theme', entries: themes },
  ]
  return <CommandPalette groups={groups} text={text} onType={setText} onClose={onClose} />
}
