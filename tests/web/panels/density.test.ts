/** What stands in the margin when much is marked. */
import { describe, expect, it } from 'vitest';
import type { Annotation } from '#web/panels/annotations.ts';
import { alone, type CardGroup } from '#web/panels/card-groups.ts';
import { needsPerson, planMargin, type Row } from '#web/panels/density.ts';
import { gutterLines } from '#web/panels/gutter-lines.ts';
import { outsideOf } from '#web/panels/outside.ts';
import { stepOf } from '#web/panels/swipe.ts';

const common = {
  by: 'ines',
  at: '2026-11-20T09:00:00.000Z',
  audience: 'all' as const,
  replies: [],
  state: 'open' as const,
};

function suggestion(id: string, from: number, reason = ''): Suggestion {
  const note = {
    ...common,
    id,
    last: common.at,
    reason,
    category: '',
    status: 'pending' as const,
    deleted: 'a',
    inserted: 'b',
  };
  const place = { from, to: from + 1 };
  return { ...common, kind: 'suggestion', id, place, quote: 'a', note, inText: undefined };
}

function comment(id: string, from: number): Annotation {
  const note = { ...common, id, text: 'Who says so?', status: 'open' as const };
  return { ...common, kind: 'comment', id, place: { from, to: from + 1 }, quote: 'a', note };
}

/** Every position is a pixel row of its own tenth: ten positions are a line of text. */
const y = (id: string): number => Math.floor(Number(id.slice(1)) / 10) * 32;

type How = Partial<Parameters<typeof planMargin>[1]>;

const planCards = (groups: readonly CardGroup[], more: How = {}): Row[] =>
  planMargin(groups, {
    y,
    from: (id) => Number(id.slice(1)),
    state: () => undefined,
    sections: [0],
    focused: null,
    opened: new Set(),
    top: -Infinity,
    ...more,
  });

const plan = (list: readonly Annotation[], more: How = {}): Row[] =>
  planCards(list.map(alone), more);

type Suggestion = Extract<Annotation, { kind: 'suggestion' }>;

const shared = (
  card: 'recast' | 'silent' | 'alternatives',
  first: Suggestion,
  ...rest: readonly Suggestion[]
): CardGroup => ({
  card,
  id: card === 'silent' ? 'silent ines' : first.id,
  items: [first, ...rest],
});

const shape = (rows: readonly Row[]): string[] =>
  rows.map((row) => (row.row === 'card' ? row.id : `${row.row} ${row.ids.length}`));

