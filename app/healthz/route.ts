import { answering } from '@/app/answering'
/** Liveness: this process answers. Asks no database, so that its trouble restarts nothing. */
export const GET = answering('GET /healthz', () => {
  return Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } })
})
