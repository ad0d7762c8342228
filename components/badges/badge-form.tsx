import { CheckMenu } from '@/components/check-menu'
import { BADGE_KINDS, BADGE_LABEL_MAX, BADGE_STYLES, type BadgeKind } from '@/lib/contract/badge'
import { paths } from '@/lib/contract/paths'
import type { BadgeChoice } from './badge-choice'
import { BadgePackages } from './badge-packages'

const KIND_WORDS = {
  package: 'a package',
  matrix: 'packages by branches',
  ready: 'how much of a branch is ready',
  pin: 'the revision to pin',
} as const satisfies Record<BadgeKind, string>

export interface BadgeFormProps {
  readonly choice: BadgeChoice
  readonly branches: readonly { readonly name: string; readonly title: string }[]
  /** Names to offer; others may be typed. */
  readonly packages: readonly string[]
  /** Address of the page with another choice. */
  readonly hrefOf: (change: Partial<BadgeChoice>) => string
  readonly onChange: (change: Partial<BadgeChoice>) => void
}

/** What the badge is of, and how it looks. A plain form: without JavaScript its button sends it. */
export function BadgeForm({ choice, branches, packages, hrefOf, onChange }: BadgeFormProps) {
  return (
    <form
      action={paths.badges()}
      method="get"
      aria-label="Badge"
      className="flex flex-wrap items-end gap-x-4 gap-y-3"
      onSubmit={(event) => event.preventDefault()}
    >
      <label className="grid gap-1 text-xs text-muted">
        Badge of
        <select
          name="kind"
          className="field"
          value={choice.kind}
          onChange={({ target }) => onChange({ kind: BADGE_KINDS.find((kind) => kind === target.value) ?? 'package' })}
        >
          {BADGE_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {KIND_WORDS[kind]}
            </option>
          ))}
        </select>
      </label>
      {choice.kind !== 'ready' && (
        <BadgePackages key={choice.kind} choice={choice} packages={packages} hrefOf={hrefOf} onChange={onChange} />
      )}
      <BranchField choice={choice} branches={branches} onChange={onChange} />
      <label className="grid gap-1 text-xs text-muted">
        Style
        <select
          name="style"
          className="field"
          value={choice.style}
          onChange={({ target }) => onChange({ style: BADGE_STYLES.find((style) => style === target.value) ?? 'flat' })}
        >
          {BADGE_STYLES.map((style) => (
            <option key={style} value={style}>
              {style}
            </option>
          ))}
        </select>
      </label>
      <label className="grid gap-1 text-xs text-muted">
        Label
        <input
          name="label"
          className="field w-44"
          maxLength={BADGE_LABEL_MAX}
          placeholder="its own"
          value={choice.label}
          onChange={({ target }) => onChange({ label: target.value })}
        />
      </label>
      <button type="submit" className="button no-js-only">
        Show
      </button>
    </form>
  )
}

function BranchField({ choice, branches, onChange }: Pick<BadgeFormProps, 'choice' | 'branches' | 'onChange'>) {
  if (choice.kind === 'matrix') {
    return (
      <CheckMenu
        label="Branches"
        name="branch"
        options={branches.map(({ name, title }) => ({ value: name, word: title }))}
        chosen={choice.branch}
        onChange={(branch) => onChange({ branch })}
      />
    )
  }
  return (
    <label className="grid gap-1 text-xs text-muted">
      Branch
      <select
        name="branch"
        className="field"
        value={choice.branch[0] ?? (choice.kind === 'package' ? '' : branches[0]?.name)}
        onChange={({ target }) => onChange({ branch: target.value === '' ? [] : [target.value] })}
      >
        {choice.kind === 'package' && <option value="">all branches</option>}
        {branches.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
    </label>
  )
}
