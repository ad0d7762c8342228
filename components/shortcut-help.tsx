import { Modal } from './modal'

export interface ShortcutHelpProps {
  readonly areOn: boolean
  readonly onSwitch: (isOn: boolean) => void
  readonly onClose: () => void
}

const GROUPS = [
  {
    name: 'Everywhere',
    keys: [
      ['/', 'search packages'],
      ['Ctrl K', 'command palette'],
      ['?', 'this list'],
    ],
  },
  {
    name: 'In the matrix',
    keys: [
      ['← ↑ → ↓', 'move the cell cursor'],
      ['j  k', 'next, previous row'],
      ['Home  End', 'first, last cell of the row; with Ctrl of the matrix'],
      ['PgUp  PgDn', 'ten rows'],
      ['Enter', 'open the cell’s card'],
      ['p', 'page of the package'],
      ['d', 'what changed on the branch'],
      ['l', 'log; of what was never built, its source'],
      ['c', 'copy the nixpkgs revision last seen ready'],
      ['Esc', 'close the card'],
    ],
  },
  {
    name: 'In triage',
    keys: [
      ['j  k', 'next, previous cause'],
      ['a', 'acknowledge'],
      ['n', 'write a note'],
      ['o', 'open the issue, or the build at its source'],
      ['l', 'log'],
    ],
  },
] as const

/** All keys, and the switch that turns single letters off (WCAG 2.1.4). */
export function ShortcutHelp({ areOn, onSwitch, onClose }: ShortcutHelpProps) {
  return (
    <Modal label="Keyboard shortcuts" onClose={onClose}>
      <div className="p-4 text-sm">
        <h2 className="mb-3 text-lg font-semibold">Keyboard shortcuts</h2>
        {GROUPS.map(({ name, keys }) => (
          <section key={name} className="mb-3">
            <h3 className="mb-1 text-xs font-semibold text-muted">{name}</h3>
            <dl className="grid grid-cols-[112px_1fr] gap-y-1">
              {keys.map(([key, does]) => (
                <div key={key} className="contents">
                  <dt>
                    {key.split('  ').map((one) => (
                      <kbd key={one} className="mr-1">
                        {one}
                      </kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <div className="flex items-center justify-between border-t border-line pt-3">
          <label className="flex items-center gap-2">
            <input type="checkbox" checked={areOn} onChange={(event) => onSwitch(event.target.checked)} />
            Single keys do something
          </label>
          <form method="dialog">
            <button type="submit" className="button">
              Close
            </button>
          </form>
        </div>
      </div>
    </Modal>
  )
}
