/** The cell that `open` in the address names, as `branch:package`; a branch's name holds no colon. */
export function toOpenCell(open: string | null): { branch: string; package: string } | null {
  const colon = open?.indexOf(':') ?? -1
  if (open === null || colon <= 0) return null
  return { branch: open.slice(0, colon), package: open.slice(colon + 1) }
}
