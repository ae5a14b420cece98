/** Verdicts: the four words, what a claim accepts, and when a verdict asks to be looked at again. */
import { describe, expect, it } from 'vitest';
import { Transform } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import { changeClaim, lastCheck, type Check, type ClaimFile } from '#core/facts/claim-file.ts';
import { factsInWords, factState } from '#core/facts/fact-state.ts';
import { checkedWords, sentenceBounds } from '#core/facts/sentence.ts';
import { screenWord, verdicts } from '#core/facts/verdict.ts';
import { mapAnchors, type Anchor } from '#core/annotate/anchor.ts';
import { start } from '#tests/sync/simulation.ts';

const at = '2026-01-01T00:00:00.000Z';
const file: ClaimFile = {
  claim: { id: 'k', type: 'money', text: 'x', check: '', by: 'sana', at, version: 1 },
  checks: [],
  citations: [
    { id: 'q', sourceId: 's', locator: 'p. 2', stance: 'supports', quote: '', by: 'sana', at },
  ],
};
const check: Check = {
  id: 'c1',
  articleId: 'a',
  occurrenceId: 'o',
  by: 'sana',
  at,
  verdict: 'confirmed',
  certainty: 'primary',
  rationale: '',
  citationIds: ['q'],
  rev: 1,
  words: '',
  sentence: '',
};

describe('verdicts', () => {
  it('[FA1] nine codes stand behind four words, and no verdict is Open', () => {
    expect(verdicts.map(screenWord)).toEqual([
      'Confirmed',
      'Confirmed',
      'Queried',
      'Wrong',
      'Wrong',
      'Queried',
      'Queried',
      'Queried',
      'Closed',
    ]);
    expect(screenWord(null)).toBe('Open');
  });

  it('[FA2] a confirmation needs a citation that supports it, and never comes from the writer', () => {
    const refused = (over: Partial<Check>, writer?: string, from = file): unknown =>
      changeClaim(from, { do: 'check', check: { ...check, ...over } }, writer);
    expect(refused({ citationIds: [] })).toEqual({ refused: 'NEEDS_CITATION' });
    const [citation] = file.citations;
    if (!citation) throw new Error('none');
    const against: ClaimFile = { ...file, citations: [{ ...citation, stance: 'contradicts' }] };
    expect(refused({}, undefined, against)).toEqual({ refused: 'NEEDS_CITATION' });
    expect(refused({ citationIds: ['zz'] })).toEqual({ refused: 'CITATION_UNKNOWN' });
    expect(refused({}, 'sana')).toEqual({ refused: 'CHECKER_IS_WRITER' });
    expect(refused({ verdict: 'wrong', citationIds: [] })).toMatchObject({ claim: { version: 2 } });
  });

  it('[FA3] rounds are kept; a cited citation cannot be taken away; another occurrence has no verdict', () => {
    const once = changeClaim(file, { do: 'check', check }, 'maria');
    if ('refused' in once) throw new Error(once.refused);
    const twice = changeClaim(
      once,
      { do: 'check', check: { ...check, id: 'c2', verdict: 'wrong' } },
      'maria',
    );
    if ('refused' in twice) throw new Error(twice.refused);
    expect(twice.checks.map((one) => one.verdict)).toEqual(['confirmed', 'wrong']);
    expect(lastCheck(twice, 'o')?.id).toBe('c2');
    expect(lastCheck(twice, 'elsewhere')).toBeNull();
    expect(changeClaim(twice, { do: 'uncite', citationId: 'q' }, undefined)).toEqual({
      refused: 'CITATION_IN_USE',
    });
  });
});

describe('sentences', () => {
  it('[FA4] end at full stops before a capital, not after initials, abbreviations or inside figures', () => {
    const text =
      'In Jan. 2018 Lt. General A. Bajwa of the U.S. Army paid 2.5 million. “It rose.” He left';
    const of = (words: string): string => {
      const from = text.indexOf(words);
      const bounds = sentenceBounds(text, from, from + words.length);
      return text.slice(bounds.from, bounds.to).trim();
    };
    expect(of('General')).toBe(
      'In Jan. 2018 Lt. General A. Bajwa of the U.S. Army paid 2.5 million.',
    );
    expect(of('rose')).toBe('“It rose.”');
    expect(of('left')).toBe('He left');
    expect(of('million. “It')).toBe(text.slice(0, text.indexOf(' He')));
  });
});

describe('re-check', () => {
  const doc = start('First one. It did come as a surprise to us. Last one.');
  const from = 11 + 'First one. It did '.length;
  const anchor: Anchor = {
    id: 'o',
    kind: 'occurrence',
    from,
    to: from + 'come as a surprise'.length,
    state: 'attached',
    exact: '',
    prefix: '',
    suffix: '',
    good: { rev: 0, from: 0, to: 0 },
  };
  const checked = { ...check, ...checkedWords(doc, anchor.from, anchor.to) };
  const claimFile: ClaimFile = { ...file, checks: [checked] };
  const after = (make: (tr: Transform) => void): ReturnType<typeof factState> => {
    const tr = new Transform(doc);
    make(tr);
    let anchors = { byId: new Map([['o', anchor]]), graves: [] } as Parameters<
      typeof mapAnchors
    >[0];
    tr.steps.forEach((step, i) => {
      const passage = { rev: 1, by: 'u', undo: false, touched: new Set<string>() };
      anchors = mapAnchors(anchors, step, tr.docs[i] ?? doc, tr.docs[i + 1] ?? tr.doc, passage);
    });
    return factState(claimFile, 'o', anchors.byId.get('o'), tr.doc);
  };

  it('[FA5] a verdict stands while its words and sentence do, whatever happens elsewhere', () => {
    expect(checked.sentence).toBe('It did come as a surprise to us.');
    expect(after((tr) => tr.insert(11, schema.text('The ')))).toMatchObject({
      word: 'Confirmed',
      stale: null,
    });
    const pending = schema.marks['insertion']?.create({ id: 'i', by: 'ines' });
    expect(
      after((tr) => tr.insert(from, schema.text('not ', pending ? [pending] : []))),
    ).toMatchObject({ stale: null });
  });

  it('[FA6] a changed word or a changed sentence asks for another look, and it no longer counts as confirmed', () => {
    expect(after((tr) => tr.insert(from, schema.text('not ')))).toMatchObject({
      word: 'Open',
      stale: 'sentence',
    });
    expect(after((tr) => tr.delete(from + 5, from + 7))).toMatchObject({
      word: 'Open',
      stale: 'words',
    });
    expect(after((tr) => tr.delete(from - 1, from + 19))).toMatchObject({ stale: 'detached' });
    const states = [after(() => undefined), after((tr) => tr.insert(from, schema.text('not ')))];
    expect(factsInWords(states)).toBe('1 confirmed · 1 to re-check');
    expect(factsInWords([])).toBe('No facts marked');
  });
});
