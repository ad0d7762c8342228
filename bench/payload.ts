import { gzipSync } from 'node:zlib'
import { MatrixParamsSchema } from '@/lib/contract/matrix'
import { json } from '@/lib/http/conditional'
import { readMatrix } from '@/lib/queries/matrix'
import type { Comparison } from './measure'
import type { World } from './world'

const REQUEST = 'http://localhost/api/v1/matrix'

/** What goes over the wire for a page of rows: in full, compact, compressed, and when nothing has changed. */
export async function benchPayload(world: World): Promise<Comparison[]> {
  const answer = async (view: string, etag: string | null) => {
    const matrix = await readMatrix(MatrixParamsSchema.parse({ limit: 200, view }), world.now, world)
    const headers = etag === null ? {} : { 'if-none-match': etag }
    return json(new Request(REQUEST, { headers }), matrix, { maxAgeSeconds: 60 })
  }
  const full = await answer('full', null)
  const same = await answer('full', full.headers.get('etag'))
  const [fullBody, compactBody, sameBody] = await Promise.all([
    full.arrayBuffer(),
    answer('compact', null).then((response) => response.arrayBuffer()),
    same.arrayBuffer(),
  ])
  const size = (name: string, bytes: number) => ({ name, value: bytes / 1024, unit: 'KiB' })
  const raw = size('200 full rows', fullBody.byteLength)
  const zipped = size('200 full rows, gzip', gzipSync(fullBody).byteLength)
  return [
    { promise: 'Compression takes most of a page of rows away', baseline: raw, subject: zipped },
    {
      promise: 'Compact rows are about half of full ones',
      baseline: raw,
      subject: size('200 compact rows', compactBody.byteLength),
    },
    {
      promise: 'So they are when compressed',
      baseline: zipped,
      subject: size('200 compact rows, gzip', gzipSync(compactBody).byteLength),
    },
    {
      promise: `Who has the answer already gets ${same.status} and no body`,
      baseline: raw,
      subject: size('body', sameBody.byteLength),
    },
  ]
}
