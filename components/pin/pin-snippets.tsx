import { Snippet } from '@/components/snippet'
import type { Pin } from '@/lib/contract/pin'

const WAYS = [
  { way: 'flake', word: 'flake.nix' },
  { way: 'channel', word: 'Channel' },
  { way: 'npins', word: 'npins' },
  { way: 'fetchTarball', word: 'fetchTarball' },
  { way: 'shell', word: 'nix shell' },
] as const satisfies readonly { way: keyof Pin['snippets']; word: string }[]

/** The ways of pinning, one at a time: radio buttons, so that they turn without JavaScript and by arrow keys. */
export function PinSnippets({ pin, isOpen }: { pin: Pin; isOpen: boolean }) {
  return (
    <details open={isOpen}>
      <summary className="w-fit py-1 text-sm underline underline-offset-2">Snippets that pin it</summary>
      <fieldset className="pin-ways grid grid-cols-[minmax(0,1fr)] gap-2 pt-1">
        <legend className="sr-only">Way of pinning on {pin.branchTitle}</legend>
        <div className="flex flex-wrap gap-1">
          {WAYS.map(({ way, word }) => (
            <label key={way} className="button">
              <input
                type="radio"
                name={`way-${pin.branch}`}
                value={way}
                defaultChecked={way === 'flake'}
                autoComplete="off"
              />
              {word}
            </label>
          ))}
        </div>
        {WAYS.map(({ way, word }) => (
          <div key={way} data-way={way}>
            <Snippet text={pin.snippets[way]} what={`${word} for ${pin.branchTitle}`} />
          </div>
        ))}
      </fieldset>
    </details>
  )
}
