import { fc } from '#tests/support/properties.ts';
import type { Node } from 'prosemirror-model';
import { expect, it } from 'vitest';
import { readHtml } from '#core/formats/read-html.ts';
import { listSuggestions } from '#core/suggest/list.ts';
import { docOf, views } from '#core/formats/view.ts';
import { writeHtml } from '#core/formats/write-html.ts';
import { anyReview } from '#tests/formats/hostile-review.ts';
import { attribute, readPage } from '#tests/formats/page.ts';
import {
  changesOf,
  commentsOf,
  isNumbered,
  plain,
  splitsCharacters,
  testContext,
  wordsIn,
} from '#tests/formats/round-trip.ts';
import { sampleReview } from '#tests/formats/sample-review.ts';

const read = (html: string) => readHtml(html, testContext());
const kind = (node: Node): string =>
  node.type.name === 'block' ? String(node.attrs['style']) : node.type.name;

/** The blocks as `kind: words`, with `[^1]` for references. */
function outline(html: string): string[] {
  return plain(read(html).review.doc, { kind, edges: true, empty: false }).map(
    (block) =>
      `${block.kind}${block.list && ` (${block.list})`}: ${block.parts
        .map((part) => (part.marks === '' ? part.text : `<${part.marks}>${part.text}</>`))
        .join('')}`,
  );
}

it('[IP1] a page that Galley wrote reads back as the same article, block by block', () => {
  fc.assert(
    fc.property(
      anyReview,
      fc.constantFrom('original' as const, 'accepted' as const),
      (review, view) => {
        const { content } = writeHtml(review, { view, notice: null });
        const leeway = { kind, edges: true, empty: true, forms: true };
        const wanted = plain(docOf(review.doc, view), leeway);
        expect(plain(read(content).review.doc, leeway)).toEqual(wanted);
      },
    ),
    { numRuns: 300 },
  );
});

it('[IP2] a marked page reads back with the same words as filed and as edited, and the same comments', () => {
  fc.assert(
    fc.property(anyReview, (review) => {
      if (splitsCharacters(review) || !isNumbered(review)) return;
      const { review: back, warnings } = read(
        writeHtml(review, { view: 'marked', notice: null }).content,
      );
      for (const view of views) expect(wordsIn(back.doc, view)).toBe(wordsIn(review.doc, view));
      const found = commentsOf(back).map((one) => JSON.stringify(one));
      // A note on nothing but the place between two blocks is put on a word beside it.
      const wanted = commentsOf(review).filter((one) => one.quote !== '');
      expect(found).toEqual(expect.arrayContaining(wanted.map((one) => JSON.stringify(one))));
      // What is more are suggestions without marks in the text, each with a warning.
      const lost = warnings.filter((one) => one.message.endsWith('is read as a comment.'));
      expect(found.length - commentsOf(review).length).toBeGreaterThanOrEqual(lost.length);
    }),
    { numRuns: 300 },
  );
});

it('[IP2] suggestions, comments, facts and replies of a marked page are as they were', () => {
  const review = sampleReview();
  const { review: back } = read(writeHtml(review, { view: 'marked', notice: null }).content);
  expect(changesOf(back)).toEqual(changesOf(review));
  expect(commentsOf(back)).toEqual(expect.arrayContaining(commentsOf(review)));
  expect([...back.claims.values()]).toMatchObject([
    { type: 'money', text: 'already received $550 million', check: 'Which year?' },
  ]);
  const [row] = [...back.suggestions.values()];
  expect(row).toMatchObject({ at: '2026-11-20T10:00:07.000Z', reason: 'Typing error' });
  expect(row?.replies).toMatchObject([{ text: 'Yes.' }]);
  expect([...back.people.values()].map((one) => [one.name, one.role])).toContainEqual([
    'Ben <b>Ito</b>',
    'viewer',
  ]);
});

