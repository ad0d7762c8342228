// What XML cannot hold at all, what ends a line, and what would turn the direction of the text around it.
const UNFIT = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]+/gu

/** Foreign text as one line that any XML document can hold, its blanks as they are. */
export function fitText(text: string): string {
  return text.replace(UNFIT, ' ')
}

/** Foreign text as one line that any XML document can hold: at most `charactersMax` characters, the last of a longer one `…`. */
export function plainText(text: string, charactersMax: number): string {
  const characters = [...fitText(text).trim()]
  if (characters.length <= charactersMax) return characters.join('')
  return `${characters.slice(0, charactersMax - 1).join('')}…`
}
