import { fitText } from '@/lib/domain/plain-text'

/** Markup that is safe: made of `html` alone. */
export interface Html {
  readonly html: string
}

/** Markup from a template; values are foreign text, and escaped, unless they are markup themselves. */
export function html(
  pieces: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  return { html: pieces.map((piece, index) => piece + markupOf(values[index] ?? '')).join('') }
}

/** Foreign text as one line of markup. */
export function escaped(text: string): string {
  // With > too, so that no text can end a CDATA section.
  return fitText(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

function markupOf(value: string | number | Html | readonly Html[]): string {
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value))
  return 'html' in value ? value.html : value.map((one) => one.html).join('')
}
