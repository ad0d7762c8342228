import { escapeHtml } from './escape-html'

/** The markups that READMEs are written in, with the names that people know them by. */
export const MARKUPS = ['markdown', 'html', 'restructuredtext', 'asciidoc', 'org'] as const
export type Markup = (typeof MARKUPS)[number]

/** An image that leads somewhere. Both addresses are absolute; the alternative text is one line. */
export interface LinkedImage {
  readonly image: string
  readonly link: string
  readonly alt: string
}

const WRITE: Record<Markup, (image: LinkedImage) => string> = {
  markdown: ({ image, link, alt }) => `[![${escapeMarkdown(alt)}](${plainUrl(image)})](${plainUrl(link)})`,
  html: ({ image, link, alt }) =>
    `<a href="${escapeHtml(plainUrl(link))}"><img src="${escapeHtml(plainUrl(image))}" alt="${escapeHtml(alt)}"></a>`,
  restructuredtext: ({ image, link, alt }) =>
    [`.. image:: ${plainUrl(image)}`, `   :target: ${targetUrl(link)}`, `   :alt: ${alt}`].join('\n'),
  asciidoc: ({ image, link, alt }) =>
    `image:${asciidocUrl(image)}["${escapeAsciidoc(alt)}",link="${asciidocUrl(link)}"]`,
  org: ({ image, link, alt }) =>
    [`#+ATTR_HTML: :alt ${escapeOrg(alt)}`, `[[${plainUrl(link)}][${orgImage(plainUrl(image))}]]`].join('\n'),
}

/** The image as source text of a markup; what its addresses and its text hold never counts as markup. */
export function writeMarkup(markup: Markup, image: LinkedImage): string {
  return WRITE[markup](image)
}

// What encodeURIComponent lets through and some markup takes for its own.
function plainUrl(url: string): string {
  return url.replace(/[!'()*]/g, percent)
}

function percent(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
}

/** reStructuredText takes a target that ends in an underscore for the name of a reference. */
function targetUrl(url: string): string {
  return plainUrl(url).replace(/_$/, percent)
}

/** AsciiDoc formats the text of a line, addresses too, before it looks for images. */
function asciidocUrl(url: string): string {
  return plainUrl(url)
    .replaceAll('+', '%20')
    .replace(/[_~]|-(?=-)|\.(?=\.)/g, percent)
}

/** Org shows a description as an image when it ends like the name of one; badges ignore parameters that they do not know. */
function orgImage(url: string): string {
  return url.endsWith('.svg') ? url : `${url}&as=.svg`
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>&!|~#]/g, '\\$&')
}

/** As numbers, which AsciiDoc hands on: no sign of it has a meaning any more. */
function escapeAsciidoc(text: string): string {
  return text.replace(/[\\`*_[\]<>&|~#^+${}"'()@=;]|-(?=-)|\.(?=\.)|:(?=[\w/:])/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** A word with a colon before it would begin the next attribute. */
function escapeOrg(text: string): string {
  return text.replace(/(^|\s):+(?=\S)/g, '$1')
}