it('[IP3] reads headings, quotations, nested lists, captions, emphasis and links as an article has them', () => {
  const html = `<!doctype html><html lang="de-AT"><body><nav>Home</nav><main>
    <p class="kicker">Politik</p><h1>Der  Titel</h1><p class="byline">Von Ada Lim</p>
    <p>Ein <b>starkes</b> und <i>leises</i> Wort &amp; ein <a href="https://a.b/c?d=1&amp;e">Link</a>.</p>
    <h2>Zwei</h2><blockquote><p>Q<br>R</p><p>S</p></blockquote>
    <ul><li>a<ol start="3"><li>b</li><li><p>c</p></li></ol></li><li>d</li></ul>
    <figure><img src="x.png" alt="Ein Bild"><figcaption>Foto: <em>ich</em></figcaption></figure>
    <h1>Noch eins</h1><h4>Vier</h4><pre>x
  y</pre></main></body></html>`;
  expect(outline(html)).toEqual([
    'kicker: Politik',
    'headline: Der Titel',
    'byline: Ada Lim',
    'paragraph: Ein <strong>starkes</> und <em>leises</> Wort & ein <https://a.b/c?d=1&e>Link</>.',
    'heading1: Zwei',
    'quote: Q\nR',
    'quote: S',
    'paragraph (bullet 0): a',
    'paragraph (ordered 1): b',
    'paragraph (ordered 1): c',
    'paragraph (bullet 0): d',
    'figure: Foto: <em>ich</>',
    'heading1: Noch eins',
    'heading3: Vier',
    'paragraph: x\n  y',
  ]);
  const { review, flags, warnings } = read(html);
  expect(review.article.language).toBe('de-AT');
  expect(review.doc.child(8).attrs['list']).toEqual({ kind: 'ordered', level: 1, start: 3 });
  expect(flags).toContainEqual(expect.objectContaining({ kind: 'navigation', text: 'Home' }));
  expect(warnings.map((one) => one.message).join()).toContain('The picture “x.png” in line 6');
});

it('[IP4] a deletion right before an insertion of the same hand and time is one replacement', () => {
  const { review } = read(
    '<h1>H</h1><p>a <del>old</del><ins>new</ins> b <ins data-author="Ada">x</ins><del>y</del> c</p>',
  );
  expect(listSuggestions(review.doc).map(({ deleted, inserted }) => [deleted, inserted])).toEqual([
    ['old', 'new'],
    ['', 'x'],
    ['y', ''],
  ]);
});

it('[IP4] <ins> and <del> become pending suggestions of those who made them', () => {
  const { review } = read(
    '<h1>H</h1><p>a <del data-author="Ada" datetime="2026-01-02T03:04:05Z">old</del><ins>new</ins> b</p>' +
      '<ins><p>whole</p></ins><p>c</p>',
  );
  expect(changesOf(review)).toEqual([
    'Ada /  / old / ',
    'Unknownauthor /  /  / new',
    'Unknownauthor /  /  / whole',
  ]);
  expect(wordsIn(review.doc, 'original')).toBe('Haoldbc');
  expect(wordsIn(review.doc, 'accepted')).toBe('Hanewbwholec');
  expect([...review.suggestions.values()].map((one) => one.status)).toEqual([
    'pending',
    'pending',
    'pending',
  ]);
  expect([...review.suggestions.values()][0]?.at).toBe('2026-01-02T03:04:05.000Z');
});

it('[IP5] footnotes come from our own pages, from noterefs, and from superscript links', () => {
  const forms = [
    '<p>A<sup><a href="#fn1" id="r1">1</a></sup> b.</p><h2>Notes</h2><ol><li id="fn1">Note one. <a href="#r1">↩</a></li></ol>',
    '<p>A<a role="doc-noteref" href="#n">[1]</a> b.</p><aside role="doc-footnote" id="n"><p>Note one.</p></aside>',
    '<p>A<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup> b.</p><section class="footnotes"><ol><li id="fn1"><p>Note one. <a href="#fnref1" class="footnote-backref">↩︎</a></p></li></ol></section>',
    '<p>A<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a> b.</p><hr><div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> Note one.</p></div>',
  ];
  for (const form of forms)
    expect(outline(`<h1>H</h1>${form}`), form).toEqual([
      'headline: H',
      'paragraph: A[^1] b.',
      'footnote: Note one.',
    ]);
});

