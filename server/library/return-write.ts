/** Writes what was chosen of a file that came back: suggestions and comments by those who made them, decisions by whoever
 *  brings it. Each commit goes through the room and its rules; what is refused alone holds nothing else up. */
import type { Person } from '#core/annotate/annotation.ts';
import type { AskedOp } from '#core/annotate/op.ts';
import { personNamed } from '#core/formats/import/person.ts';
import { bringSuggestions, commentOp, noteOp, Places } from '#core/formats/return/bring.ts';
import type { Planned } from '#core/formats/return/plan-text.ts';
import type { ReturnChoice, ReturnDone } from '#core/formats/return/return-plan.ts';
import { Since, type SinceMap } from '#core/formats/return/since.ts';
import type { AskedCommit, StepJson } from '#core/sync/commit.ts';
import { refusal } from '#core/sync/error.ts';
import { may, type Standing } from '#core/sync/policy.ts';
import type { Context } from '#server/context.ts';
import {
  commitsSince,
  mapsOf,
  readBack,
  type AskedReturn,
  type Returned,
} from '#server/library/return.ts';
import { keepPictures } from '#server/library/return-pictures.ts';
import { sha256 } from '#server/library/settle-file.ts';

/** What was chosen, by the keys of the items; for the others what the plan says. */
export interface ReturnChoices {
  choices: Readonly<Record<string, ReturnChoice>>;
  audience?: 'all' | 'desk' | undefined;
}

/** As many suggestions go into one commit. */
const most = 40;

/** One file being written. */
class Writing {
  readonly refused: ReturnDone['refused'] = [];
  written = 0;
  private readonly context: Context;
  private readonly back: Returned;
  private readonly maps: SinceMap[] = [];
  private rev: number;
  private seq = 0;
  private readonly clientId: string;
  private readonly own = new Set<string>();

  constructor(context: Context, back: Returned) {
    this.context = context;
    this.back = back;
    this.rev = back.base.rev;
    this.clientId = `return-${context.newId()}`;
  }

  /** The way from the base to the head as it is at this moment; nothing is waited for between this and a commit. */
  async since(): Promise<Since> {
    const { room } = this.back;
    while (this.rev < room.review.rev) {
      const upTo = room.review.rev;
      const commits = await commitsSince(this.context, room.articleId, this.rev, upTo);
      for (const commit of commits)
        for (const map of mapsOf(commit))
          this.maps.push({ map, own: commit.clientId === this.clientId });
      this.rev = upTo;
    }
    return new Since(room.review.doc, this.maps, this.own);
  }

  /** Commits as a person. Gives why not, or null. */
  async commit(
    asked: Pick<AskedCommit, 'intent' | 'steps' | 'ops'>,
    userId: string,
  ): Promise<string | null> {
    const { room, standing } = this.back;
    const actor: Standing = { ...standing, userId };
    this.seq += 1;
    const { clientId, seq } = this;
    const answer = await room.commit({ ...asked, clientId, seq, base: room.review.rev }, actor);
    return answer.ok ? null : answer.message;
  }

  /** Suggestions by one person: together, and one by one where that is refused. */
  async suggest(planned: readonly Planned[], by: string): Promise<void> {
    for (let at = 0; at < planned.length; at += most) {
      const some = planned.slice(at, at + most);
      if (!(await this.suggestSome(some, by)))
        for (const one of some) await this.suggestSome([one], by, true);
    }
  }

  private async suggestSome(
    planned: readonly Planned[],
    by: string,
    alone = false,
  ): Promise<boolean> {
    const since = await this.since();
    const { room, changes } = this.back;
    const made = bringSuggestions(planned, { head: room.review.doc, since, changes, by });
    for (const key of made.failed) this.refuse(key, refusal('STEP_DOES_NOT_FIT').message);
    if (made.keys.length === 0) return true;
    const steps = made.steps.map((step) => step.toJSON() as StepJson);
    const why = await this.commit({ intent: 'suggest', steps, ops: made.ops }, by);
    if (why !== null && !alone) {
      for (const key of made.failed) this.forget(key);
      return false;
    }
    if (why === null) {
      this.written += made.keys.length;
      for (const key of made.keys) this.own.add(key);
    } else for (const key of made.keys) this.refuse(key, why);
    return true;
  }

  refuse(key: string, why: string): void {
    if (!this.refused.some((one) => one.key === key)) this.refused.push({ key, why });
  }

  /** True for a change that could not be suggested: its words must not go with it. */
  hasRefused(key: string): boolean {
    return this.refused.some((one) => one.key === key);
  }

