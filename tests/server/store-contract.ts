// What every store must do, run on each of them: the same suite for memory and PostgreSQL.
import { randomUUID } from 'node:crypto';
import { Step } from 'prosemirror-transform';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Person } from '#core/annotate/annotation.ts';
import { schema } from '#core/article/schema.ts';
import { readMarkdown } from '#core/formats/read-markdown.ts';
import type { Op } from '#core/annotate/op.ts';
import type { Commit, StepJson } from '#core/sync/commit.ts';
import { apply, newReview, reviewFromJson, reviewToJson, type Review } from '#core/sync/review.ts';
import type { Role } from '#core/annotate/audience.ts';
import type { ArticleInfo } from '#core/sync/review.ts';
import type { ListAsked } from '#server/store/list-query.ts';
import type { Membership, Store } from '#server/store/store.ts';

export interface Subject {
  store: Store;
  addPerson(person: Person): Promise<void>;
  /** The same store as a new process would find it. */
  reopen(): Promise<Store>;
  end(): Promise<void>;
}

const at = '2026-01-02T03:04:05.678Z';
const ines: Person = { id: 'ines', name: 'Ines', role: 'reviewer', color: 3 };

export const smallDoc = (...paragraphs: string[]) =>
  schema.node('doc', null, [
    schema.node('headline', null, [schema.text('A headline')]),
    ...paragraphs.map((text) => schema.node('block', null, [schema.text(text)])),
  ]);

const doc = smallDoc('It is a safe heaven for all.', 'A second paragraph.');
const insert = (pos: number, text: string): StepJson => ({
  stepType: 'replace',
  from: pos,
  to: pos,
  slice: { content: [{ type: 'text', text }] },
});
const place = (from: number, to: number) => ({
  from,
  to,
  quote: { exact: 'x', prefix: '', suffix: '' },
});

