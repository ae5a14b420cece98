// Rows, tables and figures in a file that comes back: decided there, struck or put in there.
import type { Node } from 'prosemirror-model';
import { describe, expect, it } from 'vitest';
import { readReturned } from '#core/formats/docx/read-docx.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import { textChanges } from '#core/formats/return/text-changes.ts';
import { decide } from '#core/suggest/decide.ts';
import { accepted, original } from '#core/suggest/project.ts';
import type { Review } from '#core/sync/review.ts';
import { decidedFile } from '#tests/formats/docx/decide-file.ts';
import { brought, plan, reviewOf } from '#tests/formats/return/there-and-back.ts';
import { testContext } from '#tests/formats/round-trip.ts';
import { caseOf, cases, page } from '#tests/formats/wholes.ts';
import { run } from '#tests/suggest/laws.ts';

const names = Object.keys(cases);
const written = (review: Review): Uint8Array =>
  writeDocx(review, { view: 'marked', notice: null }).content;

function read(bytes: Uint8Array): Node {
  const found = readReturned(bytes, testContext());
  if (!found.ok) throw new Error(found.detail);
  return found.imported.review.doc;
}

const plain = (doc: Node): string[] =>
  doc.content.content.map((block) => `${block.type.name}: ${block.textContent}`);

describe('what was decided in the file', () => {
  for (const name of names)
    for (const verdict of ['accept', 'reject'] as const)
      it(`[WB17] ${name}; ${verdict}ed there`, () => {
        const review = caseOf(name);
        const bytes = written(review);
        const { groups, fates } = textChanges(
          review.doc,
          read(bytes),
          read(decidedFile(bytes, verdict)),
        );
        expect(groups.map(({ deleted, inserted }) => [deleted, inserted])).toEqual([]);
        let { doc } = review;
        for (const [id, { pending, accepted: taken, rejected }] of fates) {
          expect([pending, Math.min(taken, rejected)]).toEqual([0, 0]);
          doc = run(doc, decide(doc, [id], taken > 0 ? 'accept' : 'reject').steps);
        }
        const wanted = verdict === 'accept' ? accepted(review.doc) : original(review.doc);
        expect(plain(doc)).toEqual(plain(wanted));
        expect(plain(original(doc))).toEqual(plain(wanted));
      });

  it.each(names)('[WB1] %s; it came back as it went out', (name) => {
    const review = caseOf(name);
    const bytes = written(review);
    const { groups, fates } = textChanges(review.doc, read(bytes), read(bytes));
    expect(groups).toEqual([]);
    expect(fates.size).toBeGreaterThan(0);
    for (const fate of fates.values()) expect(fate).toMatchObject({ accepted: 0, rejected: 0 });
  });

  it('[WB17] a row of which only the words were decided is no decision of the row', () => {
    const review = caseOf('a row goes');
    const bytes = written(review);
    const whole = read(bytes);
    const half = whole.type.create(
      null,
      whole.content.content.map((node) =>
        node.textContent === '2019'
          ? node.type.create({ ...node.attrs, sugg: [] }, node.content)
          : node,
      ),
    );
    const [fate] = textChanges(review.doc, whole, half).fates.values();
    expect(fate).toMatchObject({ accepted: 0 });
    expect(fate?.pending).toBeGreaterThan(0);
    expect(fate?.rejected).toBeGreaterThan(0);
  });
});

describe('what was suggested in the file', () => {
  // What two people did to one new thing does not come back whole: it is told, or stays as the first of them left it.
  const nested = /^(?:a row that came goes again|rows of two people|a word (?:comes|goes))/;

  it.each(names.filter((name) => !nested.test(name)))('[WB18] %s, in the file', (name) => {
    const base = page();
    const review = caseOf(name);
    const made = plan(base, review.doc, reviewOf(base), []);
    expect(made.text.length).toBeGreaterThan(0);
    const { doc, failed } = brought(made, base, []);
    expect(failed).toEqual([]);
    expect(plain(original(doc))).toEqual(plain(base));
    expect(plain(accepted(doc))).toEqual(plain(accepted(review.doc)));
  });

  it.each(names.filter((name) => nested.test(name)))(
    '[WB18] %s, the last of it in the file',
    (name) => {
      const { doc: base, ...rest } = caseOf(name, 1);
      const { doc: back } = caseOf(name);
      const made = plan(base, back, { ...rest, doc: base }, []);
      const { doc, failed } = brought(made, base, []);
      expect(failed).toEqual([]);
      expect(plain(original(doc))).toEqual(plain(page()));
      expect(plain(accepted(doc))).toEqual(plain(accepted(back)));
    },
  );
});
