import { Menu } from 'lucide-react'
import Link from 'next/link'
import { PAGES } from './pages'

/** The pages: beside the content, or folded away where the screen is narrow. */
export function FrameNav({ pathname }: { pathname: string }) {
  return (
    <nav aria-label="Pages" className="frame-nav">
      <details>
        <summary className="flex h-9 items-center gap-2 text-sm">
          <Menu size={16} aria-hidden /> Pages
        </summary>
        <ul className="flex flex-col gap-0.5 pb-2">
          {PAGES.map(({ href, word, icon: Icon }) => (
            <li key={href}>
              <Link href={href} aria-current={pathname === href ? 'page' : undefined} title={word}>
                <Icon size={16} aria-hidden className="shrink-0" />
                <span className="label">{word}</span>
              </Link>
            </li>
          ))}
        </ul>
      </details>
    </nav>
  )
}
