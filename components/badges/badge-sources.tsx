import { Snippet } from '@/components/snippet'
import { type LinkedImage, MARKUPS, type Markup, writeMarkup } from '@/lib/domain/badge-markup'

const WORDS = {
  markdown: 'Markdown',
  html: 'HTML',
  restructuredtext: 'reStructuredText',
  asciidoc: 'AsciiDoc',
  org: 'Org',
} as const satisfies Record<Markup, string>

/** A badge in every markup, to copy. */
export function BadgeSources({ image }: { image: LinkedImage }) {
  return MARKUPS.map((markup) => (
    <div key={markup} className="grid grid-cols-[minmax(0,1fr)] gap-1">
      <h3 className="text-sm">{WORDS[markup]}</h3>
      <Snippet text={writeMarkup(markup, image)} what={`the badge as ${WORDS[markup]}`} />
    </div>
  ))
}
