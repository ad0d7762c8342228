'use client'
import { useEffect, useState } from 'react'

const SHOWN_MS = 4_000

/** A message that goes away by itself, and how to show one. */
export function useToast() {
  const [toast, setToast] = useState({ message: '', count: 0 })
  useEffect(() => {
    if (toast.message === '') return
    const timer = setTimeout(() => setToast((one) => ({ ...one, message: '' })), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [toast])
  return {
    message: toast.message,
    show: (message: string) => setToast(({ count }) => ({ message, count: count + 1 })),
  }
}
