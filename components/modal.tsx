'use client'
import { type ReactNode, useEffect, useRef } from 'react'

/** A dialog over the page: the browser's own, which keeps the focus, answers Escape and gives the focus back. */
export function Modal({ label, onClose, children }: { label: string; onClose: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
    // Else the first thing that can be focused at all would be, which need not be what is wanted.
    dialog.current?.querySelector<HTMLElement>('input, button')?.focus()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it; the click is on the ground outside
    <dialog
      ref={dialog}
      aria-label={label}
      className="raised"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close()
      }}
    >
      {children}
    </dialog>
  )
}
