/** A review brought back as it was: what of its names the house has already, and what those things are called here instead. */
import type { Person } from '#core/annotate/annotation.ts';
import type { KeptAccount } from '#core/formats/import/about.ts';
import { keptAs, type KeptFile } from '#core/formats/import/kept-file.ts';
import { inQuotes } from '#core/formats/warning.ts';
import { mayKeepFiles, mayManagePeople } from '#core/sync/policy.ts';
import type { Context } from '#server/context.ts';
import { seenClaims, sha256 } from '#server/library/settle-file.ts';

const settingKey = 'kept-articles';

async function keptBefore({ store }: Context): Promise<string[]> {
  return JSON.parse((await store.setting(settingKey)) ?? '[]') as string[];
}

/** Remembers that an article was brought back and not written here. */
export async function rememberKept(context: Context, articleId: string): Promise<void> {
  const known = await keptBefore(context);
  await context.store.putSetting(settingKey, JSON.stringify([...known, articleId]));
}

/** True for those who may have a file speak for the people it names: an administrator, who could be any of them, and the
 *  editors of a house in which nobody has yet said anything. */
export async function mayKeep(context: Context, by: Person): Promise<boolean> {
  if (mayManagePeople(by.role)) return true;
  if (!mayKeepFiles(by.role)) return false;
  const kept = new Set(await keptBefore(context));
  return (await context.store.listArticles()).every(({ id, rev }) => rev === 0 || kept.has(id));
}

/** A file as the house will have it. */
export interface SettledKept extends KeptFile {
  account: KeptAccount;
}

const same = (a: unknown, b: unknown): boolean =>
  JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
    : value;

/** Finds what is taken and gives it other names. `by` will see every claim that is shared. */
export async function settleKept(
  context: Context,
  by: Person,
  file: KeptFile,
): Promise<SettledKept> {
  const { review, facts } = file;
  const { article } = review;
  const said: string[] = [];
  const other = (what: string, id: string): string =>
    sha256([what, article.id, id].join('\n')).slice(0, 40);

  const house = new Map((await context.store.people()).map((one) => [one.id, one]));
  const people = new Map<string, string>();
  let linked = 0;
  for (const { id, name } of review.people.values()) {
    const known = house.get(id);
    if (!known) continue;
    if (known.name === name) linked += 1;
    else {
      people.set(id, `imported-${other('person', id).slice(0, 20)}`);
      said.push(
        `${inQuotes(name)} of the file is not ${inQuotes(known.name)} of this house and stands under another id.`,
      );
    }
  }

  const isHere = (await context.store.article(article.id)) !== null;
  const articleId = isHere ? context.newId() : article.id;
  if (isHere)
    said.push(
      'The article is in this house already; this is a second one beside it, with an id of its own.',
    );

  const taken = await context.claims.taken({
    claims: facts.claims.map(({ claim }) => claim.id),
    sources: facts.sources.map(({ id }) => id),
    citations: facts.claims.flatMap(({ citations }) => citations.map(({ id }) => id)),
    checks: facts.claims.flatMap(({ checks }) => checks.map(({ id }) => id)),
  });
  const renamed = {
    claim: new Set<string>(),
    source: new Set<string>(),
    citation: new Set<string>(),
    check: new Set(taken.checks),
  };
  for (const source of facts.sources) {
    const known = taken.sources.get(source.id);
    if (known && !same(known, source)) renamed.source.add(source.id);
  }
  let shared = 0;
  const seen = await seenClaims(context, by, [...taken.claims.keys()]);
  for (const { claim, citations } of facts.claims) {
    const known = taken.claims.get(claim.id);
    const { version: _mine, ...mine } = claim;
    const { version: _here, ...here } = known ?? claim;
    const isShared = known !== undefined && same(mine, here) && seen.has(claim.id);
    if (known && !isShared) renamed.claim.add(claim.id);
    if (isShared) shared += 1;
    for (const citation of citations) {
      const there = taken.citations.get(citation.id);
      const isSame = isShared && there && same(there, { ...citation, claimId: claim.id });
      if (there && !(isSame && !renamed.source.has(citation.sourceId)))
        renamed.citation.add(citation.id);
    }
  }
  const told = (count: number, one: string, many: string): void => {
    if (count > 0)
      said.push(
        `${count === 1 ? `${one} has` : `${count} ${many} have`} the id of another in this house and stand${count === 1 ? 's' : ''} under a new one.`,
      );
  };
  told(renamed.claim.size, 'A claim', 'claims');
  told(renamed.source.size, 'A source', 'sources');
  told(renamed.citation.size, 'A citation', 'citations');
  told(renamed.check.size, 'A verdict', 'verdicts');
  if (shared > 0)
    said.push(
      `${shared === 1 ? 'A claim is' : `${shared} claims are`} here already and shared with the article that has it.`,
    );

  const named = (what: keyof typeof renamed) => (id: string) =>
    renamed[what].has(id) ? `file-${other(`${what} ${articleId}`, id)}` : id;
  const kept = keptAs(file, {
    articleId,
    person: (id) => people.get(id) ?? id,
    personName: (id, name) => (people.has(id) ? `${name} (from a file)` : name),
    occurrence: (id) => (isHere ? `file-${other(`occurrence ${articleId}`, id)}` : id),
    claim: named('claim'),
    source: named('source'),
    citation: named('citation'),
    check: named('check'),
  });
  return {
    ...kept,
    account: { rev: review.rev, people: review.people.size, linked, changes: said },
  };
}
