'use client'
import { Fault } from '@/components/fault'
import './globals.css'

/** When even the frame could not be drawn, so it brings its own document. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Flakeboard: this page could not be drawn</title>
        <main>
          <Fault error={error} onRetry={retry} />
        </main>
      </body>
    </html>
  )
}
