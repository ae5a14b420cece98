/** Where an article stands in the house. Labels are the house's; these codes are fixed. */
export const stages = [
  'draft',
  'desk',
  'with-writer',
  'checking',
  'legal',
  'cleared',
  'published',
  'corrected',
  'held',
  'killed',
] as const;
export type Stage = (typeof stages)[number];
