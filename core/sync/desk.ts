/** Passing an article on: the stages the desk works in, and what a hand-over says. Clearing and publishing go through the gate, not through here. */
import type { Stage } from '#core/sync/stage.ts';

/** The stages an article can be handed over to. */
export const workingStages = [
  'draft',
  'desk',
  'with-writer',
  'checking',
  'legal',
  'held',
] as const satisfies readonly Stage[];
export type WorkingStage = (typeof workingStages)[number];

/** One hand-over: from whom, to which stage and person, by when, and what is asked. Times are ISO 8601 in UTC. */
export interface HandOver {
  id: string;
  by: string;
  at: string;
  fromStage: Stage;
  stage: Stage;
  to: string | null;
  dueAt: string | null;
  note: string;
  rev: number;
}