const attacks = [
  '<script>alert(1)</script>',
  '<p onclick="alert(1)">x</p>',
  '<img src=x onerror=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="JaVaScRiPt&colon;alert(1)">x</a>',
  '<a href="&#106;avascript:alert(1)">x</a>',
  '<a href=" \tjava\nscript:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '<svg><script>alert(1)</script><a xlink:href="javascript:alert(1)">x</a></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<iframe src="javascript:alert(1)"></iframe><iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">Go</button></form>',
  '<object data="javascript:alert(1)"></object><embed src="javascript:alert(1)">',
  '<style>@import "javascript:alert(1)"; p { background: url(javascript:alert(1)) }</style>',
  '<p style="background:url(javascript:alert(1))">x</p>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  '<template><script>alert(1)</script></template>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<<script>script>alert(1)<</script>/script>',
  '<isindex type=image src=1 onerror=alert(1)>',
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  '<base href="javascript:alert(1)//"><a href="#x">x</a>',
  '<ins cite="javascript:alert(1)" data-author="<script>alert(1)</script>">x</ins>',
  '<mark data-notes="1" onmouseover=alert(1)>x</mark>',
  '<!--><script>alert(1)</script>-->',
  '<title><script>alert(1)</script></title>',
  '<video><source onerror="alert(1)"></video><audio src onerror=alert(1)>',
  '<marquee onstart=alert(1)>x</marquee><details open ontoggle=alert(1)>x</details>',
];

it('[IP6] no script, handler or address that runs survives, wherever it stands and however it is written', () => {
  for (const own of [false, true])
    for (const attack of attacks) {
      const head = own ? '<head><meta name="generator" content="Galley"></head>' : '';
      const { review } = read(`<html>${head}<body><h1>H</h1><p>Before</p>${attack}<p>After</p>`);
      review.doc.check();
      review.doc.descendants((node) => {
        for (const mark of node.marks)
          if (mark.type.name === 'link')
            expect(String(mark.attrs['href'])).toMatch(/^(?:#|https?:|mailto:)/);
        expect(JSON.stringify(node.attrs)).not.toMatch(/javascript|alert|onerror/i);
      });
      const page = writeHtml(review, { view: 'marked', notice: null }).content;
      expect(dangers(page), attack).toEqual([]);
    }
});

it('[IP6] the judge of pages notices a script, a handler and an address that runs', () => {
  expect(dangers('<p onclick="x">a<script>b</script><a href="javascript:x">c</a>')).toEqual([
    'onclick',
    'script',
    'javascript:x',
  ]);
});

/** Everything in a page that could run. */
function dangers(html: string): string[] {
  return readPage(html).elements.flatMap((element) => [
    ...element.attrs.filter((one) => one.name.startsWith('on')).map((one) => one.name),
    ...(['script', 'iframe', 'object', 'embed', 'form', 'svg', 'img'].includes(element.tagName)
      ? [element.tagName]
      : []),
    ...[attribute(element, 'href') ?? ''].filter((href) =>
      /^\s*(?:javascript|data|vbscript):/i.test(href),
    ),
  ]);
}

it('[IP7] scripts, styles, frames and forms are left out with a warning that says what and where', () => {
  const { warnings, flags } = read(
    '<h1>H</h1>\n<p>a</p>\n<script src="x.js"></script>\n<iframe src="https://v.org/1"></iframe>\n<style>p{}</style>\n<form>Subscribe <input></form>',
  );
  const said = warnings.map((one) => one.message).join('\n');
  for (const words of [
    '<script> (“x.js”) in line 3',
    '<iframe> (“https://v.org/1”) in line 4',
    '<style> in line 5',
    '<form> “Subscribe” in line 6',
  ])
    expect(said).toContain(words);
  expect(flags).toContainEqual(
    expect.objectContaining({ kind: 'form', text: 'Subscribe', taken: true }),
  );
});

it('[IP9] any HTML becomes an article that fits the schema, however broken or deep', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...'<p> </p> <li> <ul> </ul> <ol start=-1> <h1> <h2> </h2> <blockquote> <ins> </ins> <del> <table> <tr> <td> </table> <a href=#x> </a> <sup> <br> <mark data-notes="1 x"> <aside role=note data-id=1 class=comment id=note-1> </aside> <pre> <article> <main> <figure> <img alt=x> <section class=footnotes> <li id=x>'.split(
        / (?=<)/,
      ),
      ...attacks,
    ),
    fc.string({ maxLength: 6 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.boolean(), (pieces, own) => {
      const head = own ? '<meta name="generator" content="Galley">' : '';
      read(head + pieces.join('')).review.doc.check();
    }),
    { numRuns: 400 },
  );
  for (const deep of ['<div>', '<b>', '<ul><li>', '<blockquote>', '<ins>', '<a href=#x><p>'])
    read(`${deep.repeat(100_000)}word`).review.doc.check();
  const many = Array.from({ length: 300 }, (_, i) => `<b id=${i}>`).join('');
  read(`${many}${'<p>x'.repeat(20_000)}`).review.doc.check();
});
