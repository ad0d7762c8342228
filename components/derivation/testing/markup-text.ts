/** What a reader sees of markup: its text, with single spaces. */
export function markupText(markup: string): string {
  return markup
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
