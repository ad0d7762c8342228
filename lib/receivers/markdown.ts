import 'server-only'

/**
 * Text as Markdown that says just that on GitHub: no markup, no mention of people, no reference to issues. The empty
 * comment is what keeps `@` and `#` from their names.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_{}[\]()+\-.!|~>]/g, '\\$&')
    .replace(/[@#]/g, '$&<!-- -->')
}

/** A comment that nobody sees and by which we find what we wrote. */
export function hiddenMarker(what: 'cause' | 'event', key: string): string {
  return `<!-- flakeboard-${what}: ${encodeURIComponent(key)} -->`
}
