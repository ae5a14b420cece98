// Suggest-only is kept on every way into the log. The ways are read from the sources: a new one fails the test until it has its row,
// with what was planted on it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Node } from 'prosemirror-model';
import {
  AddMarkStep,
  AttrStep,
  RemoveMarkStep,
  ReplaceStep,
  type Step,
} from 'prosemirror-transform';
import { Fragment, Slice } from 'prosemirror-model';
import { schema } from '#core/article/schema.ts';
import { BlockStep } from '#core/suggest/block-step.ts';
import { deletionMark, insertionMark } from '#core/suggest/entries.ts';
import { MarkStep } from '#core/suggest/mark-step.ts';
import { PieceStep } from '#core/suggest/piece-step.ts';
import { original, without } from '#core/suggest/project.ts';
import { edited, plainReplace } from '#tests/formats/return/word-edits.ts';
import { routes } from '#tests/server/audience-routes.ts';
import { liveServer, type LiveServer, type Tab } from '#tests/server/live-server.ts';
import { at, replace, suggest } from '#tests/suggest/build.ts';

const root = new URL('../..', import.meta.url).pathname;

function sources(room: string): [path: string, text: string][] {
  return readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.includes('generated'))
    .map((path) => [`${room}/${path}`, readFileSync(join(root, room, path), 'utf8')]);
}

/** The files of a room in whose code a sign stands. */
const filesWith = (room: string, sign: RegExp): string[] =>
  sources(room)
    .filter(([, text]) => sign.test(text.replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, '')))
    .map(([path]) => path)
    .toSorted();

