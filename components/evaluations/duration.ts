/** The time between two moments in words, such as `6 min` or `2 h 19 min`; null while one is not known. */
export function durationWords(startedAt: string, finishedAt: string | null): string | null {
  if (finishedAt === null) return null
  const minutes = Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 60_000)
  if (!(minutes >= 0)) return null
  if (minutes < 1) return 'under 1 min'
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
