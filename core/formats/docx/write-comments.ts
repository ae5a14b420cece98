/** Comments: five parts that Word keeps a thread in. The link between a reply and its thread goes by the id of the last
 *  paragraph of each comment; a reply always points at the first comment. */
import { allowedHref } from '#core/article/href.ts';
import { cleanLines } from '#core/formats/clean-text.ts';
import { declared, namespaces } from '#core/formats/docx/namespaces.ts';
import type { Message, Thread } from '#core/formats/docx/threads.ts';
import { wordTime, type Writing } from '#core/formats/docx/writing.ts';
import { element, escapeXml } from '#core/formats/docx/xml.ts';

const part = 'word/comments.xml';
const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/** The ids of a thread's comments, in order, the paragraph that names each, and the one that names the thread. */
export interface WrittenThread {
  thread: Thread;
  ids: number[];
  paraIds: string[];
  paraId: string;
}

/** An id as Word writes it: eight hexadecimal digits, from 1 and under 0x80000000. */
const hex = (value: number): string => value.toString(16).toUpperCase().padStart(8, '0');

/** Numbers the comments of the threads, and adds the parts that hold them. */
export function writeComments(writing: Writing, threads: readonly Thread[]): WrittenThread[] {
  if (threads.length === 0) return [];
  const written: WrittenThread[] = [];
  const comments: string[] = [];
  const extended: string[] = [];
  const ids: string[] = [];
  const extensible: string[] = [];
  const authors = new Set<string>();
  let next = 0;
  let paragraphs = 0;
  for (const thread of threads) {
    const own: number[] = [];
    const named: string[] = [];
    let root = '';
    for (const message of thread.messages) {
      const lines = paragraphsOf(message.text);
      paragraphs += lines.length;
      const last = paragraphs;
      const paraId = hex(0x10000000 + last);
      const durable = hex(0x20000000 + next);
      if (root === '') root = paraId;
      authors.add(message.author);
      comments.push(commentXml(writing, next, message, lines, last));
      extended.push(
        element('w15:commentEx', {
          'w15:paraId': paraId,
          'w15:paraIdParent': root === paraId ? undefined : root,
          'w15:done': thread.resolved ? 1 : 0,
        }),
      );
      ids.push(
        element('w16cid:commentId', { 'w16cid:paraId': paraId, 'w16cid:durableId': durable }),
      );
      const time = wordTime(message.at);
      if (time !== undefined)
        extensible.push(
          element('w16cex:commentExtensible', {
            'w16cex:durableId': durable,
            'w16cex:dateUtc': time,
          }),
        );
      own.push(next);
      named.push(paraId);
      next += 1;
    }
    written.push({ thread, ids: own, paraIds: named, paraId: root });
  }
  const add = (name: 'commentsExtended' | 'commentsIds' | 'commentsExtensible', xml: string) => {
    writing.parts.add(`word/${name}.xml`, xml, `${main}.${name}+xml`);
    writing.parts.relate('word/document.xml', name, `${name}.xml`);
  };
  writing.parts.add(
    part,
    element('w:comments', declared(['w', 'r', 'w14']), comments.join('')),
    `${main}.comments+xml`,
  );
  writing.parts.relate('word/document.xml', 'comments', 'comments.xml');
  add(
    'commentsExtended',
    element('w15:commentsEx', { 'xmlns:w15': namespaces.w15 }, extended.join('')),
  );
  add(
    'commentsIds',
    element('w16cid:commentsIds', { 'xmlns:w16cid': namespaces.w16cid }, ids.join('')),
  );
  add(
    'commentsExtensible',
    element(
      'w16cex:commentsExtensible',
      { 'xmlns:w16cex': namespaces.w16cex },
      extensible.join(''),
    ),
  );
  return written;
}

/** word/people.xml: everybody whose name stands in the file. */
export function writePeople(writing: Writing, names: Iterable<string>): void {
  const people = [...new Set(names)]
    .filter((name) => name !== '')
    .toSorted()
    .map((name) =>
      element(
        'w15:person',
        { 'w15:author': name },
        element('w15:presenceInfo', { 'w15:providerId': 'None', 'w15:userId': name }),
      ),
    );
  if (people.length === 0) return;
  writing.parts.add(
    'word/people.xml',
    element('w15:people', { 'xmlns:w15': namespaces.w15 }, people.join('')),
    `${main}.people+xml`,
  );
  writing.parts.relate('word/document.xml', 'people', 'people.xml');
}

const initials = (name: string): string =>
  name
    .split(/\s+/u)
    .map((word) => [...word][0] ?? '')
    .slice(0, 4)
    .join('');

function commentXml(
  writing: Writing,
  id: number,
  { author, at }: Message,
  lines: readonly string[],
  last: number,
): string {
  const content = lines.map((line, i) => {
    const mark =
      i === 0
        ? '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'
        : '';
    return element(
      'w:p',
      { 'w14:paraId': hex(0x10000000 + last - lines.length + 1 + i) },
      `<w:pPr><w:pStyle w:val="CommentText"/></w:pPr>${mark}${lineXml(writing, line)}`,
    );
  });
  return element(
    'w:comment',
    {
      'w:id': id,
      'w:author': author,
      'w:date': wordTime(at),
      'w:initials': initials(author),
    },
    content.join(''),
  );
}

/** The paragraphs of a comment, each clean. U+2028, which the reader gives for a line break within one, stays there as `\n`. */
function paragraphsOf(text: string): string[] {
  const [first = [''], ...rest] = text.split('\u2028').map(cleanLines);
  const paragraphs = [...first];
  for (const lines of rest) {
    paragraphs[paragraphs.length - 1] += `\n${lines[0] ?? ''}`;
    paragraphs.push(...lines.slice(1));
  }
  return paragraphs;
}

const words = (text: string, rPr = ''): string =>
  text === ''
    ? ''
    : `<w:r>${rPr}${text
        .split(/([\t\n])/)
        .map((one) => {
          if (one === '\t') return '<w:tab/>';
          if (one === '\n') return '<w:br/>';
          return one === '' ? '' : `<w:t xml:space="preserve">${escapeXml(one)}</w:t>`;
        })
        .join('')}</w:r>`;

/** A line of a comment; an address in angle brackets, as sources have it, becomes a link. */
function lineXml(writing: Writing, line: string): string {
  let out = '';
  let at = 0;
  for (const found of line.matchAll(/<(https?:\/\/[^\s<>]+)>/g)) {
    const href = found[1] ?? '';
    if (!allowedHref(href)) continue;
    const id = writing.parts.relate(part, 'hyperlink', href, true);
    out += words(`${line.slice(at, found.index)}<`);
    out += element(
      'w:hyperlink',
      { 'r:id': id },
      words(href, '<w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr>'),
    );
    at = found.index + found[0].length - 1;
  }
  return out + words(line.slice(at));
}
