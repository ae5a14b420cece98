/** People who are known from a file alone. Nobody can prove to be one of them: they have no account, and no mail reaches
 *  their addresses; they are names beside notes, not people of the house. */

const domain = '@imported.invalid';

/** The address of a person by the id; the top-level domain is one that never exists. */
export const importedAddress = (id: string): string => `${id}${domain}`;

/** The condition for people of the house. */
export const ofTheHouse = { NOT: { email: { endsWith: domain } } };

const fileRole = 'file:';

/** How the role of such a person is kept: as a word that gives no right, since no role of the house is called so. */
export const roleInFile = (role: string): string =>
  role === 'viewer' ? role : `${fileRole}${role}`;

/** The role that stands beside a name in copies. */
export const shownRole = (role: string): string =>
  role.startsWith(fileRole) ? role.slice(fileRole.length) : role;
