import 'server-only'

// The zstd magic 28 b5 2f fd, read as UTF-8. Caches store some objects encoded, and Node 20 cannot decode them.
const ZSTD_AS_TEXT = '(\uFFFD/\uFFFD'

/** What stands in place of a cache's text, for people: a web page or undecoded bytes. Null when it may be the text. */
export function describeForeignPage(text: string): string | null {
  if (text.startsWith(ZSTD_AS_TEXT)) return 'answered in zstd encoding, which this Node.js does not decode'
  // Neither a narinfo nor nix-cache-info can start like markup; S3's XML errors and proxies' HTML pages do.
  return /^\s*</.test(text) ? 'answered a web page in place of the file' : null
}
