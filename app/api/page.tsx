import type { Metadata } from 'next'
import { ApiReference } from '@/components/api-reference/api-reference'
import { config, publicUrl } from '@/lib/config/config'
import { openApiDocument } from '@/lib/contract/openapi/document'
import { toReference } from '@/lib/contract/openapi/reference'

export const metadata: Metadata = { title: 'API' }

/** The API as people read it, from the document that programs read. */
export default function ApiPage() {
  const document = openApiDocument({ title: config().title, url: publicUrl() })
  return <ApiReference reference={toReference(document)} />
}
