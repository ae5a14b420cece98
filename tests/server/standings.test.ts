// What it costs to know who everybody is to an article.
import { expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { Standings } from '#server/auth/standing.ts';
import { MemoryStore } from '#server/store/memory.ts';

class CountingStore extends MemoryStore {
  questions = 0;

  override peopleOf(ids: readonly string[]): ReturnType<MemoryStore['peopleOf']> {
    this.questions++;
    return super.peopleOf(ids);
  }

  override article(id: string): ReturnType<MemoryStore['article']> {
    this.questions++;
    return super.article(id);
  }

  override membershipsIn(id: string): ReturnType<MemoryStore['membershipsIn']> {
    this.questions++;
    return super.membershipsIn(id);
  }
}

it('[RT6] a room full of writers costs a few questions every two seconds, and a changed right is known after them', async () => {
  const store = new CountingStore();
  const doc = schema.node('doc', null, [schema.node('headline'), schema.node('block')]);
  const info = { id: 'a1', language: 'en', stage: 'desk' as const };
  const at = '2026-01-01T00:00:00.000Z';
  await store.createArticle({ info, doc, importFlags: [], createdBy: 'x', at });
  const ids = Array.from({ length: 50 }, (_, n) => `writer-${n}`);
  for (const id of ids) store.addPerson({ id, name: id, role: 'reviewer', color: 0 });
  let now = Date.parse(at);
  const standings = new Standings(store, () => new Date(now).toISOString());
  const round = async (): Promise<void> => {
    for (const id of ids) {
      now += 10;
      expect(await standings.of(id, 'a1')).toMatchObject({ userId: id, role: 'reviewer' });
    }
  };
  await round();
  await round();
  await round();
  await round();
  await round();
  store.questions = 0;
  // Ten seconds of writing.
  for (let n = 0; n < 20; n++) await round();
  expect(store.questions).toBeLessThanOrEqual(5 * 3 + 3);
  expect(await standings.of('nobody', 'a1')).toBeNull();
  expect(await standings.of('writer-0', 'elsewhere')).toBeNull();
  await store.putMembership({ articleId: 'a1', userId: 'writer-0', role: 'viewer', endsAt: null });
  store.addPerson({ id: 'writer-1', name: 'One', role: 'editor', color: 0 });
  now += 2001;
  expect(await standings.of('writer-0', 'a1')).toMatchObject({ role: 'viewer', member: true });
  expect(await standings.of('writer-1', 'a1')).toMatchObject({ role: 'editor' });
});

it('[RT6] who was let in a moment ago is not turned away by what is remembered', async () => {
  const store = new CountingStore();
  const doc = schema.node('doc', null, [schema.node('headline'), schema.node('block')]);
  const info = { id: 'a1', language: 'en', stage: 'desk' as const };
  const at = '2026-01-01T00:00:00.000Z';
  await store.createArticle({ info, doc, importFlags: [], createdBy: 'x', at });
  store.addPerson({ id: 'ines', name: 'Ines', role: 'reviewer', color: 0 });
  const standings = new Standings(store, () => at);
  expect(await standings.of('ines', 'a1')).toMatchObject({ role: 'reviewer' });
  expect(await standings.of('maria', 'a1')).toBeNull();
  store.addPerson({ id: 'maria', name: 'Maria', role: 'viewer', color: 0 });
  expect(await standings.of('maria', 'a1')).toMatchObject({ member: false });
  await store.putMembership({ articleId: 'a1', userId: 'maria', role: 'writer', endsAt: null });
  expect(await standings.of('maria', 'a1')).toMatchObject({ member: true, role: 'writer' });
});
