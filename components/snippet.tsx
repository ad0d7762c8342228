import { CopyButton } from './copy-button'

/** A text to paste, with the button that copies it; `what` names it for screen readers. */
export function Snippet({ text, what }: { text: string; what: string }) {
  return (
    <div className="relative max-w-4xl rounded border border-line bg-sunken">
      <section
        aria-label={what}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        className="overflow-x-auto py-2 pr-10 pl-3"
      >
        <pre className="font-mono text-xs leading-5">{text.replace(/\n$/, '')}</pre>
      </section>
      <span className="absolute top-2 right-2 rounded bg-sunken">
        <CopyButton text={text} what={what} />
      </span>
    </div>
  )
}
