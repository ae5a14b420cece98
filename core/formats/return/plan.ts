/** Compares a file that came back with the article as it stands: the one function behind the preview and the writing. */
import type { ReturnedFile } from '#core/formats/docx/read-docx.ts';
import type { WayBack } from '#core/formats/docx/read-way-back.ts';
import { commentChanges } from '#core/formats/return/comments.ts';
import { planComments, type PlannedComment } from '#core/formats/return/plan-comments.ts';
import { planDecisions, planGroups, type Planned } from '#core/formats/return/plan-text.ts';
import { Since, type SinceMap } from '#core/formats/return/since.ts';
import { textChanges, type TextChanges } from '#core/formats/return/text-changes.ts';
import { digest } from '#core/sync/digest.ts';
import type { Review } from '#core/sync/review.ts';
import type { Node } from 'prosemirror-model';

/** What is compared. `sent` is the text of the base as it reads in a file of ours; `head` is what the reader may see. */
export interface ReturnAsked {
  file: ReturnedFile;
  wayBack: WayBack;
  base: Node;
  sent: Node;
  head: Review;
  maps: readonly SinceMap[];
  mayDecide: boolean;
  maySuggest: boolean;
}

/** Everything that came back. */
export interface Plan {
  changes: TextChanges;
  text: Planned[];
  decisions: Planned[];
  comments: PlannedComment[];
  hidden: number;
}

/** Makes the plan. */
export function planReturn(asked: ReturnAsked): Plan {
  const { file, wayBack, base, sent, head, maps, mayDecide, maySuggest } = asked;
  const { review } = file.imported;
  const changes = textChanges(base, sent, review.doc);
  const { id, rev } = wayBack.article;
  const keyOf = (...parts: string[]): string => {
    const where = parts[0] === 'change' ? rev : 0;
    return `back-${digest(JSON.stringify([id, where, ...parts]))}`;
  };
  const context = {
    head,
    since: new Since(head.doc, maps),
    keyOf,
    author: (by: string) => review.people.get(by)?.name ?? '',
    at: (source: string) => review.suggestions.get(source)?.at ?? '',
    mayDecide,
    maySuggest,
  };
  const said = planComments(commentChanges(file, wayBack), context);
  return {
    changes,
    text: planGroups(changes, context),
    decisions: planDecisions(changes, context),
    comments: said.planned,
    hidden: said.hidden,
  };
}
