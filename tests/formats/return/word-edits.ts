/** Edits a Word file as Word does: by its XML. Each takes the parts of a file and changes them. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** The parts of a file, as texts. */
export type Parts = Map<string, string>;

/** A file after some edits. */
export function edited(bytes: Uint8Array, ...edits: ((parts: Parts) => void)[]): Uint8Array {
  const parts: Parts = new Map(
    Object.entries(unzipSync(bytes)).map(([name, data]) => [name, strFromU8(data, true)]),
  );
  for (const edit of edits) edit(parts);
  const out: Record<string, Uint8Array> = {};
  for (const [name, text] of parts) out[name] = strToU8(text, true);
  return zipSync(out);
}

/** So many things were made with ids of their own. */
let made = 0;

const main = 'word/document.xml';
const partOf = (parts: Parts, name: string): string => {
  const text = parts.get(name);
  if (text === undefined) throw new Error(`There is no ${name}.`);
  return text;
};
const utf8 = (text: string): string => strFromU8(strToU8(text), true);

/** Replaces the one place where `from` stands in a part; it must be there. */
export const swap =
  (from: string, to: string, name = main) =>
  (parts: Parts): void => {
    const text = partOf(parts, name);
    const at = text.indexOf(utf8(from));
    if (at < 0) throw new Error(`“${from}” is not in ${name}.`);
    parts.set(name, text.slice(0, at) + utf8(to) + text.slice(at + utf8(from).length));
  };

const run = (text: string, tag = 'w:t'): string =>
  text === '' ? '' : `<w:r><${tag} xml:space="preserve">${text}</${tag}></w:r>`;

const who = (author: string): string =>
  `w:id="${900 + author.length}" w:author="${author}" w:date="2026-11-21T10:00:00Z"`;

/** Cuts the run that holds `words` of plain text and puts `middle` in the place of the words. */
function within(words: string, middle: string) {
  return (parts: Parts): void => {
    const text = partOf(parts, main);
    const at = text.indexOf(utf8(words));
    const open = text.lastIndexOf('<w:r>', at);
    const end = text.indexOf('</w:r>', at) + '</w:r>'.length;
    const whole = text.slice(open, end);
    const match =
      /^<w:r>(<w:rPr>.*?<\/w:rPr>)?<w:t xml:space="preserve">([^<]*)<\/w:t><\/w:r>$/.exec(whole);
    if (at < 0 || !match) throw new Error(`“${words}” is not plain text of one run.`);
    const [, rPr = '', content = ''] = match;
    const [before = '', ...rest] = content.split(utf8(words));
    const piece = (part: string): string =>
      part === '' ? '' : `<w:r>${rPr}<w:t xml:space="preserve">${part}</w:t></w:r>`;
    const made = piece(before) + utf8(middle) + piece(rest.join(utf8(words)));
    parts.set(main, text.slice(0, open) + made + text.slice(end));
  };
}

/** Somebody replaces words with tracking on. */
export const trackedReplace = (words: string, by: string, to: string) =>
  within(
    words,
    `<w:del ${who(author(by))}>${run(words, 'w:delText')}</w:del>` +
      (to === '' ? '' : `<w:ins ${who(author(by))}>${run(to)}</w:ins>`),
  );
const author = (by: string): string => by;

/** Somebody puts words in behind others, with tracking on. */
export const trackedInsert = (after: string, by: string, words: string) =>
  within(after, `${run(after)}<w:ins ${who(by)}>${run(words)}</w:ins>`);

/** Somebody puts a footnote in behind words, with tracking on; without a name, with tracking off. */
export const footnote =
  (after: string, words: string, by = '') =>
  (parts: Parts): void => {
    made += 1;
    const id = 700 + made;
    const tracked = (xml: string): string => (by === '' ? xml : `<w:ins ${who(by)}>${xml}</w:ins>`);
    within(
      after,
      `${run(after)}${tracked(`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="${id}"/></w:r>`)}`,
    )(parts);
    const name = 'word/footnotes.xml';
    const mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>';
    const note = `<w:footnote w:id="${id}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>${tracked(mark)}${tracked(run(` ${words}`))}</w:p></w:footnote>`;
    parts.set(name, partOf(parts, name).replace('</w:footnotes>', `${utf8(note)}</w:footnotes>`));
  };

