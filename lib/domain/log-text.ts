const ESC = '\\u001b'
const BEL = '\\u0007'

// ECMA-48 in this order: operating system commands, other strings (both need their end, or only their start goes and
// the text stays), control sequences, and escapes of two or three characters. No part repeats another: linear time.
const ESCAPES = new RegExp(
  [
    `(?:${ESC}\\]|\\u009d)[^${ESC}${BEL}\\u009c]*(?:${BEL}|${ESC}\\\\|\\u009c)`,
    `(?:${ESC}[PX^_]|[\\u0090\\u0098\\u009e\\u009f])[^${ESC}\\u009c]*(?:${ESC}\\\\|\\u009c)`,
    `(?:${ESC}\\[|\\u009b)[0-?]*[ -/]*[@-~]`,
    `${ESC}[ -/]*[0-~]`,
  ].join('|'),
  'g',
)

const CONTROL_RANGES = '\\u0000-\\u0008\\u000a-\\u001f\\u007f-\\u009f'
const DIRECTION_RANGES = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff'
// Control characters but the tab, and those that turn the direction of what follows (they make text read as another).
const CONTROLS = new RegExp(`[${CONTROL_RANGES}${DIRECTION_RANGES}]`, 'g')

// Select graphic rendition, the only control sequence that says how text looks.
const STYLE = new RegExp(`^${ESC}\\[[\\d;]*m$`)

/** A line of a log as plain text: no escapes, no control characters; line ends inside become spaces. */
export function plainText(line: string): string {
  return line
    .replace(ESCAPES, '')
    .replace(/[\r\n]/g, ' ')
    .replace(CONTROLS, '')
}

/** The same, but the escapes that set colour and weight stay, each as `ESC [ … m`, for `styledSpans`. */
export function styledText(line: string): string {
  let kept = ''
  let from = 0
  for (const { 0: sequence, index } of line.matchAll(ESCAPES)) {
    kept += plainText(line.slice(from, index)) + (STYLE.test(sequence) ? sequence : '')
    from = index + sequence.length
  }
  return kept + plainText(line.slice(from))
}

const PREFIXES = /^(?:\s{0,40}(?:[A-Za-z0-9][\w.+-]{0,80})?> ?){1,2}/

/** A plain line without what Nix puts before a builder's line: `name> `, or `       > ` in the last lines of a failure. */
export function builderText(line: string): string {
  return line.replace(PREFIXES, '')
}
