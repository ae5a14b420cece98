/** What a card offers, who reads a note, and which modes are open, by the one table of rights. */
import { describe, expect, it } from 'vitest';
import { annotationsOf, type Annotation } from '#web/panels/annotations.ts';
import { choicesFor } from '#web/panels/choose.ts';
import { modesFor } from '#web/panels/modes.ts';
import { audiencesFor, circleOf, readersOf } from '#web/panels/readers.ts';
import { full, standing } from '#tests/web/panels/review.ts';

function note(id: string): Annotation {
  const found = annotationsOf(full).find((item) => item.id === id);
  if (!found) throw new Error(`There is no note ${id}.`);
  return found;
}

describe('what a card offers', () => {
  it('[UI61] lets an editor decide, and an author only take back', () => {
    expect(choicesFor(note('s1'), standing('tom', 'editor'))).toMatchObject({
      accept: true,
      stet: true,
      withdraw: false,
    });
    expect(choicesFor(note('s1'), standing('ines', 'reviewer'))).toMatchObject({
      accept: false,
      stet: false,
      withdraw: true,
    });
    expect(choicesFor(note('s1'), standing('sana', 'fact-checker'))).toMatchObject({
      accept: false,
      withdraw: false,
      reply: true,
    });
  });

  it('[UI61] lets people edit their own comments and delete what is theirs or theirs to moderate', () => {
    const own = choicesFor(note('c1'), standing('tom', 'reviewer'));
    expect(own).toMatchObject({ edit: true, remove: true, resolve: true });
    const other = choicesFor(note('c1'), standing('ines', 'reviewer'));
    expect(other).toMatchObject({ edit: false, remove: false, resolve: true });
    expect(choicesFor(note('c1'), standing('eva', 'editor')).remove).toBe(true);
  });

  it('[UI61] offers nothing to a reader, and nothing in a killed article', () => {
    for (const who of [
      standing('rita', 'viewer', { member: true }),
      standing('tom', 'editor', { stage: 'killed' }),
    ])
      for (const id of ['s1', 'c1', 'f1'])
        expect(Object.values(choicesFor(note(id), who)).some(Boolean)).toBe(false);
  });
});

describe('the modes', () => {
  it('[UI62] say why they are closed', () => {
    const off = (...args: Parameters<typeof standing>): (string | undefined)[] =>
      modesFor(standing(...args)).map((mode) => mode.off);
    expect(off('tom', 'editor')).toEqual([undefined, undefined, undefined]);
    expect(off('ines', 'reviewer')).toEqual([
      undefined,
      undefined,
      'Your role suggests changes; an editor puts them in the text.',
    ]);
    expect(off('rita', 'viewer', { member: true })[1]).toMatch(/Ask an editor for access/);
    expect(off('tom', 'editor', { stage: 'published' })[1]).toMatch(/closed for changes/);
  });
});

describe('the readers of a note', () => {
  it('[UI63] are named before it is posted', () => {
    expect(readersOf('all', full)).toBe('everyone');
    expect(readersOf('desk', full)).toBe('desk');
    expect(readersOf({ people: ['tom', 'sana'] }, full)).toBe('Tom Whelan and Sana Rafiq');
  });

  it('[UI63] are never a circle the author is not in', () => {
    expect(audiencesFor({ id: 'ines', role: 'reviewer' })).toEqual(['all', 'desk']);
    expect(audiencesFor({ id: 'maria', role: 'writer' })).toEqual(['all']);
  });

  it('[UI125] are said on a note that is not for everyone', () => {
    expect(circleOf('all', full)).toBeNull();
    expect(circleOf('desk', full)?.word).toBe('Desk');
    expect(circleOf('legal', full)?.word).toBe('Legal');
    const named = circleOf({ people: ['tom', 'sana'] }, full);
    expect(named?.word).toBe('Private');
    expect(named?.hint).toBe('Seen by Tom Whelan and Sana Rafiq');
  });
});
