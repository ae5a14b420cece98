/** Copies by audience: what each holds, what it keeps back, and what stands between an article and its release. */
import { fc } from '#tests/support/properties.ts';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { roles, sees, type Audience, type Reader } from '#core/annotate/audience.ts';
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import { copyFormats } from '#core/formats/copy-formats.ts';
import { gateOf } from '#core/formats/send-out/gate.ts';
import { copyAsked, kindOf, presets, type AskedCopy } from '#core/formats/send-out/presets.ts';
import { readersCopy } from '#core/formats/send-out/readers-copy.ts';
import { planSendOut, writeSendOut } from '#core/formats/send-out/write-send-out.ts';
import { projectReview } from '#core/sync/project.ts';
import type { Review } from '#core/sync/review.ts';
import { stages } from '#core/sync/stage.ts';
import { sampleFacts } from '#tests/formats/sample-facts.ts';
import { comment, sampleReview } from '#tests/formats/sample-review.ts';

const editor: Reader = { id: 'ben', role: 'editor' };

/** A file as text; a Word file as the text of all its parts. */
const textOf = (content: string | Uint8Array): string =>
  typeof content === 'string'
    ? content
    : Object.entries(unzipSync(content))
        .map(([name, bytes]) => name + strFromU8(bytes))
        .join('\n');

const sent = (
  asked: AskedCopy,
  {
    review = sampleReview(),
    facts = sampleFacts(),
    sender = editor,
  }: {
    review?: Review;
    facts?: KnownFacts;
    sender?: Reader;
  } = {},
) => {
  const plan = planSendOut(review, facts, { ...asked, sender });
  const { content, contents } = writeSendOut(review, facts, { ...asked, sender });
  return { text: textOf(content), plan, contents };
};

/** Words that stand in notes, names and ids of the sample, and nowhere in its text. */
const secrets = [
  'Text of c1',
  'A reply',
  'On words that are gone',
  'Typing error',
  'Which year?',
  'Which fiscal year?',
  'Pentagon briefing',
  'five hundred fifty',
  'As reported',
  'Ada',
  'Ben',
  'Cleo',
  'galley.docx',
  '"s1"',
  '"c1"',
  'claim1',
  'insertion',
  'deletion',
  '<ins',
  '<del',
  'w:ins ',
  'w:del ',
  '{++',
  '{--',
  '[-',
];

describe('for the page', () => {
  it('[SO1] no copy holds a note, a mark, an id or a name, in any format; a marked one holds them', () => {
    for (const preset of ['working', 'release'] as const)
      for (const view of kindOf(preset).views)
        for (const format of copyFormats) {
          const { text, contents } = sent({ preset, view, format });
          for (const secret of secrets) expect(text, `${format} ${view}`).not.toContain(secret);
          expect(text).toContain(view === 'accepted' ? 'safe haven' : 'safe heaven');
          expect(text).not.toContain(view === 'accepted' ? 'heaven' : 'haven');
          expect(contents).toEqual({
            notes: 0,
            facts: 0,
            notShown: 0,
            staysOut: { desk: 0, legal: 0, named: 0 },
          });
        }
    // The search itself finds what is there.
    const { text } = sent({ preset: 'file', view: 'marked', format: 'json' });
    for (const secret of ['Text of c1', 'Ada', '"s1"', 'claim1', 'insertion', 'As reported'])
      expect(text).toContain(secret);
  });

  it('[SO6] a working copy says in every stage that it is not cleared, a release copy in none, others until they are', () => {
    for (const stage of stages) {
      const review = { ...sampleReview(), article: { ...sampleReview().article, stage } };
      const notice = (preset: AskedCopy['preset']): string | null =>
        sent({ preset, view: 'accepted', format: 'txt' }, { review }).plan.options.notice;
      const { open } = gateOf(review, sampleFacts(), editor);
      expect(notice('working')).toBe(`NOT CLEARED · version 41 · ${open} open`);
      expect(notice('release')).toBeNull();
      const isCleared = stage === 'cleared' || stage === 'published' || stage === 'corrected';
      expect(notice('writer') === null, stage).toBe(isCleared);
    }
    const { text } = sent({ preset: 'working', view: 'accepted', format: 'txt' });
    expect(text).toMatch(/^NOT CLEARED · version 41 · 3 open\n/);
  });
});

const audience: fc.Arbitrary<Audience> = fc.oneof(
  fc.constantFrom<Audience>('all', 'desk', 'legal'),
  fc.subarray(['ada', 'ben', 'cleo', 'wim'], { minLength: 1 }).map((people) => ({ people })),
);

/** The sample with a writer, and thirty notes of random audiences. */
const anyReview = fc.array(audience, { minLength: 30, maxLength: 30 }).map((all) => {
  const review = sampleReview();
  const notes = all.map((one, i) =>
    comment(`n${i}`, {
      text: `walrus${i}.`,
      audience: one,
      replies: [{ id: `nr${i}`, by: 'ada', at: '2026-11-20T10:00:00.000Z', text: `narwhal${i}.` }],
    }),
  );
  return {
    ...review,
    article: { ...review.article, writerId: 'wim' },
    comments: new Map([...review.comments, ...notes.map((one) => [one.id, one] as const)]),
  };
});
const anySender = fc.record({
  id: fc.constantFrom('ada', 'ben', 'cleo', 'wim'),
  role: fc.constantFrom(...roles),
});