/** Somebody puts a picture into a paragraph of its own behind the one with these words, with tracking on or, without a
 *  name, off. */
export const picture =
  (behind: string, bytes: Uint8Array, alt: string, by = '') =>
  (parts: Parts): void => {
    made += 1;
    const file = `media/added-${made}.png`;
    parts.set(`word/${file}`, strFromU8(bytes, true));
    const relations = 'word/_rels/document.xml.rels';
    parts.set(
      relations,
      partOf(parts, relations).replace(
        '</Relationships>',
        `<Relationship Id="added${made}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="${file}"/></Relationships>`,
      ),
    );
    const types = '[Content_Types].xml';
    if (!partOf(parts, types).includes('Extension="png"'))
      parts.set(
        types,
        partOf(parts, types).replace(
          /<Types[^>]*>/,
          '$&<Default Extension="png" ContentType="image/png"/>',
        ),
      );
    const drawing = `<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="9525" cy="9525"/><wp:docPr id="${800 + made}" name="Picture ${made}" descr="${alt}"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="0" name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="added${made}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;
    const inside = by === '' ? drawing : `<w:ins ${who(by)}>${drawing}</w:ins>`;
    const mark = by === '' ? '' : `<w:pPr><w:rPr><w:ins ${who(by)}/></w:rPr></w:pPr>`;
    const text = partOf(parts, main);
    const at = text.indexOf(utf8(behind));
    const end = text.indexOf('</w:p>', at) + '</w:p>'.length;
    if (at < 0) throw new Error(`“${behind}” is not there.`);
    parts.set(main, `${text.slice(0, end)}<w:p>${mark}${inside}</w:p>${text.slice(end)}`);
  };

/** Words are replaced with tracking off. */
export const plainReplace = (words: string, to: string) => within(words, run(to));

/** Somebody makes words bold, with tracking on. */
export const trackedBold = (words: string, by: string) =>
  within(
    words,
    `<w:r><w:rPr><w:b/><w:rPrChange ${who(by)}><w:rPr/></w:rPrChange></w:rPr><w:t xml:space="preserve">${words}</w:t></w:r>`,
  );

/** Accepts or rejects the change around `words`, as Word does: one tag goes with its content, the other by itself. */
export const decided =
  (words: string, tag: 'w:ins' | 'w:del', verdict: 'accept' | 'reject') =>
  (parts: Parts): void => {
    const text = partOf(parts, main);
    const found = [...text.matchAll(new RegExp(`<${tag} [^>]*>(.*?)</${tag}>`, 'gs'))].find(
      ([whole]) => whole.replace(/<[^>]*>/g, '').includes(utf8(words)),
    );
    if (!found) throw new Error(`There is no ${tag} around “${words}”.`);
    const stays = (tag === 'w:ins') === (verdict === 'accept');
    const content = (found[1] ?? '').replaceAll('w:delText', 'w:t');
    parts.set(
      main,
      text.slice(0, found.index) +
        (stays ? content : '') +
        text.slice(found.index + found[0].length),
    );
  };

/** Adds a comment on words, or an answer to the comment of `parent` (the id of its paragraph). */
export function comment({
  on,
  author: by,
  text,
  parent,
}: {
  on?: string;
  author: string;
  text: string;
  parent?: string;
}) {
  return (parts: Parts): void => {
    made += 1;
    const id = 500 + made;
    const para = (0x30000000 + made).toString(16).toUpperCase();
    const add = (name: string, root: string, xml: string): void => {
      const old = partOf(parts, name);
      parts.set(name, old.replace(`</${root}>`, `${utf8(xml)}</${root}>`));
    };
    add(
      'word/comments.xml',
      'w:comments',
      `<w:comment w:id="${id}" w:author="${by}" w:date="2026-11-21T11:00:00Z" w:initials="X"><w:p w14:paraId="${para}"><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p></w:comment>`,
    );
    add(
      'word/commentsExtended.xml',
      'w15:commentsEx',
      `<w15:commentEx w15:paraId="${para}"${parent === undefined ? '' : ` w15:paraIdParent="${parent}"`} w15:done="0"/>`,
    );
    const reference = `<w:commentRangeEnd w:id="${id}"/><w:r><w:commentReference w:id="${id}"/></w:r>`;
    if (on !== undefined)
      within(on, `<w:commentRangeStart w:id="${id}"/>${run(on)}${reference}`)(parts);
    else {
      const root = commentId(parts, parent ?? '');
      const start = `<w:commentRangeStart w:id="${root}"/>`;
      swap(start, `${start}<w:commentRangeStart w:id="${id}"/>`)(parts);
      const end = `<w:commentReference w:id="${root}"/></w:r>`;
      swap(end, `${end}${reference}`)(parts);
    }
  };
}

function commentId(parts: Parts, paragraph: string): string {
  const text = partOf(parts, 'word/comments.xml');
  const at = text.indexOf(`w14:paraId="${paragraph}"`);
  return /w:id="(\d+)"/.exec(text.slice(text.lastIndexOf('<w:comment ', at)))?.[1] ?? '';
}

/** The paragraph that names the comment with these words. */
export function paragraphOf(bytes: Uint8Array, words: string): string {
  const text = strFromU8(unzipSync(bytes)['word/comments.xml'] ?? new Uint8Array());
  const from = text.lastIndexOf('<w:comment ', text.indexOf(words));
  const whole = text.slice(from, text.indexOf('</w:comment>', from));
  return [...whole.matchAll(/w14:paraId="([0-9A-F]+)"/g)].at(-1)?.[1] ?? '';
}

/** Marks the thread of a paragraph as done, or as open again. */
export const done =
  (paragraph: string, is = true) =>
  (parts: Parts): void => {
    const name = 'word/commentsExtended.xml';
    const text = partOf(parts, name);
    parts.set(
      name,
      text.replace(new RegExp(`(w15:paraId="${paragraph}"[^>]*w15:done=")[01]`), `$1${is ? 1 : 0}`),
    );
  };

