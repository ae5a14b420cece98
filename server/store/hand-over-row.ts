/** A hand-over as the database has it, and as everybody else knows it. */
import type { HandOver } from '#core/sync/desk.ts';
import type { Stage } from '#core/sync/stage.ts';
import type { HandOverModel } from '#server/store/generated/models.ts';

export const handOverOf = (row: HandOverModel): HandOver => ({
  id: row.id,
  by: row.userId,
  at: row.at.toISOString(),
  fromStage: row.fromStage as Stage,
  stage: row.stage as Stage,
  to: row.toUserId,
  dueAt: row.dueAt?.toISOString() ?? null,
  note: row.note,
  rev: row.rev,
});
