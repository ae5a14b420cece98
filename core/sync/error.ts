/** Every refusal in one table: a code for programs, a sentence for people, an HTTP status, and whether trying again can help. */

const table = {
  BAD_REQUEST: [400, false, 'This request could not be read.'],
  BAD_MESSAGE: [400, false, 'This message is not one Galley understands.'],
  NOT_SIGNED_IN: [401, false, 'Sign in to go on.'],
  FORBIDDEN: [403, false, 'You do not have the right to do this.'],
  WRONG_ADDRESS: [
    403,
    false,
    'Galley is open at another address than this one. Use the address it printed when it started, or set PUBLIC_URL.',
  ],
  READ_ONLY: [403, false, 'You can read this article but not change it. Ask an editor for access.'],
  SUGGEST_ONLY: [403, false, 'You can suggest changes to this article but not change its text.'],
  FORGED_AUTHOR: [403, false, 'A change can only carry your own name.'],
  NOT_FOUND: [404, false, 'There is nothing at this address.'],
  ARTICLE_UNKNOWN: [404, false, 'This article does not exist, or you have no access to it.'],
  NOTE_UNKNOWN: [404, false, 'This note does not exist any more.'],
  LINK_EXPIRED: [410, false, 'This link has expired or was used already. Ask for a new one.'],
  TOO_MANY_TRIES: [429, true, 'Too many tries. Wait a quarter of an hour and try again.'],
  ALREADY_HERE: [
    409,
    false,
    'There is an account with this e-mail address already. Choose that person from the list.',
  ],
  LAST_ADMIN: [409, false, 'The house needs an administrator. Make somebody else one first.'],
  ALREADY_DECIDED: [409, false, 'This suggestion has already been decided.'],
  CANNOT_UNDECIDE: [409, false, 'The text has changed too much to take this decision back.'],
  STEP_DOES_NOT_FIT: [422, false, 'This change does not fit the article.'],
  BREAKS_OTHERS: [
    422,
    false,
    'This change would touch the text or the suggestions of other people.',
  ],
  CHECKER_IS_WRITER: [403, false, 'The writer of an article does not check its facts.'],
  NEEDS_CITATION: [422, false, 'A confirmation needs a source that supports it. Cite one first.'],
  CITATION_UNKNOWN: [404, false, 'This source is not cited for the fact any more.'],
  CITATION_IN_USE: [409, false, 'A verdict rests on this source, so it stays.'],
  RECEIVER_CANNOT_READ: [
    422,
    false,
    'That person cannot read this article. Give them access first.',
  ],
  STAGE_CHANGED: [409, true, 'Somebody else has handed this article over in the meantime.'],
  STET: [
    409,
    false,
    'These words stay as they are: an editor has kept them. Ask to have that taken back first.',
  ],
  BAD_RANGE: [422, false, 'Those words could not be found in the article.'],
  RESYNC: [409, true, 'This copy is too far behind and is loaded again.'],
  OUT_OF_ORDER: [409, true, 'An earlier change has not arrived yet.'],
  FILE_EMPTY: [422, false, 'The file is empty.'],
  FILE_BINARY: [422, false, 'The file is not a text. Save it as plain text and try again.'],
  FILE_NOT_UTF8: [
    422,
    false,
    'The file is not in UTF-8. Save it with that encoding and try again.',
  ],
  FILE_NOT_WORD: [422, false, 'The file is not a Word document that can be read.'],
  FILE_UNSAFE: [422, false, 'The file is built to do harm or is damaged, and was not opened.'],
  FILE_TOO_HEAVY: [
    422,
    false,
    'The file takes more time or memory to read than an article needs, and was not opened.',
  ],
  COPY_TOO_HEAVY: [422, false, 'This copy takes more time or memory to write than is allowed.'],
  CONVERT_BUSY: [
    503,
    true,
    'Too many files are being read or written just now. Try again in a moment.',
  ],
  FILE_NOT_REVIEW: [422, false, 'The file is not a review that Galley wrote.'],
  FILE_NOT_SENT: [
    422,
    false,
    'This file was not sent out by Galley with its marks, so nothing says where it belongs. Import it as an article of its own.',
  ],
  FILE_OF_ANOTHER: [
    422,
    false,
    'This file was sent out from another article, or from another house. There is no article here that you can open and it belongs to.',
  ],
  FILE_REV_UNKNOWN: [
    422,
    false,
    'This file was sent out from a version of the article that is not known here, so it cannot be compared.',
  ],
  FILE_TOO_NEW: [422, false, 'The file was written by a newer version of Galley.'],
  FILE_TOO_LARGE: [413, false, 'The file is larger than 20 MB, which is the limit.'],
  REVIEW_TOO_LARGE: [
    413,
    false,
    'The file is larger than 64 MB, which is the limit for a review in JSON.',
  ],
  COPY_TOO_LARGE: [
    422,
    false,
    'As JSON this article would be larger than 64 MB, more than can be read again. A backup of the house holds it.',
  ],
  MESSAGE_TOO_LARGE: [413, false, 'This change is too large to send at once.'],
  DOCUMENT_TOO_LARGE: [413, false, 'The article would grow beyond 2 MB, which is the limit.'],
  PICTURE_KIND: [
    415,
    false,
    'Pictures can be PNG, JPEG, GIF or WebP files. This one is none of them, whatever its name says.',
  ],
  PICTURE_SVG: [
    415,
    false,
    'SVG drawings can hold scripts and are not taken. Save the drawing as PNG and try again.',
  ],
  PICTURE_TOO_LARGE: [413, false, 'The picture is larger than 10 MB, which is the limit.'],
  PICTURE_HUGE: [
    422,
    false,
    'The picture has more points than can be shown: 20,000 on a side and 100 million in all are the limit.',
  ],
  PICTURE_DAMAGED: [422, false, 'The picture is damaged or cut off and could not be shown.'],
  PICTURES_FULL: [
    413,
    false,
    'With this picture the article would hold more than 500 pictures or 40 MB, which is the limit.',
  ],
  FILE_KIND: [
    415,
    false,
    'Files of this kind are no articles. Text, Markdown, HTML, Word and Galley’s JSON are.',
  ],
  ZIP_INSIDE: [422, false, 'A zip file inside a zip file is not opened. Import it by itself.'],
  ZIP_DAMAGED: [422, false, 'The file is no zip file, or it is damaged.'],
  ZIP_TOO_LARGE: [
    413,
    false,
    'A zip file may have 32 MB, hold 200 files, and unpack to 64 MB. This one is larger.',
  ],
  GATE_CLOSED: [409, false, 'The release copy is held back: something is still open.'],
  FORMAT_UNKNOWN: [400, false, 'That format is not one Galley writes.'],
  THROTTLED: [429, true, 'Too many changes at once. They are sent again in a moment.'],
  ARTICLE_BUSY: [
    429,
    true,
    'Too many changes wait in this article. Yours are sent again in a moment.',
  ],
  TOO_MANY_CONNECTIONS: [
    429,
    true,
    'You have Galley open too many times. Close a few tabs; this one then goes on by itself.',
  ],
  STORAGE_FULL: [
    507,
    true,
    'The disk of the database is full. Nothing is lost, but nothing can be kept until there is room; tell whoever runs Galley.',
  ],
  UNAVAILABLE: [503, true, 'Galley cannot reach its database. Nothing is lost; it tries again.'],
  STOPPING: [503, true, 'Galley is stopping. Your changes stay on this device until it is back.'],
  INTERNAL: [500, true, 'Something went wrong on the server. Nothing was changed.'],
} as const satisfies Record<string, readonly [number, boolean, string]>;

export type ErrorCode = keyof typeof table;

/** What goes over the wire for a refusal. */
export interface Refusal {
  ok: false;
  code: ErrorCode;
  message: string;
  retryable: boolean;
  retryMs?: number;
}

/** The HTTP status of a code. */
export const statusOf = (code: ErrorCode): number => table[code][0];

/** The refusal for a code, with its sentence. */
export function refusal(code: ErrorCode): Refusal {
  const [, retryable, message] = table[code];
  return { ok: false, code, message, retryable };
}

/** All codes, for the documentation and the tests. */
export const errorCodes = Object.keys(table) as ErrorCode[];

/** A normal refusal on its way out of a deep call; caught at the edge and sent as `refusal(code)`. */
export class RefusalError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode) {
    super(table[code][2]);
    this.code = code;
  }
}
