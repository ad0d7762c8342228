import type { ReactNode } from 'react'
import type { Mark } from '@/lib/domain/cell-word'

const RING = <circle cx="8" cy="8" r="6.1" fill="none" />
const DISC = <circle cx="8" cy="8" r="7" fill="currentColor" stroke="none" />

// Lines in the ground's colour stand out from a filled shape; all others are drawn in the status colour.
const SHAPES = {
  ready: (
    <>
      {DISC}
      <path d="m4.8 8.3 2.2 2.2 4.3-4.7" className="ground" />
    </>
  ),
  'built-not-cached': (
    <>
      {RING}
      <path d="M5.4 10h5a1.5 1.5 0 0 0 .2-3 2.5 2.5 0 0 0-4.7-.5A1.8 1.8 0 0 0 5.4 10" strokeWidth="1.1" fill="none" />
      <path d="m4.4 12 7.2-8" strokeWidth="1.3" />
    </>
  ),
  'built-evicted': (
    <>
      {RING}
      <path
        d="M6.7 10H5.4a1.8 1.8 0 0 1 .5-3.5A2.5 2.5 0 0 1 7.4 5M9.3 10h1.1a1.5 1.5 0 0 0 .2-3 2.5 2.5 0 0 0-.8-1.6"
        strokeWidth="1.1"
        fill="none"
      />
      <path d="m8.6 4.2-1.1 2.3 1.3 1.4-1 2.6" strokeWidth="1.1" fill="none" />
    </>
  ),
  'built-untrusted': (
    <>
      {RING}
      <path d="M8 4.2 11 5.3v2.4c0 1.9-1.2 3.2-3 4-1.8-.8-3-2.1-3-4V5.3z" strokeWidth="1.1" fill="none" />
      <path d="m9 4.4-1.7 2.9 1.5 1-1 3" strokeWidth="1.1" fill="none" />
    </>
  ),
  'built-unknown': (
    <>
      {RING}
      <path d="M6.2 6.6a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.6-.8 1.2M8 11.4v.1" fill="none" />
    </>
  ),
  failed: (
    <>
      <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor" stroke="none" />
      <path d="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2" className="ground" />
    </>
  ),
  blocked: (
    <>
      {RING}
      <path
        d="M6.6 7.2 5.4 8.4a1.55 1.55 0 0 0 2.2 2.2l.5-.5M9.4 8.8l1.2-1.2a1.55 1.55 0 0 0-2.2-2.2l-.5.5"
        strokeWidth="1.4"
        fill="none"
      />
    </>
  ),
  'timed-out': (
    <path d="M3.5 1.5h9M3.5 14.5h9M4.5 1.5v2.3L8 8l-3.5 4.2v2.3h7v-2.3L8 8l3.5-4.2V1.5z" fill="currentColor" />
  ),
  'evaluation-failed': (
    <>
      <path d="M8 1.2 15.3 14.4H.7z" fill="currentColor" stroke="none" />
      <path d="M8 6v4M8 12v.2" className="ground" />
    </>
  ),
  building: (
    <>
      {RING}
      <path d="M8 1.9a6.1 6.1 0 0 1 0 12.2z" fill="currentColor" stroke="none" />
    </>
  ),
  queued: RING,
  cancelled: <path d="M3 8h10" strokeWidth="2" />,
  unknown: <path d="M2.5 8h2.6m1.6 0h2.6m1.6 0h2.6" strokeWidth="2" />,
  absent: <circle cx="8" cy="8" r="1.5" fill="currentColor" stroke="none" opacity="0.6" />,
} satisfies Record<Mark, ReactNode>

/** The shape of a status. It always stands beside its word, so it is silent to screen readers. */
export function StatusMark({ mark, size = 16 }: { mark: Mark; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      data-mark={mark}
      className="mark tone shrink-0"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {SHAPES[mark]}
    </svg>
  )
}