  private forget(key: string): void {
    const at = this.refused.findIndex((one) => one.key === key);
    if (at >= 0) this.refused.splice(at, 1);
  }

  async places(): Promise<Places> {
    const since = await this.since();
    const { room, changes, plan } = this.back;
    return new Places(room.review.doc, since, changes, plan.text);
  }

  /** One operation, as a person. */
  async annotate(key: string, op: AskedOp | null, by: string): Promise<void> {
    if (!op) return this.refuse(key, refusal('BAD_RANGE').message);
    const why = await this.commit({ intent: 'annotate', steps: [], ops: [op] }, by);
    if (why === null) this.written += 1;
    else this.refuse(key, why);
  }

  async decide(planned: readonly Planned[], verdict: 'accept' | 'reject'): Promise<void> {
    for (const { item, on } of planned) {
      if (item.verdict !== verdict) continue;
      const op: AskedOp = { op: 'decide', ids: [on], verdict };
      const { userId } = this.back.standing;
      const why = await this.commit({ intent: 'decide', steps: [], ops: [op] }, userId);
      if (why === null) this.written += 1;
      else this.refuse(item.key, why);
    }
  }
}

/** The ids of the people of the file: the person's own name is theirs, any other that of somebody known from a file. */
async function peopleOf(
  context: Context,
  person: Person,
  names: Iterable<string>,
): Promise<Map<string, string>> {
  const house = new Set(
    (await context.store.people())
      .filter(({ id }) => !id.startsWith('imported-'))
      .map(({ name }) => name.toLowerCase()),
  );
  const ids = new Map<string, string>();
  const made = new Map<string, Person>();
  for (const name of names) {
    if (name === person.name) {
      ids.set(name, person.id);
      continue;
    }
    const one = personNamed(name, sha256, (known) =>
      house.has(known.toLowerCase()) ? `${known} (from a file)` : known,
    );
    ids.set(name, one.id);
    made.set(one.id, one);
  }
  await context.people.addNames([...made.values()]);
  return ids;
}

/** Brings a file back as chosen. */
export async function bringBack(
  context: Context,
  person: Person,
  asked: AskedReturn & ReturnChoices,
): Promise<ReturnDone> {
  const back = await readBack(context, person, asked);
  const { plan, room, standing } = back;
  const chosen = (planned: Planned, choice: ReturnChoice): boolean => {
    const { key, choices, choice: usual } = planned.item;
    const wanted = asked.choices[key];
    return (wanted !== undefined && choices.includes(wanted) ? wanted : usual) === choice;
  };
  const all = [...plan.text, ...plan.decisions, ...plan.comments];
  const isBrought = (planned: Planned): boolean => chosen(planned, 'bring');
  const authors = all.filter(isBrought).map(({ item }) => item);
  const ids = await peopleOf(
    context,
    person,
    new Set(authors.filter(({ tracked }) => tracked).map(({ author }) => author)),
  );
  const idOf = ({ item }: Planned): string =>
    item.tracked ? (ids.get(item.author) ?? person.id) : person.id;
  const writing = new Writing(context, back);
  const audience = asked.audience ?? (may(standing, 'markFact') ? 'desk' : 'all');

  const text: Planned[] = [];
  for (const one of plan.text.filter(isBrought)) {
    const why = one.group && (await keepPictures(context, person, back, one.group));
    if (why === null) text.push(one);
    else writing.refuse(one.item.key, why);
  }
  for (const by of new Set(text.map(idOf)))
    await writing.suggest(
      text.filter((one) => idOf(one) === by),
      by,
    );
  const decisions = plan.decisions.filter(isBrought);
  await writing.decide(decisions, 'accept');
  await writing.decide(decisions, 'reject');
  for (const one of plan.comments.filter(isBrought)) {
    const { item, on } = one;
    if (item.kind === 'resolve' || item.kind === 'reopen')
      await writing.annotate(item.key, { op: item.kind, on }, person.id);
    else
      await writing.annotate(item.key, commentOp(one, await writing.places(), audience), idOf(one));
  }
  for (const one of all)
    if (chosen(one, 'note') || (one.group && writing.hasRefused(one.item.key)))
      await writing.annotate(
        one.item.key,
        noteOp(one, await writing.places(), audience),
        person.id,
      );
  await context.store.audit({
    at: context.now(),
    userId: person.id,
    action: 'article.return',
    articleId: room.articleId,
    detail: { base: back.base.rev, rev: room.review.rev, written: writing.written },
  });
  return {
    articleId: room.articleId,
    rev: room.review.rev,
    written: writing.written,
    refused: writing.refused,
  };
}