describe('for a reader', () => {
  it('[SO2] the copies of writer and legal hold just the notes that both the sender and they see', () => {
    const readers: Record<string, Reader> = {
      writer: { id: 'wim', role: 'writer' },
      legal: { id: '', role: 'legal' },
    };
    fc.assert(
      fc.property(
        anyReview,
        anySender,
        fc.constantFrom(...copyFormats),
        (review, sender, format) => {
          for (const [preset, reader] of Object.entries(readers)) {
            const asked = copyAsked({ preset, view: 'marked', format });
            if (!asked) throw new Error('no such copy');
            const { text } = sent(asked, { review, sender });
            for (const { id, text: words, audience: one } of review.comments.values()) {
              if (!id.startsWith('n')) continue;
              const both = sees(sender, one) && sees(reader, one);
              expect(text.includes(words), `${preset} ${id}`).toBe(both);
              expect(text.includes(words.replace('walrus', 'narwhal'))).toBe(both);
            }
            const fact = sees(sender, 'desk') && sees(reader, 'desk');
            for (const words of ['five hundred fifty', 'Pentagon briefing', 'Which fiscal year?'])
              expect(text.includes(words), `${preset} ${words}`).toBe(fact);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('[SO2] a copy for the file holds what its sender sees; only the archive holds everything', () => {
    const viewer: Reader = { id: 'vera', role: 'viewer' };
    const asked = { preset: 'file', view: 'marked', format: 'json' } as const;
    expect(sent(asked, { sender: viewer }).text).not.toContain('five hundred fifty');
    expect(sent(asked).text).toContain('five hundred fifty');
    const secret = comment('cs', { text: 'walrus', audience: { people: ['cleo'] } });
    const whole = sampleReview();
    const review = { ...whole, comments: new Map([...whole.comments, ['cs', secret]]) };
    expect(sent(asked, { review }).text).not.toContain('walrus');
    expect(sent({ ...asked, preset: 'archive' }, { review }).text).toContain('walrus');
  });

  it('[SO5] counts are those of the copy; what stays out is told by whom it is for', () => {
    fc.assert(
      fc.property(anyReview, anySender, (review, sender) => {
        const { plan, contents, text } = sent(
          { preset: 'writer', view: 'marked', format: 'json' },
          { review, sender },
        );
        const file = JSON.parse(text) as { comments: { status: string }[]; occurrences: unknown[] };
        const comments = file.comments.filter(({ status }) => status !== 'deleted').length;
        // Two suggestions: one in the text, one decided.
        expect(contents).toMatchObject({ notes: comments + 2, facts: file.occurrences.length });
        const seen = projectReview(review, sender);
        const out = contents.staysOut;
        const total = (one: Review): number =>
          [...one.comments.values()].filter(({ status }) => status !== 'deleted').length +
          one.occurrences.size;
        expect(out.desk + out.legal + out.named).toBe(total(seen) - total(plan.review));
        if (!sees(sender, 'legal')) expect(out.legal).toBe(0);
      }),
      { numRuns: 50 },
    );
    const marked = sent({ preset: 'file', view: 'marked', format: 'docx' }).contents;
    // A Word file has no place for what was decided.
    expect(marked).toMatchObject({ notes: 4, facts: 1, notShown: 1 });
    const clean = sent({ preset: 'file', view: 'accepted', format: 'docx' }).contents;
    expect(clean).toMatchObject({ notes: 0, facts: 0, notShown: 6 });
    const { staysOut } = readersCopy(sampleReview(), sampleFacts(), {
      preset: 'writer',
      view: 'marked',
      sender: editor,
    });
    expect(staysOut).toEqual({ desk: 1, legal: 0, named: 0 });
  });
});

describe('the gate', () => {
  const codes = (review: Review, facts: KnownFacts, reader = editor): string[] =>
    gateOf(review, facts, reader).reasons.map(({ code, on }) => (on ? `${code} ${on}` : code));
  const closed = (): Review => {
    const review = sampleReview();
    const comments = [...review.comments.values()].map(
      (one) =>
        [one.id, { ...one, status: one.status === 'open' ? 'resolved' : one.status }] as const,
    );
    const { doc } = sent({ preset: 'release', view: 'accepted', format: 'txt' }).plan.review;
    return { ...review, doc, comments: new Map(comments) };
  };

  it('[SO3] each thing that is open is a reason with a sentence, in the order of the text; with none it is open', () => {
    const { reasons, open, hidden } = gateOf(sampleReview(), sampleFacts(), editor);
    expect(reasons).toEqual([
      {
        code: 'COMMENT_OPEN',
        on: 'c1',
        sentence: 'The comment of Ben <b>Ito</b> on “safe” is not resolved.',
      },
      {
        code: 'SUGGESTION_UNDECIDED',
        on: 's1',
        sentence: 'A suggestion of Ada Lim is not decided: Replace “heaven” with “haven”.',
      },
      {
        code: 'COMMENT_OPEN',
        on: 'c3',
        sentence: 'The comment of Ben <b>Ito</b> on “words that are gone” is not resolved.',
      },
    ]);
    expect({ open, hidden }).toEqual({ open: 3, hidden: 0 });
    expect(gateOf(closed(), sampleFacts(), editor)).toEqual({ open: 0, hidden: 0, reasons: [] });
  });

  it('[SO3] a fact must be confirmed on the words that stand there, or closed as an opinion', () => {
    const cases: [Parameters<typeof sampleFacts>[0], string[]][] = [
      [{}, []],
      [{ verdict: 'confirmed-after-change' }, []],
      [{ verdict: 'opinion' }, []],
      [{ verdict: 'on-author' }, ['FACT_QUERIED o1']],
      [{ verdict: 'needs-context' }, ['FACT_QUERIED o1']],
      [{ verdict: 'unverifiable' }, ['FACT_QUERIED o1']],
      [{ verdict: 'conflicting-sources' }, ['FACT_QUERIED o1']],
      [{ verdict: 'wrong' }, ['FACT_WRONG o1']],
      [{ verdict: 'misleading' }, ['FACT_WRONG o1']],
      [{ words: 'other words' }, ['FACT_RECHECK o1']],
      [{ sentence: 'Another sentence.' }, ['FACT_RECHECK o1']],
    ];
    for (const [check, expected] of cases)
      expect(codes(closed(), sampleFacts(check)), JSON.stringify(check)).toEqual(expected);
    expect(codes(closed(), { claims: [], sources: [] })).toEqual(['FACT_OPEN o1']);
  });

  it('[SO3] an article goes out from the desk, when checked, and once cleared; from nowhere else', () => {
    for (const stage of stages) {
      const review = closed();
      const at = codes({ ...review, article: { ...review.article, stage } }, sampleFacts());
      const free = ['desk', 'checking', 'cleared', 'published', 'corrected'].includes(stage);
      expect(at, stage).toEqual(free ? [] : ['STAGE']);
    }
  });

  it('[SO4] what the reader does not see is counted and not described', () => {
    const review = closed();
    const audience: Audience = { people: ['cleo'] };
    const hidden = comment('cs', { text: 'walrus', audience, by: 'cleo' });
    const whole = { ...review, comments: new Map([...review.comments, ['cs', hidden]]) };
    const viewer: Reader = { id: 'vera', role: 'viewer' };
    const gate = gateOf(whole, { claims: [], sources: [] }, viewer);
    expect(gate).toEqual({
      open: 2,
      hidden: 2,
      reasons: [
        {
          code: 'HIDDEN',
          on: null,
          sentence: '2 more things are open among notes that you do not see. Ask an editor.',
        },
      ],
    });
    expect(codes(whole, sampleFacts(), { id: 'cleo', role: 'editor' })).toEqual([
      'COMMENT_OPEN cs',
    ]);
  });
});

it('[SO7] the read-back sheet asks for each fact once, with boxes, and never reads a quotation out', () => {
  for (const format of ['html', 'txt'] as const) {
    const { text, contents } = sent({ preset: 'read-back', view: 'accepted', format });
    expect(text).toContain('already received $550 million');
    expect(text).toContain('Which fiscal year?');
    expect(text).toContain(format === 'html' ? 'class="box"' : '[ ] Right');
    for (const secret of ['Text of c1', 'five hundred fifty', 'Cleo'])
      expect(text).not.toContain(secret);
    expect(contents).toMatchObject({ notes: 0, facts: 1, notShown: 0 });
    const facts = sampleFacts();
    const [file] = facts.claims;
    const said = {
      ...facts,
      claims: [{ ...file, claim: { ...file.claim, type: 'quote' as const } }],
    };
    const quoted = sent({ preset: 'read-back', view: 'accepted', format }, { facts: said }).text;
    expect(quoted).not.toContain('already received');
    expect(quoted).toContain('do not read it out');
    const viewer: Reader = { id: 'vera', role: 'viewer' };
    expect(
      sent({ preset: 'read-back', view: 'accepted', format }, { sender: viewer }).text,
    ).toContain('No facts are marked.');
  }
});

it('[SO11] a preset has its own views and formats; anything else is no copy', () => {
  for (const preset of presets) {
    const { views, formats } = kindOf(preset);
    for (const view of ['original', 'accepted', 'marked', 'best'])
      for (const format of [...copyFormats, 'pdf', 'constructor'])
        expect(copyAsked({ preset, view, format }) !== null, `${preset} ${view} ${format}`).toBe(
          views.some((one) => one === view) && formats.some((one) => one === format),
        );
  }
  expect(copyAsked({ preset: 'release', view: 'marked', format: 'docx' })).toBeNull();
  expect(copyAsked({ preset: 'archive', view: 'marked', format: 'html' })).toBeNull();
  expect(copyAsked({ preset: 'toString', view: 'marked', format: 'html' })).toBeNull();
});
