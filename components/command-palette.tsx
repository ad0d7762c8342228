'use client'
import { Command } from 'cmdk'
import type { LucideIcon } from 'lucide-react'
import { Modal } from './modal'

export interface PaletteEntry {
  readonly id: string
  readonly word: string
  readonly hint?: string
  readonly icon?: LucideIcon
  readonly onSelect: () => void
}

export interface CommandPaletteProps {
  readonly groups: readonly { readonly name: string; readonly entries: readonly PaletteEntry[] }[]
  readonly text: string
  readonly onType: (text: string) => void
  readonly onClose: () => void
}

/** Everything that can be reached by its name. Entries are found by the text; packages come found already. */
export function CommandPalette({ groups, text, onType, onClose }: CommandPaletteProps) {
  return (
    <Modal label="Command palette" onClose={onClose}>
      <Command label="Command palette" loop>
        <Command.Input
          value={text}
          onValueChange={onType}
          placeholder="Go to a page, branch or package"
          maxLength={200}
          className="h-11 w-full border-b border-line bg-transparent px-4 text-base outline-none!"
        />
        <Command.List className="max-h-[50vh] overflow-auto p-1.5">
          <Command.Empty className="px-3 py-4 text-sm text-muted">Nothing of that name.</Command.Empty>
          {groups.map(({ name, entries }) => (
            <Command.Group
              key={name}
              heading={name}
              className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted"
            >
              {entries.map(({ id, word, hint, icon: Icon, onSelect }) => (
                <Command.Item
                  key={id}
                  value={id}
                  keywords={[word]}
                  onSelect={onSelect}
                  className="flex h-8 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-sm data-[selected=true]:bg-hover"
                >
                  {Icon && <Icon size={15} aria-hidden className="text-muted" />}
                  <span className="truncate">{word}</span>
                  {hint && <span className="ml-auto truncate text-xs text-muted">{hint}</span>}
                </Command.Item>
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Modal>
  )
}
