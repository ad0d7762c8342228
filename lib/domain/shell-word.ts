/** A word of a POSIX shell: inside single quotes nothing has a meaning but the quote itself. */
export function shellWord(word: string): string {
  return /^[A-Za-z0-9_./-][A-Za-z0-9_./=-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** Words of one command, quoted where they need it. */
export function shellLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ')
}