export function storeContract(make: () => Promise<Subject>): void {
  let subject: Subject;
  let store: Store;
  let id: string;
  let review: Review;

  beforeEach(async () => {
    subject = await make();
    store = subject.store;
    id = randomUUID();
    await subject.addPerson(ines);
    const info = { id, language: 'en', stage: 'desk' as const, source: 'a.txt' };
    await store.createArticle({ info, doc, importFlags: [], createdBy: 'system', at });
    review = newReview(info, [ines], doc);
  });
  afterEach(() => subject.end());

  const commit = (rev: number, over: Partial<Commit> = {}): Commit => ({
    rev,
    clientId: 'client-1',
    seq: rev,
    userId: 'ines',
    at,
    intent: 'edit',
    steps: [],
    origins: [],
    ops: [],
    dropped: [],
    ...over,
  });
  const append = async (...commits: Commit[]): Promise<'ok' | 'conflict'> => {
    const before = review;
    const after = commits.reduce(apply, before);
    const answer = await store.append(id, { commits, before, after });
    if (answer === 'ok') review = after;
    return answer;
  };
  const annotate = (rev: number, ...ops: Op[]): Commit => commit(rev, { intent: 'annotate', ops });

  it('[ST1] gives an article back as it was made, at revision 0, and null for an unknown one', async () => {
    const opened = await store.open(id);
    expect(opened?.snapshot).toEqual(reviewToJson(review));
    expect(opened?.commits).toEqual([]);
    expect(await store.article(id)).toMatchObject({ id, headline: 'A headline', rev: 0 });
    expect(await store.listArticles()).toHaveLength(1);
    expect(await store.open('nothing')).toBeNull();
    expect(await store.article('nothing')).toBeNull();
  });

  it('[ST2] gives commits back to the letter, key order and odd characters included', async () => {
    const odd = commit(1, {
      steps: [insert(14, 'ü\u2028“\ud83d\ude00” \\ \' "')],
      origins: [0],
      dropped: [{ i: 1, why: 'gone', text: 'half a pair \ud83d' }],
    });
    expect(await append(odd)).toBe('ok');
    const [back] = await store.commits(id, 0, 10);
    expect(JSON.stringify(back)).toBe(JSON.stringify(odd));
    expect(await store.outcome(id, 'client-1', 1)).toEqual(odd);
    expect(await store.outcome(id, 'client-1', 2)).toBeNull();
    expect(await store.lastSeq(id, 'client-1')).toBe(1);
    expect(await store.lastSeq(id, 'client-2')).toBe(0);
  });

  it('[ST3] refuses a batch that does not follow the head, and writes nothing of it', async () => {
    expect(await append(commit(1), commit(2))).toBe('ok');
    const stale = { commits: [commit(2, { seq: 9 })], before: review, after: review };
    expect(await store.append(id, stale)).toBe('conflict');
    const ahead = { commits: [commit(4, { seq: 9 })], before: review, after: review };
    expect(await store.append(id, ahead)).toBe('conflict');
    expect(await store.commits(id, 0, 10)).toHaveLength(2);
    expect((await store.article(id))?.rev).toBe(2);
  });

  it('[ST4] refuses a batch with a client number it knows, and writes nothing of it', async () => {
    expect(await append(commit(1))).toBe('ok');
    expect(await append(commit(2, { seq: 2 }), commit(3, { seq: 1 }))).toBe('conflict');
    expect(await store.commits(id, 0, 10)).toHaveLength(1);
    expect((await store.article(id))?.rev).toBe(1);
  });

  it('[ST3] lets one of two batches for one revision through', async () => {
    const a = [commit(1, { clientId: 'client-a' })];
    const b = [commit(1, { clientId: 'client-b' })];
    const answers = await Promise.all(
      [a, b].map((commits) => {
        const after = commits.reduce(apply, review);
        return store.append(id, { commits, before: review, after });
      }),
    );
    expect(answers.toSorted()).toEqual(['conflict', 'ok']);
  });

  it('[ST5] replays snapshot and log to the same review, after a reopening and at any revision', async () => {
    const ops: Op[] = [
      { op: 'comment.open', id: 'c1', ...place(13, 15), text: 'Why?', audience: 'desk' },
      { op: 'reply', id: 'r1', on: 'c1', text: 'Because.', audience: 'desk' },
    ];
    await append(commit(1, { steps: [insert(20, 'very ')], origins: [0] }));
    const middle = review;
    await append(annotate(2, ...ops), annotate(3, { op: 'resolve', on: 'c1', audience: 'desk' }));
    const again = await subject.reopen();
    const replay = async (upTo?: number): Promise<Review> => {
      const opened = await again.open(id, upTo);
      if (!opened) throw new Error('The article is gone.');
      return opened.commits.reduce(apply, reviewFromJson(opened.snapshot));
    };
    expect(reviewToJson(await replay())).toEqual(reviewToJson(review));
    expect(reviewToJson(await replay(1))).toEqual(reviewToJson(middle));
    await again.saveSnapshot(id, review, 'hash', at);
    expect((await again.open(id))?.commits).toEqual([]);
    expect(reviewToJson(await replay())).toEqual(reviewToJson(review));
    expect(reviewToJson(await replay(1))).toEqual(reviewToJson(middle));
  });

  it('[ST6] counts for the library with each batch, notes also by audience', async () => {
    const claim = { id: 'k1', type: 'money' as const, text: '$550', check: 'Who says so?' };
    await append(
      annotate(
        1,
        { op: 'comment.open', id: 'c1', ...place(13, 15), text: 'Why?', audience: 'desk' },
        { op: 'comment.open', id: 'c2', ...place(13, 15), text: 'Ah.', audience: 'all' },
        { op: 'occurrence.open', id: 'o1', ...place(13, 15), claim, audience: 'all' },
      ),
    );
    await append(annotate(2, { op: 'resolve', on: 'c2', audience: 'all' }));
    const row = await store.article(id);
    expect(row?.counts).toMatchObject({ comments: 2, openComments: 1, facts: 1 });
    expect(row?.counts.byAudience).toEqual([
      { audience: 'desk', comments: 1, openComments: 1, facts: 0 },
      { audience: 'all', comments: 1, openComments: 0, facts: 1 },
    ]);
    expect(row?.updatedAt).toBe(at);
  });

  it('[ST7] keeps stage, memberships, settings and people', async () => {
    await store.setStage(id, 'cleared');
    expect((await store.article(id))?.stage).toBe('cleared');
    expect((await store.open(id))?.snapshot.article.stage).toBe('cleared');
    expect(await store.person('ines')).toEqual(ines);
    expect(await store.person('nobody')).toBeNull();
    expect(await store.people()).toEqual([ines]);
    const membership = { articleId: id, userId: 'ines', role: 'writer' as const, endsAt: null };
    await store.putMembership(membership);
    await store.putMembership({ ...membership, role: 'reviewer', endsAt: at });
    const expected = [{ ...membership, role: 'reviewer', endsAt: at }];
    expect(await store.membershipsOf('ines')).toEqual(expected);
    expect(await store.membershipsIn(id)).toEqual(expected);
    expect(await store.setting('secret')).toBeNull();
    await store.putSetting('secret', 'one');
    await store.putSetting('secret', 'two');
    expect(await store.setting('secret')).toBe('two');
    await store.audit({ at, userId: null, action: 'import', detail: { text: 'a\0b' } });
    await store.ping();
  });

  it('[ST8] gives steps back that still are steps', async () => {
    await append(commit(1, { steps: [insert(14, 'x')], origins: [0] }));
    const [back] = await store.commits(id, 0, 1);
    const step = Step.fromJSON(schema, back?.steps[0] ?? {});
    expect(step.apply(doc).doc?.eq(review.doc)).toBe(true);
  });

  it('[ST10] makes an article with the notes and suggestions of its file, at revision 0', async () => {
    const info = { id: randomUUID(), language: 'en', stage: 'desk' as const };
    const file =
      '# H\n\nA {~~heaven~>haven~~}{>>@Ada: typo<<}{>>@Ben: yes<<} and {==words==}{>>@Ada: why?<<}.';
    let made = 0;
    const hash = (words: string): string => Buffer.from(words).toString('hex').slice(-24);
    const id = (): string => `n${(made += 1)}`;
    const { review: read } = readMarkdown(file, { id, now: at, hash });
    const whole = { ...read, article: info };
    await store.createArticle({
      info,
      doc: read.doc,
      review: whole,
      importFlags: [],
      createdBy: 'ines',
      at,
    });
    const opened = await (await subject.reopen()).open(info.id);
    const people = opened?.snapshot.people ?? [];
    for (const name of ['Ada', 'Ben'])
      expect(people.filter((one) => one.name === name)).toMatchObject([{ role: 'viewer' }]);
    expect({ ...opened?.snapshot, people: [] }).toEqual({ ...reviewToJson(whole), people: [] });
    const again = await subject.reopen();
    const counts = { comments: 1, openComments: 1, suggestions: 1, pendingSuggestions: 1 };
    expect((await again.article(info.id))?.counts).toMatchObject(counts);
    // The log goes on from there.
    const reply: Op = {
      op: 'reply',
      id: 'r9',
      on: [...read.comments.keys()][0] ?? '',
      text: 'So.',
      audience: 'all',
    };
    const next = annotate(1, reply);
    const after = apply(whole, next);
    expect(await again.append(info.id, { commits: [next], before: whole, after })).toBe('ok');
  });

  const asked = (person: Person, over: Partial<ListAsked> = {}): ListAsked => ({
    person,
    memberships: [],
    now: at,
    words: '',
    stage: null,
    only: null,
    after: null,
    limit: 50,
    ...over,
  });
  const another = async (over: Partial<ArticleInfo>, ...paragraphs: string[]): Promise<string> => {
    const info = { id: randomUUID(), language: 'en', stage: 'desk' as const, ...over };
    await store.createArticle({
      info,
      doc: smallDoc(...paragraphs),
      importFlags: [],
      createdBy: 'system',
      at,
    });
    return info.id;
  };
  const found = async (ask: ListAsked): Promise<string[]> =>
    (await store.findArticles(ask)).rows.map((row) => row.id);
  /** The same answer while the words are new and after they were gathered. */
  const findsAlways = async (ask: ListAsked, expected: string[]): Promise<void> => {
    expect((await found(ask)).toSorted(), `${ask.words}, new`).toEqual(expected.toSorted());
    await store.refreshSearch(null, 1000);
    expect((await found(ask)).toSorted(), `${ask.words}, gathered`).toEqual(expected.toSorted());
  };

  it('[ST20] finds words in any part of a word, whatever case, accents, quotation marks and keyboards', async () => {
    const berlin = await another({}, 'Der Premierminister sprach in München über „Straßen“.');
    const belem = await another({}, 'The talks in Belém ended; Łódź follows.');
    const kabul = await another({}, 'کابُل ښځې په بازار کې', 'اُردو زبان');
    const china = await another({}, '他们在北京会面。');
    const percent = await another({}, 'It grew by 100% so far, and by 5_5.');
    for (const [words, ids] of [
      ['minister', [berlin]],
      ['MUNCHEN', [berlin]],
      ['strasse', [berlin]],
      ['"straßen"', [berlin]],
      ['bélem', [belem]],
      ['Belem lodz', [belem]],
      ['"talks in belem"', [belem]],
      ['"belem talks"', []],
      ['كابل', [kabul]],
      ['بازار', [kabul]],
      ['اردو', [kabul]],
      ['北京', [china]],
      ['会', [china]],
      ['100% s', [percent]],
      ['100_', []],
      ['5_5', [percent]],
      ['heaven', [id]],
      ['a headline', [id, berlin, belem, kabul, china, percent]],
      ['nothing of it', []],
      ['"', []],
      ['\\', []],
    ] as [string, string[]][])
      await findsAlways(asked(ines, { words }), ids);
  });

  it('[ST20] finds a word far down the list as well as one that many hold', async () => {
    const many: string[] = [];
    for (let i = 0; i < 170; i++) many.push(await another({}, `A wombat, the ${i}th of them.`));
    const rare = await another({ stage: 'held' }, 'A rare quagga.');
    const order = await found(asked(ines, { limit: 300 }));
    expect(order).toHaveLength(172);
    await append({
      ...commit(1),
      at: '2020-01-01T00:00:00.000Z',
      steps: [insert(14, 'thylacine ')],
    });
    const first = await found(asked(ines, { words: 'wombat', limit: 20 }));
    expect(first).toEqual(order.filter((one) => many.includes(one)).slice(0, 20));
    await findsAlways(asked(ines, { words: 'wombat', limit: 300 }), many);
    await findsAlways(asked(ines, { words: 'quagga' }), [rare]);
    // The oldest change of all stands last, behind everything that is walked along.
    expect((await found(asked(ines, { limit: 300 }))).at(-1)).toBe(id);
    await findsAlways(asked(ines, { words: 'thylacine' }), [id]);
    await findsAlways(asked(ines, { words: '170th' }), []);
  });

  it('[ST21] finds notes for those who may see them, and nothing of threads that were deleted', async () => {
    const maria: Person = { id: 'maria', name: 'Maria', role: 'writer', color: 1 };
    const lee: Person = { id: 'lee', name: 'Lee', role: 'legal', color: 1 };
    const own = (userId: string, role: Role): Membership => ({
      articleId: id,
      userId,
      role,
      endsAt: null,
    });
    const claim = { id: 'k1', type: 'money' as const, text: 'quokka', check: 'Who counted?' };
    const people = { people: ['maria', 'ines'] };
    await append(
      annotate(
        1,
        { op: 'comment.open', id: 'c1', ...place(13, 15), text: 'A zebra.', audience: 'desk' },
        { op: 'reply', id: 'r1', on: 'c1', text: 'An okapi.', audience: 'desk' },
        { op: 'comment.open', id: 'c2', ...place(13, 15), text: 'A tapir.', audience: 'all' },
        { op: 'comment.open', id: 'c3', ...place(13, 15), text: 'A manatee.', audience: 'legal' },
        { op: 'comment.open', id: 'c4', ...place(13, 15), text: 'A dugong.', audience: people },
        { op: 'comment.open', id: 'c5', ...place(13, 15), text: 'A walrus.', audience: 'all' },
        { op: 'reply', id: 'r5', on: 'c5', text: 'A narwhal.', audience: 'all' },
        { op: 'occurrence.open', id: 'o1', ...place(13, 15), claim, audience: 'all' },
      ),
    );
    await append(annotate(2, { op: 'delete', on: 'c5', audience: 'all' }));
    const writer = { memberships: [own('maria', 'writer')] };
    for (const [words, who] of [
      ['zebra', [true, false, true]],
      ['okapi', [true, false, true]],
      ['tapir', [true, true, true]],
      ['manatee', [false, false, true]],
      ['dugong', [true, true, false]],
      ['walrus', [false, false, false]],
      ['narwhal', [false, false, false]],
      ['quokka', [true, true, true]],
      ['counted', [true, true, true]],
      ['zebra heaven', [false, false, false]],
      ['tapir heaven', [true, true, true]],
    ] as [string, boolean[]][]) {
      await findsAlways(asked(ines, { words }), who[0] ? [id] : []);
      await findsAlways(asked(maria, { words, ...writer }), who[1] ? [id] : []);
      await findsAlways(asked(lee, { words }), who[2] ? [id] : []);
    }
    // The role of a membership decides, not that of the house, for as long as it lasts.
    const guest = { words: 'zebra', memberships: [own('ines', 'viewer')] };
    await findsAlways(asked(ines, guest), []);
    const ended = [{ ...own('maria', 'reviewer'), endsAt: at }];
    await findsAlways(asked(maria, { words: 'tapir', memberships: ended }), []);
  });

  it('[ST22] lists what a person may read by deadline, then by the newest change, page after page', async () => {
    const vera: Person = { id: 'vera', name: 'Vera', role: 'viewer', color: 1 };
    const maria: Person = { id: 'maria', name: 'Maria', role: 'writer', color: 1 };
    await subject.addPerson(maria);
    const all = [id];
    for (let i = 0; i < 12; i++)
      all.push(
        await another(
          { stage: i % 3 === 0 ? 'checking' : 'desk', ...(i === 5 ? { writerId: 'maria' } : {}) },
          `Number ${i} of many.`,
        ),
      );
    const pages = async (ask: ListAsked): Promise<string[][]> => {
      const pages: string[][] = [];
      for (let after: string | null = null; ;) {
        const page = await store.findArticles({ ...ask, limit: 5, after });
        pages.push(page.rows.map((row) => row.id));
        after = page.next;
        if (after === null) return pages;
      }
    };
    for (const words of ['', 'a headline']) {
      const listed = await pages(asked(ines, { words }));
      expect(listed.map((page) => page.length)).toEqual([5, 5, 3]);
      expect(listed.flat()).toEqual(await found(asked(ines, { words })));
      expect(listed.flat().toSorted()).toEqual(all.toSorted());
    }
    expect(await found(asked(ines, { stage: 'checking' }))).toHaveLength(4);
    expect(await found(asked(ines, { stage: 'checking', words: 'number' }))).toHaveLength(4);
    expect(await found(asked(ines, { only: [id, 'nothing'] }))).toEqual([id]);
    expect(await found(asked(vera))).toEqual([]);
    expect(await found(asked(maria))).toEqual([all[6]]);
    const member = { articleId: id, userId: 'vera', role: 'viewer' as const, endsAt: null };
    expect(await found(asked(vera, { memberships: [member] }))).toEqual([id]);
    const old = [{ ...member, endsAt: '2025-01-01T00:00:00.000Z' }];
    expect(await found(asked(vera, { memberships: old }))).toEqual([]);
    await append({ ...commit(1), at: '2026-06-01T00:00:00.000Z' });
    expect((await found(asked(ines)))[0]).toBe(id);
    expect(await found(asked(ines, { after: 'no place' }))).toHaveLength(13);
  });
}
