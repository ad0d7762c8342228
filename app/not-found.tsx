import type { Metadata } from 'next'
import Link from 'next/link'
import { SearchField } from '@/components/search-field'
import { paths } from '@/lib/contract/paths'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <div className="max-w-[64ch] px-4 py-12">
      <h1 className="mb-1 text-xl font-semibold">There is no such page</h1>
      <p className="mb-4 text-muted">
        The address may be misspelt, or what it named is not watched here any more. Search for a package, or go to the{' '}
        <Link href={paths.matrix()}>matrix</Link>.
      </p>
      <SearchField id="not-found-search" label="Search for what is missing" />
    </div>
  )
}
