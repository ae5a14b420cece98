/** The read-back sheet: the facts of an article alone, numbered, each with a box to tick and a line to write on. It is
 *  printed and gone through on the telephone. The words of a quotation are not read out to whoever said them, so the
 *  sheet names the quotation and asks for it. */
import { factLines, type FactLine } from '#core/facts/fact-list.ts';
import { stateWords } from '#core/facts/fact-words.ts';
import { filesById, type KnownFacts } from '#core/facts/seen-facts.ts';
import { cleanLine } from '#core/formats/clean-text.ts';
import type { CopyFormat } from '#core/formats/copy-formats.ts';
import { html } from '#core/formats/html/escape.ts';
import { languageTag, isRightToLeft } from '#core/formats/language-tag.ts';
import type { CopyOptions, NoteCounts } from '#core/formats/reading-copy.ts';
import { warning, type Warning } from '#core/formats/warning.ts';
import { headlineOf, type Review } from '#core/sync/review.ts';

/** A written sheet. The facts that are closed are not on it. */
export interface ReadBack {
  content: string;
  warnings: Warning[];
  counts: { in: NoteCounts; out: NoteCounts };
}

interface Item {
  number: number;
  words: string;
  about: string;
  asks: string;
}

const isSaid = ({ claim }: FactLine): boolean => claim?.type === 'quote';

function itemOf(line: FactLine, number: number): Item {
  const place = /^\d+$/.test(line.place) ? `Paragraph ${line.place}` : line.place;
  return {
    number,
    words: isSaid(line) ? 'A quotation. Ask what was said; do not read it out.' : line.words,
    about: [place || 'Not in the text', line.claim?.type ?? '', stateWords(line.state)]
      .filter((part) => part !== '')
      .join(' · '),
    asks: line.claim?.check ?? '',
  };
}

/** Writes the sheet as a page to print, or as text. */
export function writeReadBack(
  review: Review,
  { notice, facts, format }: CopyOptions & { format: CopyFormat },
): ReadBack {
  const known: KnownFacts = facts ?? { claims: [], sources: [] };
  const lines = factLines(review, filesById(known));
  const asked = lines.filter(({ state }) => state.word !== 'Closed');
  const items = asked.map((line, i) => itemOf(line, i + 1));
  const title = headlineOf(review.doc) || 'Untitled';
  const sheet = { title, notice, rev: review.rev, items };
  const count = (fact: number): NoteCounts => ({ comment: 0, fact, suggestion: 0 });
  return {
    content: format === 'html' ? pageOf(sheet, review.article.language) : textOf(sheet),
    warnings: lines
      .filter((line) => !asked.includes(line))
      .map(({ id, words }) =>
        warning('left-out', `The fact “${words}” is an opinion and is not asked for.`, id),
      ),
    counts: { in: count(lines.length), out: count(asked.length) },
  };
}

interface Sheet {
  title: string;
  notice: string | null;
  rev: number;
  items: Item[];
}

const rule = '_'.repeat(60);

function textOf({ title, notice, rev, items }: Sheet): string {
  const head = [notice, `READ-BACK SHEET · version ${rev}`, title].filter((one) => one !== null);
  const parts = items.map(({ number, words, about, asks }) =>
    [
      `${number}. ${cleanLine(words)}`,
      `   ${cleanLine(about)}`,
      ...(asks === '' ? [] : [`   To check: ${cleanLine(asks)}`]),
      '   [ ] Right   [ ] Not right',
      `   ${rule}`,
    ].join('\n'),
  );
  const body = parts.length > 0 ? parts : ['No facts are marked.'];
  return `${[...head.map(cleanLine), ...body, `With: ${rule}`, `Date and hour: ${rule}`].join('\n\n')}\n`;
}

const style = `
body { margin: 2rem auto; max-width: 44rem; padding: 0 1rem; font: .9375rem/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff; }
h1 { font: 600 1.5rem/1.2 Georgia, 'Times New Roman', serif; margin: .25rem 0 1.5rem; }
.notice { color: #9a1b1b; font-weight: 700; }
.head, .about { color: #4a4a4a; }
ol { list-style: none; margin: 0; padding: 0; }
li { display: grid; grid-template-columns: 2rem 1fr auto; gap: .25rem .75rem; padding: .9rem 0; border-top: 1px solid #b5b5b5; break-inside: avoid; }
.number { color: #4a4a4a; text-align: end; }
.words { font: 1.0625rem/1.45 Georgia, 'Times New Roman', serif; }
.about, .asks, .line { grid-column: 2 / -1; margin: 0; }
.line { height: 1.6rem; border-bottom: 1px solid #8a8a8a; }
.box { display: inline-block; width: .9rem; height: .9rem; border: 1.5px solid #1b1b1b; vertical-align: -.1rem; margin-inline: .9rem .3rem; }
.who { display: grid; grid-template-columns: auto 1fr auto 1fr; gap: .75rem; margin-top: 2rem; }
.who span { border-bottom: 1px solid #8a8a8a; min-height: 1.6rem; }
@media print { body { margin: 0; max-width: none; font-size: 10.5pt; } }
`;
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

function pageOf({ title, notice, rev, items }: Sheet, language: string): string {
  const tag = languageTag(language);
  const dir = isRightToLeft(tag) ? ' dir="rtl"' : '';
  const shown = notice === null ? '' : `<p class="notice">${html(notice)}</p>\n`;
  const rows = items.map(
    ({ number, words, about, asks }) => `<li>
<span class="number">${number}</span><span class="words">${html(words)}</span>
<span><span class="box"></span>Right<span class="box"></span>Not right</span>
<p class="about">${html(about)}</p>
${asks === '' ? '' : `<p class="asks">To check: ${html(asks)}</p>\n`}<p class="line"></p>
</li>
`,
  );
  return `<!doctype html>
<html lang="${html(tag)}"${dir}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Galley">
<title>${html(title)}: read-back sheet</title>
<style>${style}</style>
</head>
<body>
${shown}<p class="head">Read-back sheet · version ${rev}</p>
<h1>${html(title)}</h1>
${rows.length > 0 ? `<ol>\n${rows.join('')}</ol>` : '<p>No facts are marked.</p>'}
<p class="who">With <span></span> Date and hour <span></span></p>
</body>
</html>
`;
}
