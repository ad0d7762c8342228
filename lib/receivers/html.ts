import 'server-only'
import { escapeHtml } from '@/lib/domain/escape-html'
import type { Notice } from './receiver'

/** A notice as HTML of the few elements that chats and mails agree on. */
export function noticeHtml({ title, lines, url }: Notice): string {
  const items = lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')
  const list = items === '' ? '' : `<ul>${items}</ul>`
  return `<p><strong>${escapeHtml(title)}</strong></p>${list}<p><a href="${escapeHtml(url)}">${escapeHtml(url)}</a></p>`
}

/** The same as plain text. */
export function noticeText({ title, lines, url }: Notice): string {
  return [title, '', ...lines.map((line) => `- ${line}`), ...(lines.length > 0 ? [''] : []), url].join('\n')
}