describe('the ways into the log', () => {
  const doors: [what: string, room: string, sign: RegExp, files: string[]][] = [
    [
      'write rows of the log',
      'server',
      /INSERT INTO "Commit"|\.commit\.(create|update|upsert|delete)/,
      ['server/store/append.ts'],
    ],
    [
      'copy whole tables, before the server runs',
      'server',
      /OVERRIDING SYSTEM VALUE/,
      ['server/backup/load.ts'],
    ],
    [
      'ask the store to append',
      'server',
      /\bstore\.append\(|\['append'\]/,
      ['server/review/room.ts'],
    ],
    [
      'save the state the log is replayed from',
      'server',
      /\bstore\.saveSnapshot\(/,
      ['server/review/room.ts'],
    ],
    [
      'make an article, with a state of its own',
      'server',
      /\bstore\.createArticle\(/,
      ['server/library/import.ts'],
    ],
    [
      'hand a commit to the room',
      'server',
      /\broom\.commit\b|\.room\[|\bRoom\.prototype/,
      [
        // Decided in a demo of its own, by people the demo made, through the same room.
        'server/demo/seed.ts',
        'server/history/change.ts',
        'server/library/return-write.ts',
        'server/realtime/events.ts',
        'server/review/elsewhere.ts',
      ],
    ],
    ['make a room', 'server', /\bnew Room\(/, ['server/review/rooms.ts']],
    ['judge a commit', 'server', /\bprepare\(head/, ['server/review/room.ts']],
    // Typing, undo and redo, find and replace, what comes back from offline, moves between articles: all go out here.
    ['send a commit from the browser', 'web', /'article:commit'/, ['web/session/connection.ts']],
  ];

  it.each(doors)('[GD5] those that %s are known', (_what, room, sign, files) => {
    expect(filesWith(room, sign)).toEqual(files);
  });

  it('[GD5] a way that is not known is found', () => {
    const [, , sign] = doors.find(([what]) => what.startsWith('hand a commit')) ?? [];
    expect(sign?.test('const done = await room.commit(asked, standing);')).toBe(true);
    expect(sign?.test('  seat.hall.room.commit(asked);')).toBe(true);
  });
});

describe('on each way', () => {
  let live: LiveServer;
  let article: string;
  let tom: string;
  let tomsTab: Tab;
  /** Roles that only suggest on the desk. */
  const roles = ['reviewer', 'fact-checker', 'legal', 'writer'] as const;
  const people = new Map<string, string>();
  const ofTom = 't1';

  beforeAll(async () => {
    live = await liveServer();
    article = await live.article();
    tom = await live.person('Tom', 'editor');
    for (const role of roles) {
      people.set(role, await live.person('Ines', role));
      await live.member(article, people.get(role) ?? '', role);
    }
    tomsTab = await live.tab(tom);
    await tomsTab.join(article);
    const { steps } = suggest(await head(), tom, ofTom, replace('heaven', 'haven'));
    const ops = [{ op: 'suggestion.open', id: ofTom, reason: '', category: '' }];
    const answer = await tomsTab.commit(article, { intent: 'suggest', steps: json(steps), ops });
    expect(answer).toMatchObject({ ok: true });
  });
  afterAll(() => live.end());

  const json = (steps: readonly Step[]): unknown[] => steps.map((step) => step.toJSON() as unknown);
  async function head(id = article): Promise<Node> {
    const room = await live.context.rooms.room(id);
    if (!room) throw new Error('There is no such article.');
    return room.review.doc;
  }
  const rev = async (): Promise<number> =>
    (await live.context.rooms.room(article))?.review.rev ?? -1;

  /** What nobody who only suggests may do, in the name of `by`. */
  function planted(doc: Node, by: string): [what: string, steps: Step[]][] {
    const inline = (...nodes: Node[]) => new Slice(Fragment.fromArray(nodes), 0, 0);
    const put = (pos: number, ...nodes: Node[]) =>
      new PieceStep(by, [{ k: '+', pos, slice: inline(...nodes) }]);
    const word = at(doc, 'heaven');
    const second = at(doc, 'A second');
    const strike = (who: string, id: string) =>
      new MarkStep(who, [{ from: second, to: second + 3, what: { t: 'strike', id } }]);
    return [
      ['types outright', [new ReplaceStep(second, second, inline(schema.text('x')))]],
      ['deletes outright', [new ReplaceStep(second, second + 2, Slice.empty)]],
      ['makes bold outright', [new AddMarkStep(second, second + 2, schema.mark('strong'))]],
      ['takes off a strike', [new RemoveMarkStep(word, word + 6, deletionMark(ofTom, tom))]],
      ['sets an attribute', [new AttrStep(second - 1, 'style', 'quote')]],
      ['strikes in another name', [strike(tom, 'own')]],
      ['strikes with the id of another', [strike(by, ofTom)]],
      [
        'takes original text out',
        [new PieceStep(by, [{ k: 'i', from: second, to: second + 2, id: 'own' }])],
      ],
      [
        'takes the words of another out',
        [new PieceStep(by, [{ k: 'i', from: word + 6, to: word + 11, id: ofTom }])],
      ],
      ['joins paragraphs outright', [new PieceStep(by, [{ k: 'b', pos: second - 1, id: 'own' }])]],
      ['puts in words that are nobody’s', [put(second, schema.text('x'))]],
      ['puts in words of another', [put(second, schema.text('x', [insertionMark(ofTom, tom)]))]],
      [
        'sets marks',
        [new MarkStep(by, [{ from: word, to: word + 6, what: { t: 'set', marks: [] } }])],
      ],
      [
        'sets a block',
        [
          new BlockStep(by, second - 1, {
            t: 'set',
            shape: { style: 'quote', list: null },
            sugg: [],
          }),
        ],
      ],
    ];
  }
  const opening = { op: 'suggestion.open', id: 'own', reason: '', category: '' };
  /** Carried over a decision, these are honest: they become suggestions. */
  const adapted = new Set(['takes original text out', 'joins paragraphs outright']);

  for (const role of roles)
    it(`[GD6] a ${role} changes, breaks and forges nothing over the socket, whatever the intent and however old the base`, async () => {
      const by = people.get(role) ?? '';
      const tab = await live.tab(by);
      await tab.join(article);
      const intents = ['edit', 'suggest', 'undo', 'annotate', 'decide'];
      const before = await head();
      const now = await rev();
      const wrong = planted(before, by);
      for (const [what, steps] of wrong.filter(([what]) => !adapted.has(what)))
        for (const intent of intents)
          for (const ops of [[], [opening]]) {
            const asked = { intent, base: now, steps: json(steps), ops };
            expect((await tab.commit(article, asked)).ok, `${what}, ${intent}`).toBe(false);
          }
      expect((await head()).eq(before)).toBe(true);
      expect(await rev()).toBe(now);
      // From an old base a step may find nothing to do, and what takes out one's own words that are original by now becomes
      // the suggestion that it should have been; never more.
      for (const [what, steps] of wrong)
        for (const intent of intents) {
          const base = adapted.has(what) ? await rev() : now - 1;
          await tab.commit(article, { intent, base, steps: json(steps), ops: [opening] });
          const after = await head();
          expect(original(after).eq(original(before)), `${what}, ${intent}`).toBe(true);
          expect(without(after, by).eq(without(before, by)), `${what}, ${intent}`).toBe(true);
        }
    });

  it('[GD6] the planted steps fit: an editor may do outright what is refused to others', async () => {
    const id = await live.article();
    const tab = await live.tab(tom);
    await tab.join(id);
    const doc = await head(id);
    const second = at(doc, 'A second');
    const steps = json([new ReplaceStep(second, second + 2, Slice.empty)]);
    expect(await tab.commit(id, { intent: 'edit', steps })).toMatchObject({ ok: true });
  });

  it('[GD6] no route of the server changes a word for who only suggests', async () => {
    for (const role of ['reviewer', 'writer'] as const) {
      const by = people.get(role) ?? '';
      const before = await head();
      const cookie = await live.cookie(by);
      const about = {
        article,
        other: article,
        person: tom,
        rev: await rev(),
        word: 'heaven',
        copy: new Uint8Array(),
        parcel: 'none',
      };
      for (const [name, row] of Object.entries(routes)) {
        // Passing on changes what people may do, never the text; it is tried below.
        if (name.startsWith('GET') || name.endsWith('/hand-over') || name.endsWith('sign-out'))
          continue;
        for (const [method, path, body] of row(about).slice(0, 4)) {
          const isText = typeof body === 'string' || body instanceof Uint8Array;
          const type = isText ? 'text/plain' : 'application/json';
          const sent = (isText ? body : JSON.stringify(body ?? {})) as string;
          if (method === 'GET' || method === 'HEAD') continue;
          const headers = { 'content-type': type };
          await live.ask(path, { method, cookie, headers, body: sent });
        }
      }
      const after = await head();
      expect(after.eq(before), role).toBe(true);
    }
  });

  it('[GD6] a file that comes back changed with tracking off brings suggestions in the name of who brings it, no more', async () => {
    const by = people.get('reviewer') ?? '';
    const cookie = await live.cookie(by);
    const copy = await live.ask(`/api/articles/${article}/export?format=docx&view=marked`, {
      cookie,
    });
    const bytes = edited(
      new Uint8Array(await copy.arrayBuffer()),
      plainReplace('last year', 'in May'),
    );
    const before = await head();
    const answer = await live.ask('/api/return', {
      cookie,
      json: { base64: Buffer.from(bytes).toString('base64'), article },
    });
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as { written: number }).written).toBeGreaterThan(0);
    const after = await head();
    expect(after.textContent).toContain('in May');
    expect(original(after).eq(original(before))).toBe(true);
    expect(without(after, by).eq(without(before, by))).toBe(true);
  });

  it('[GD6] a file with the whole review makes an article of its own and leaves the old one as it is', async () => {
    const by = people.get('reviewer') ?? '';
    const cookie = await live.cookie(by);
    const copy = await live.ask(`/api/articles/${article}/export?format=json`, { cookie });
    const before = await head();
    const answer = await live.ask('/api/import?name=review.json', {
      method: 'POST',
      cookie,
      body: await copy.text(),
    });
    expect(answer.status).toBe(201);
    expect(((await answer.json()) as { id: string }).id).not.toBe(article);
    expect((await head()).eq(before)).toBe(true);
  });

  it('[GD6] who edited a draft only suggests once it is passed on, with what they send afterwards too', async () => {
    const id = await live.article();
    const by = people.get('writer') ?? '';
    await live.member(id, by, 'writer');
    await live.context.store.setStage(id, 'draft');
    live.context.standings.forget();
    const tab = await live.tab(by);
    await tab.join(id);
    const typed = async (): Promise<unknown> => {
      const second = at(await head(id), 'second');
      const steps = json([
        new ReplaceStep(second, second, new Slice(Fragment.from(schema.text('x ')), 0, 0)),
      ]);
      return tab.commit(id, { intent: 'edit', base: 0, steps });
    };
    expect(await typed()).toMatchObject({ ok: true });
    const answer = await live.ask(`/api/articles/${id}/hand-over`, {
      cookie: await live.cookie(by),
      json: { stage: 'desk', to: null, dueAt: null, note: '' },
    });
    expect(answer.status).toBe(201);
    expect(await typed()).toMatchObject({ ok: false, code: 'SUGGEST_ONLY' });
  });

  it('[GD6] late words of a suggestion that is decided come as a suggestion of their own, never into the text', async () => {
    const by = people.get('reviewer') ?? '';
    const tab = await live.tab(by);
    await tab.join(article);
    const doc = await head();
    const base = await rev();
    const { steps } = suggest(doc, by, 'late', replace('long', 'very long'));
    const ops = [{ ...opening, id: 'late' }];
    const first = await tab.commit(article, { intent: 'suggest', base, steps: json(steps), ops });
    expect(first).toMatchObject({ ok: true });
    const shown = await head();
    const at1 = await rev();
    const decide = {
      intent: 'decide',
      base: at1,
      ops: [{ op: 'decide', ids: ['late'], verdict: 'accept' }],
    };
    expect(await tomsTab.commit(article, decide)).toMatchObject({ ok: true });
    const before = original(await head());
    const pos = at(shown, 'very long');
    const more = new PieceStep(by, [
      {
        k: '+',
        pos,
        slice: new Slice(Fragment.from(schema.text('very ', [insertionMark('late', by)])), 0, 0),
      },
    ]);
    await tab.commit(article, { intent: 'suggest', base: at1, steps: json([more]), ops: [] });
    expect(original(await head()).eq(before)).toBe(true);
  });
});