/** Takes the places of all comments out, so that a program that cannot show comments opens the file. */
export const withoutComments = (parts: Parts): void => {
  const text = partOf(parts, main)
    .replace(/<w:commentRange(?:Start|End) [^>]*\/>/g, '')
    .replace(
      /<w:r>(?:<w:rPr>(?:(?!<\/w:rPr>).)*<\/w:rPr>)?<w:commentReference [^>]*\/><\/w:r>/g,
      '',
    );
  parts.set(main, text);
  parts.set(
    'word/comments.xml',
    partOf(parts, 'word/comments.xml').replace(/<w:comment .*<\/w:comment>/s, ''),
  );
};

/** Takes a comment out, with its place. */
export const uncommented =
  (paragraph: string) =>
  (parts: Parts): void => {
    const id = commentId(parts, paragraph);
    const drop = (name: string, pattern: RegExp): void =>
      void parts.set(name, partOf(parts, name).replace(pattern, ''));
    drop('word/comments.xml', new RegExp(`<w:comment w:id="${id}" .*?</w:comment>`, 's'));
    drop(
      'word/commentsExtended.xml',
      new RegExp(`<w15:commentEx w15:paraId="${paragraph}"[^>]*/>`),
    );
    drop(main, new RegExp(`<w:commentRangeStart w:id="${id}"/>`));
    drop(main, new RegExp(`<w:commentRangeEnd w:id="${id}"/>`));
    drop(
      main,
      new RegExp(
        `<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:commentReference w:id="${id}"/></w:r>`,
      ),
    );
  };
