import 'server-only'

/** Foreign text as a parameter of a query: PostgreSQL refuses U+0000, which no stored text holds, so it matches nothing. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD')
}
