import { templateOf } from './path-match'

/** The pages. A test holds them against the folders under app/. */
export const PAGE_TEMPLATES: readonly string[] = [
  '/',
  '/api',
  '/badges',
  '/branches/{branch}',
  '/caches',
  '/derivations/{name}',
  '/diff',
  '/evaluations/{id}',
  '/packages/{package}',
  '/pin',
  '/sign-in',
  '/sync',
  '/triage',
  '/use',
]

/** The address with names in place of what people put there: as many as there are routes, and not one more. */
export function routeTemplate(pathname: string): string {
  if (pathname.startsWith('/_next/')) return '/_next/'
  const depth = pathname.split('/').length
  const page = PAGE_TEMPLATES.find((template) => {
    const [fixed = ''] = template.split('{')
    return template === fixed
      ? pathname === template
      : pathname.startsWith(fixed) && template.split('/').length === depth
  })
  return page ?? templateOf(pathname) ?? 'other'
}