describe('the density of the margin', () => {
  it('[UI77] a section with room shows every annotation; a crowded one what needs a person, and one line for the rest', () => {
    const calm = [suggestion('s10', 10), suggestion('s100', 100)];
    expect(shape(plan(calm))).toEqual(['s10', 's100']);
    const small = Array.from({ length: 14 }, (_, i) => suggestion(`s${i * 10}`, i * 10));
    const crowded = [...small, comment('c75', 75)].toSorted(
      (a, b) => (a.place?.from ?? 0) - (b.place?.from ?? 0),
    );
    expect(shape(plan(crowded))).toEqual(['small 14', 'c75']);
    const sections = [0, 1000];
    expect(shape(plan([...crowded, suggestion('s1000', 1000)], { sections }))).toEqual([
      'small 14',
      'c75',
      's1000',
    ]);
  });

  it('[UI77] what is in focus has its card, however small it is', () => {
    const small = Array.from({ length: 14 }, (_, i) => suggestion(`s${i * 10}`, i * 10));
    expect(shape(plan(small, { focused: 's50' }))).toEqual(['small 14', 's50']);
  });

  it('[UI78][CD8] more than three cards on one line are two and a line that names the others', () => {
    const line = [0, 1, 2, 3, 4].map((i) => comment(`c${i}`, i));
    const rows = plan(line);
    expect(shape(rows)).toEqual(['c0', 'c1', 'more 3']);
    expect(rows.at(-1)).toMatchObject({
      row: 'more',
      oneLine: true,
      groups: [{ id: 'c2' }, { id: 'c3' }, { id: 'c4' }],
    });
    expect(shape(plan(line.slice(0, 3)))).toEqual(['c0', 'c1', 'c2']);
    expect(shape(plan(line, { focused: 'c3' }))).toEqual(['c0', 'c1', 'c3', 'more 2']);
  });

  it('[UI79] no plan puts a card further than 400 pixels from its words, whatever is marked', () => {
    for (let every = 1; every <= 12; every++) {
      const list = Array.from({ length: 120 }, (_, i) => comment(`c${i * every}`, i * every));
      const rows = plan(list);
      let free = -Infinity;
      for (const row of rows) {
        const { at } = row;
        const top = Math.max(y(at), free);
        expect(top - y(at)).toBeLessThan(400);
        free = top + (row.row === 'card' ? 73 : 34) + 10;
      }
      const told = rows.flatMap((row) => (row.row === 'card' ? [row.id] : row.ids));
      expect(new Set(told)).toEqual(new Set(list.map(({ id }) => id)));
    }
  });

  it('[UI77] a doubted fact needs a person, an open or confirmed one does not until somebody speaks', () => {
    const fact: Annotation = {
      ...common,
      kind: 'fact',
      id: 'f1',
      place: { from: 1, to: 2 },
      quote: '$50 million',
      note: { ...common, id: 'f1', claimId: 'k1', status: 'open' },
      claim: undefined,
    };
    const state = (word: 'Open' | 'Queried' | 'Wrong' | 'Confirmed') => ({
      word,
      check: null,
      stale: null,
    });
    expect(needsPerson(fact, state('Open'))).toBe(false);
    expect(needsPerson(fact, state('Confirmed'))).toBe(false);
    expect(needsPerson(fact, state('Queried'))).toBe(true);
    expect(needsPerson(fact, state('Wrong'))).toBe(true);
    expect(needsPerson(fact, { ...state('Open'), stale: 'words' })).toBe(true);
    const reply = { id: 'r1', by: 'tom', at: common.at, text: 'Why?' };
    expect(needsPerson({ ...fact, replies: [reply] }, state('Open'))).toBe(true);
    expect(needsPerson(suggestion('s1', 1), undefined)).toBe(false);
    expect(needsPerson(suggestion('s1', 1, 'House style'), undefined)).toBe(true);
  });

  it('[CD7] a card of several counts all its changes where it is folded, and stands at the change in focus', () => {
    const recast = shared('recast', suggestion('s15', 15), suggestion('s32', 32));
    const small = Array.from({ length: 14 }, (_, i) => alone(suggestion(`s${i * 10}`, i * 10)));
    expect(shape(planCards([...small, recast]))).toEqual(['small 16']);
    const focused = planCards([recast], { focused: 's32' });
    expect(focused).toMatchObject([{ row: 'card', id: 's15', at: 's32' }]);
    expect(planCards([recast])).toMatchObject([{ row: 'card', id: 's15', at: 's15' }]);
  });

  it('[CD7] alternatives always have their card, silent corrections a place at their words only in focus', () => {
    const small = Array.from({ length: 14 }, (_, i) => alone(suggestion(`s${i * 10}`, i * 10)));
    const rivals = shared('alternatives', suggestion('s5', 5), suggestion('s6', 5));
    const silent = shared('silent', suggestion('s45', 45), suggestion('s95', 95));
    expect(shape(planCards([rivals, ...small, silent]))).toEqual(['small 14', 's5']);
    const rows = planCards([rivals, ...small, silent], { focused: 's95' });
    expect(shape(rows)).toEqual(['small 14', 's5', 'silent ines']);
    expect(rows.at(-1)).toMatchObject({ at: 's95' });
  });

  it('[CD8] a line that is unfolded takes the room its list needs; what it pushes too far is in the list too', () => {
    const line = Array.from({ length: 8 }, (_, i) => comment(`c${i}`, i));
    const list = [...line, comment('c11', 11), comment('c200', 200)];
    const opened = new Set([plan(line).at(-1)?.id ?? '']);
    expect(shape(plan(list))).toEqual(['c0', 'c1', 'more 6', 'c11', 'c200']);
    expect(shape(plan(list, { opened }))).toEqual(['c0', 'c1', 'more 7', 'c200']);
  });

  it('[UI80] what lies above and below the window is counted, and the nearest of each is known', () => {
    const list = [comment('c0', 0), comment('c10', 10), comment('c20', 20), comment('c30', 30)];
    const outside = outsideOf(list, (id) => y(id), { top: 20, bottom: 60 });
    expect(outside).toEqual({ above: 1, below: 2, last: 'c0', first: 'c20' });
  });

  it('[UI81] the gutter has one icon for each line, with a number when the line has several', () => {
    const list = [comment('c0', 0), suggestion('s4', 4), comment('c20', 20)];
    const silent = shared('silent', suggestion('s30', 30), suggestion('s40', 40));
    const lines = gutterLines([...list.map(alone), silent], y);
    expect(lines.map(({ groups }) => groups.map(({ id }) => id))).toEqual([['c0', 's4'], ['c20']]);
  });

  it('[UI82] a swipe to the left goes on, to the right goes back, and a scroll does neither', () => {
    expect(stepOf(-80, 10, false)).toBe(1);
    expect(stepOf(80, 10, false)).toBe(-1);
    expect(stepOf(80, 10, true)).toBe(1);
    expect(stepOf(-80, 60, false)).toBe(0);
    expect(stepOf(-20, 0, false)).toBe(0);
  });
});
