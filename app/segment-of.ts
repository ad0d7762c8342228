/** The text of a dynamic segment: Next hands it to a page as it stands in the address. */
export function segmentOf(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
