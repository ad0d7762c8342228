import type { FormEvent } from 'react'

export interface ExplainFormProps {
  readonly action: (form: FormData) => void
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void
  /** What stands in the box: what was asked last. */
  readonly text: string
  readonly isPending: boolean
  /** What is wrong with the text, and what to do. */
  readonly fault: string | null
}

/** The box that a dry run is pasted into. */
export function ExplainForm({ action, onSubmit, text, isPending, fault }: ExplainFormProps) {
  return (
    <form action={action} onSubmit={onSubmit} aria-label="Ask why" className="grid max-w-[960px] gap-2">
      <label htmlFor="explain-text" className="max-w-[72ch]">
        Paste store paths, or what <code>nixos-rebuild dry-build</code> or <code>nix build --dry-run</code> prints.
      </label>
      <textarea
        id="explain-text"
        name="text"
        rows={5}
        required
        defaultValue={text}
        spellCheck={false}
        autoComplete="off"
        aria-describedby="explain-fault"
        placeholder={'these 2 derivations will be built:\n  /nix/store/…-python3.12-torch-2.5.1.drv'}
        className="field h-auto! w-full py-2 font-mono text-xs"
      />
      <div className="flex flex-wrap items-center gap-3">
        <button type="submit" className="button" disabled={isPending}>
          Explain
        </button>
        <p id="explain-fault" role="status">
          {isPending ? 'Asking the caches …' : fault}
        </p>
      </div>
    </form>
  )
}
