/** What the routes about people answer, for both sides of the wire. Times are ISO 8601 in UTC. */
import type { Person } from '#core/annotate/annotation.ts';
import type { Role } from '#core/annotate/audience.ts';
import type { HandOver } from '#core/sync/desk.ts';

/** Somebody with an account, as administrators see them. */
export interface HousePerson extends Person {
  email: string;
  banned: boolean;
  /** To the minute; null when they have never signed in. */
  lastSeenAt: string | null;
}

/** An invitation that nobody has used yet. Its link was shown once and is not known any more. */
export interface PendingInvitation {
  id: string;
  email: string;
  role: Role;
  endsAt: string | null;
  expiresAt: string;
  /** The name of who made it. */
  by: string;
  article: { id: string; headline: string } | null;
  /** The hand-over they will see the article at. */
  pin: HandOver | null;
}

/** GET /api/people */
export interface HousePeople {
  people: HousePerson[];
  invitations: PendingInvitation[];
  /** Articles that only their own people read, so that an administrator can hand them on. */
  restricted: { id: string; headline: string }[];
}

/** A link that was just made. The token is told this once. */
export interface MadeLink {
  token: string;
  expiresAt: string;
}

/** Somebody who can open the article. */
export interface ArticlePerson {
  person: Person;
  /** What they are in this article. */
  role: Role;
  endsAt: string | null;
  /** A membership of the article, its writer, or the desk, which reads all that is not restricted. */
  by: 'membership' | 'writing' | 'desk';
  /** The hand-over they see the article at, and nothing later; null for the article as it is. */
  pin: HandOver | null;
}

/** GET /api/articles/:id/people */
export interface ArticlePeople {
  headline: string;
  restricted: boolean;
  people: ArticlePerson[];
  /** Everybody else of the house who could be added. */
  others: Person[];
  invitations: PendingInvitation[];
  /** What somebody can be pinned to, the newest first. */
  handOvers: HandOver[];
}

/** POST /api/join/look: what a link is for, before it is used. */
export interface InvitationLook {
  email: string;
  role: Role;
  /** The headline, when it is to one article. */
  article: string | null;
  endsAt: string | null;
  /** When the article stood as they will see it; null for the article as it is. */
  asOf: string | null;
  /** There is an account with this address: its owner signs in and accepts. */
  hasAccount: boolean;
  /** Who is signed in is the one who was invited. */
  isMe: boolean;
}

/** POST /api/join */
export interface JoinedHouse {
  articleId: string | null;
}

/** POST /api/reset/look */
export interface ResetLook {
  name: string;
  email: string;
}
