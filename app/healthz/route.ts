/** Liveness: this process answers. Asks no database, so that its trouble restarts nothing. */
export function GET(): Response {
  return Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } })
}
