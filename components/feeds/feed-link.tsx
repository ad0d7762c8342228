/** The way to an Atom feed, in words. */
export function FeedLink({ href }: { href: string }) {
  return (
    <a href={href} type="application/atom+xml" className="text-sm">
      Atom feed
    </a>
  )
}
