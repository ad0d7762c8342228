/** Text from elsewhere, made harmless for a terminal: control characters (escape sequences, line breaks) become spaces. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
}

/** A line of the result. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** A line about what is going on or wrong: to stderr, so that results can be piped. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}
