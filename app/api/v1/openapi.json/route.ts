import { answering } from '@/app/answering'
import { config, publicUrl } from '@/lib/config/config'
import { openApiDocument } from '@/lib/contract/openapi/document'
import { json } from '@/lib/http/conditional'

/** The API for machines that write clients. */
export const GET = answering('GET /api/v1/openapi.json', (request: Request) =>
  json(request, openApiDocument({ title: config().title, url: publicUrl() }), { maxAgeSeconds: 60 }),
)
