/** Who may see a note. One function answers for sockets, lists, counts and exports alike. */

/** `all`: everyone on the article. `desk`: the house's own desk roles. `legal`: legal and the desk's editors. Or named people. */
export type Audience = 'all' | 'desk' | 'legal' | { people: string[] };

/** The roles of the house; on screen `reviewer` reads "Copy editor". */
export const roles = [
  'viewer',
  'reviewer',
  'fact-checker',
  'writer',
  'legal',
  'editor',
  'admin',
] as const;
export type Role = (typeof roles)[number];

/** A person as a reader of annotations: who they are and what they are on this article. */
export interface Reader {
  id: string;
  role: Role;
}

const deskRoles: ReadonlySet<Role> = new Set([
  'reviewer',
  'fact-checker',
  'legal',
  'editor',
  'admin',
]);
const legalRoles: ReadonlySet<Role> = new Set(['legal', 'editor']);

/** True when the reader belongs to the audience. Named people see their notes whatever their role; an admin is not in by office. */
export function sees(reader: Reader, audience: Audience): boolean {
  if (audience === 'all') return true;
  if (audience === 'desk') return deskRoles.has(reader.role);
  if (audience === 'legal') return legalRoles.has(reader.role);
  return audience.people.includes(reader.id);
}
