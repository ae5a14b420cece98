/** The four people of the demo. They have no passwords: whoever opens the demo picks one. */
import type { Person } from '#core/annotate/annotation.ts';
import type { Context } from '#server/context.ts';

export const demoPeople: readonly (Person & { email: string; what: string })[] = [
  {
    id: 'demo-ines-moreau',
    name: 'Ines Moreau',
    role: 'reviewer',
    color: 0,
    email: 'ines.moreau@demo.invalid',
    what: 'Copy editor',
  },
  {
    id: 'demo-sana-rafiq',
    name: 'Sana Rafiq',
    role: 'fact-checker',
    color: 1,
    email: 'sana.rafiq@demo.invalid',
    what: 'Fact-checker',
  },
  {
    id: 'demo-tom-whelan',
    name: 'Tom Whelan',
    role: 'editor',
    color: 2,
    email: 'tom.whelan@demo.invalid',
    what: 'Editor',
  },
  {
    id: 'demo-maria-amjad',
    name: 'Maria Amjad',
    role: 'writer',
    color: 3,
    email: 'maria.amjad@demo.invalid',
    what: 'Writer',
  },
];

const writerId = 'demo-maria-amjad';
/** How the headline of the article begins that the demo's writer wrote. */
const ownHeadline = 'USA and Pakistan are at loggerheads';

/** Puts the people in place, and the writer beside her article. Harmless when they are there. */
export async function seedDemo({ accounts, store }: Context): Promise<void> {
  await accounts.seed(demoPeople.map(({ what: _none, ...person }) => person));
  const own = (await store.listArticles()).find((one) => one.headline.startsWith(ownHeadline));
  if (!own || own.writerId !== undefined) return;
  await accounts.setWriter(own.id, writerId);
  await store.putMembership({ articleId: own.id, userId: writerId, role: 'writer', endsAt: null });
}
