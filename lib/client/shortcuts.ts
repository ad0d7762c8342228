'use client'
import { useRemembered } from './remembered'

/** May single keys do something (WCAG 2.1.4)? On unless this browser's user switched them off. */
export function useShortcuts() {
  const [stored, store] = useRemembered('flakeboard.shortcuts')
  return { areOn: stored !== 'off', switchTo: (isOn: boolean) => store(isOn ? null : 'off') }
}
