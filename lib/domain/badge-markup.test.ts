import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Markup, writeMarkup } from './badge-markup'

const plain = {
  image: 'https://ci.example/badge/master/pytorch.svg',
  link: 'https://ci.example/packages/pytorch',
  alt: 'pytorch on master',
}
const odd = {
  image: 'https://ci.example/badge/matrix.svg?package=a__b&label=it%27s+--',
  link: "https://ci.example/packages/a(b)'_",
  alt: `a_b [x](y) *z* <i>"q" & c -- :d`,
}

describe('writeMarkup', () => {
  // Each was given to a parser of its markup (commonmark, docutils, asciidoctor), which found these addresses and texts.
  it.each([
    ['markdown', `[![pytorch on master](${plain.image})](${plain.link})`],
    ['html', `<a href="${plain.link}"><img src="${plain.image}" alt="pytorch on master"></a>`],
    ['restructuredtext', `.. image:: ${plain.image}\n   :target: ${plain.link}\n   :alt: pytorch on master`],
    ['asciidoc', `image:${plain.image}["pytorch on master",link="${plain.link}"]`],
    ['org', `#+ATTR_HTML: :alt pytorch on master\n[[${plain.link}][${plain.image}]]`],
  ] as const)('writes %s', (markup, expected) => {
    expect(writeMarkup(markup, plain)).toBe(expected)
  })

  it.each([
    [
      'markdown',
      '[![a\\_b \\[x\\](y) \\*z\\* \\<i\\>"q" \\& c -- :d](https://ci.example/badge/matrix.svg?package=a__b&label=it%27s+--)](https://ci.example/packages/a%28b%29%27_)',
    ],
    [
      'html',
      '<a href="https://ci.example/packages/a%28b%29%27_"><img src="https://ci.example/badge/matrix.svg?package=a__b&amp;label=it%27s+--" alt="a_b [x](y) *z* &lt;i&gt;&quot;q&quot; &amp; c -- :d"></a>',
    ],
    [
      'restructuredtext',
      `.. image:: https://ci.example/badge/matrix.svg?package=a__b&label=it%27s+--\n   :target: https://ci.example/packages/a%28b%29%27%5F\n   :alt: ${odd.alt}`,
    ],
    [
      'asciidoc',
      'image:https://ci.example/badge/matrix.svg?package=a%5F%5Fb&label=it%27s%20%2D-["a&#95;b &#91;x&#93;&#40;y&#41; &#42;z&#42; &#60;i&#62;&#34;q&#34; &#38; c &#45;- &#58;d",link="https://ci.example/packages/a%28b%29%27%5F"]',
    ],
    [
      'org',
      '#+ATTR_HTML: :alt a_b [x](y) *z* <i>"q" & c -- d\n[[https://ci.example/packages/a%28b%29%27_][https://ci.example/badge/matrix.svg?package=a__b&label=it%27s+--&as=.svg]]',
    ],
  ] as const)('lets nothing of the texts count as %s', (markup, expected) => {
    expect(writeMarkup(markup, odd)).toBe(expected)
  })

  it('never ends what it stands in, whatever the text', () => {
    const text = fc.stringMatching(/^[ -~]{1,40}$/)
    fc.assert(
      fc.property(text, (alt) => {
        const write = (markup: Markup) => writeMarkup(markup, { ...plain, alt })
        expect(write('html').match(/[<>"]/g)).toHaveLength(3 * 2 + 3 * 2)
        expect(write('markdown').match(/(?<!\\)(?:\\\\)*[[\]]/g)).toHaveLength(4)
        expect(write('asciidoc').match(/[[\]"]/g)).toHaveLength(6)
        expect(write('restructuredtext').split('\n')).toHaveLength(3)
        expect(write('org').split('\n')).toHaveLength(2)
      }),
    )
  })
})
