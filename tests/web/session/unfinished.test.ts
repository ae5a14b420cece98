/** What is half written, as it is listed. That it outlives the page is tried in tests/e2e/half-written.spec.ts. */
import { expect, it } from 'vitest';
import { start } from '#tests/sync/simulation.ts';
import { KeptDrafts } from '#web/session/kept-drafts.ts';
import { formKey, unfinishedIn } from '#web/session/unfinished.ts';

const json = (form: Record<string, string>): string => JSON.stringify(form);

it('[OL13] everything with words of one’s own is listed with all of them, and choices alone are not', () => {
  const kept: [string, string][] = [
    ['open comment', '{"about":"safe heaven"}'],
    ['c1', 'Half a reply'],
    ['c2', '  '],
    [formKey('comment', 'safe heaven'), json({ text: 'Is it?', reason: '', audience: 'desk' })],
    [formKey('suggestion', 'safe heaven'), json({ text: 'safe heaven', reason: 'House style' })],
    [formKey('suggestion', 'a b'), json({ text: 'a b', reason: ' ' })],
    [formKey('cite', 'o1'), json({ kind: 'book', title: 'Annals', quote: 'Two\nlines' })],
    [formKey('verdict', 'o1'), json({ verdict: 'wrong', rationale: '' })],
    [formKey('verdict', 'o2'), json({ verdict: 'wrong', rationale: 'Page 4 says' })],
    [formKey('edit', 'c1 r1'), json({ text: 'Better' })],
    [formKey('hand-over'), json({ stage: 'legal', note: 'Please look at' })],
  ];
  expect(unfinishedIn(kept).map(({ what, place, text }) => [what, place, text])).toEqual([
    ['reply', 'c1', 'Half a reply'],
    ['comment', 'safe heaven', 'Is it?'],
    ['suggestion', 'safe heaven', 'House style'],
    ['cite', 'o1', 'Annals\nTwo\nlines'],
    ['verdict', 'o2', 'Page 4 says'],
    ['edit', 'c1 r1', 'Better'],
    ['hand-over', '', 'Please look at'],
  ]);
});

it('[OL13] without storage a form lives in the page, and a suggestion of which only the reason was written opens again', async () => {
  const drafts = await KeptDrafts.open('ines', 'a1');
  const doc = start('It gives safe heaven to them.');
  const at = doc.textContent.indexOf('heaven');
  expect(at).toBeGreaterThan(0);
  let from = 0;
  doc.descendants((node, pos) => {
    if (node.isText && node.text?.includes('heaven')) from = pos + node.text.indexOf('heaven');
  });
  const range = { from, to: from + 'heaven'.length };
  drafts.keepOpen({ kind: 'suggestion', range, quote: 'heaven' }, doc);
  expect(drafts.leftOpen(doc)).toBeNull();
  drafts.setForm(formKey('suggestion', 'heaven'), { text: 'heaven', reason: 'A slip' });
  expect(drafts.leftOpen(doc)).toEqual({ kind: 'suggestion', quote: 'heaven', range });
  expect(drafts.leftOpen(start('Other words.'))).toEqual({ kind: 'suggestion', words: 'A slip' });
  expect(drafts.form(formKey('suggestion', 'heaven'))).toEqual({
    text: 'heaven',
    reason: 'A slip',
  });
  drafts.delete(formKey('suggestion', 'heaven'));
  expect(drafts.unfinished).toEqual([]);
});
