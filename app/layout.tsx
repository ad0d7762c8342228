import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { readFrame } from '@/lib/queries/frame'
import { currentSession } from './current-session'
import { FrameIsland } from './frame-island'
import './globals.css'
import { Providers } from './providers'

export async function generateMetadata(): Promise<Metadata> {
  await connection()
  const { title, publicUrl } = await readFrame()
  return {
    metadataBase: new URL(publicUrl),
    title: { default: title, template: `%s · ${title}` },
    description: 'Does it build, since when not and why, is it cached, and which nixpkgs revision to pin.',
  }
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#0e1013' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Pages are drawn per request: the policy's nonce is another each time.
  await connection()
  const now = new Date()
  const [nonce, frame, session] = await Promise.all([
    headers().then((list) => list.get('x-nonce') ?? undefined),
    readFrame(now),
    currentSession(),
  ])
  return (
    // The theme script sets data-theme before React looks.
    <html lang="en" suppressHydrationWarning>
      <body>
        <Providers nonce={nonce}>
          <FrameIsland frame={frame} serverNow={now.toISOString()} who={session?.who ?? null}>
            {children}
          </FrameIsland>
        </Providers>
      </body>
    </html>
  )
}
