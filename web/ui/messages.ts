/** Every sentence the screens say, in one typed catalogue; plurals by Intl.PluralRules.
 *  Another language is another object of the same type. Sentence case, verbs first, no exclamation marks. */

export const locale = 'en-GB';
const rules = new Intl.PluralRules(locale);
/** Making one takes longer than all it formats in a day. */
const numbers = new Intl.NumberFormat(locale);
const list = new Intl.ListFormat(locale, { type: 'conjunction' });

/** "1 reply", "3 replies": `#` stands for the number. */
export function plural(count: number, forms: { one: string; other: string }): string {
  const form = rules.select(count) === 'one' ? forms.one : forms.other;
  return form.replace('#', numbers.format(count));
}

/** "a, b and c". */
export const listed = (parts: readonly string[]): string => list.format(parts);

/** Words in quotation marks; a space beside them is of no interest, one by itself is. */
const quoted = (text: string): string => `“${text.trim() || text}”`;

export const messages = {
  app: { name: 'Galley', skipToArticle: 'Skip to the article', skipToNotes: 'Skip to annotations' },

  connection: {
    saved: 'Saved',
    saving: 'Saving…',
    offline: (unsent: number) =>
      unsent === 0
        ? 'Offline'
        : `Offline, ${plural(unsent, { one: '# change', other: '# changes' })} kept on this device`,
    /** The device keeps nothing. */
    onlyHere: (unsent: number) =>
      unsent === 0
        ? 'Offline'
        : `Offline, ${plural(unsent, { one: '# change', other: '# changes' })} in this window only`,
    failed: 'Could not save',
    retry: 'Try again',
  },

  kind: { comment: 'Comment', fact: 'Fact', suggestion: 'Suggestion' },

  filter: {
    region: 'Filters and sections',
    heading: 'Open',
    all: 'Everything',
    suggestions: 'Suggestions',
    facts: 'Facts',
    comments: 'Comments',
    settled: 'Settled',
    detached: 'Needs a place',
    nothing: 'Nothing open here.',
    nothingSettled: 'Nothing is resolved or decided.',
  },

  sections: { heading: 'Sections', opening: 'Opening' },

  stepper: {
    label: 'Open annotations',
    next: 'Next annotation',
    previous: 'Previous annotation',
    at: (index: number, total: number) => `${index} of ${total}`,
    open: (total: number) => `${total} open`,
    hint: 'next, previous',
  },

  mode: {
    label: 'Mode',
    read: 'Read',
    suggest: 'Suggest',
    edit: 'Edit',
    noSuggest: 'You can read this article but not change it. Ask an editor for access.',
    noEdit: 'Your role suggests changes; an editor puts them in the text.',
    closed: 'This article is closed for changes.',
  },

  people: {
    here: (names: readonly string[]) => `Here now: ${listed(names)}`,
  },

  exportMenu: {
    label: 'Send out',
    open: 'Send out…',
    bringBack: 'Bring back a copy…',
    quick: (view: string) => `At once, ${view.toLowerCase()}`,
    original: 'As filed',
    marked: 'Marked',
    accepted: 'As edited',
    docx: 'Word (DOCX)',
    docxAtOnce: 'Word file at once',
    html: 'Web page (HTML)',
    md: 'Markdown',
    txt: 'Plain text',
    json: 'All you see (JSON)',
    show: 'Show the text',
    history: 'History',
  },

  theme: {
    toDark: 'Dark theme',
    toLight: 'Light theme',
  },

  user: { menu: 'Your account', signOut: 'Sign out', shortcuts: 'Keyboard shortcuts' },

  card: {
    accept: 'Accept',
    stet: 'Stet',
    withdraw: 'Withdraw',
    resolve: 'Resolve',
    reopen: 'Reopen',
    more: 'More',
    copyLink: 'Copy link',
    linkCopied: 'The link is copied.',
    edit: 'Edit',
    remove: 'Delete',
    likely: 'It may belong here:',
    place: 'Put on the selected words',
    placeHint: 'Select words in the text first',
    undo: 'Undo',
    save: 'Save',
    cancel: 'Cancel',
    edited: 'edited',
    replies: (count: number) => plural(count, { one: '# reply', other: '# replies' }),
    earlier: (count: number) =>
      plural(count, { one: 'Show # earlier reply', other: 'Show # earlier replies' }),
    circles: {
      desk: { word: 'Desk', hint: 'Seen by the desk, not by the writer' },
      legal: { word: 'Legal', hint: 'Seen by legal and the editors' },
      named: { word: 'Private', hint: (names: string) => `Seen by ${names}` },
    },
    resolvedBy: (name: string) => `Resolved by ${name}`,
    acceptedBy: (name: string) => `Accepted by ${name}`,
    stetBy: (name: string) => `Stet by ${name}`,
    takenBack: 'Taken back by its author',
    detached: 'This text was deleted. The note keeps its quote.',
    elsewhere: 'Its words were put into another article.',
    regained: {
      moved: 'Its words were moved here, and the note came along.',
      found: 'Its words were deleted; the note has moved to the one other place where they stand.',
    },
    gone: 'This note was deleted while you were writing. Keep your reply as a new comment?',
    goneToo:
      'This note and its words were deleted while you were writing. Copy what you still need.',
    keep: 'Keep as a comment',
    discard: 'Discard',
  },

  confirm: {
    removeComment: (replies: number) =>
      replies === 0
        ? 'Delete this comment?'
        : `Delete this comment and its ${plural(replies, { one: '# reply', other: '# replies' })}?`,
    removeFact: (replies: number) =>
      replies === 0
        ? 'Delete this fact?'
        : `Delete this fact and its ${plural(replies, { one: '# reply', other: '# replies' })}?`,
    remove: 'Delete',
    cancel: 'Cancel',
  },

  bubble: {
    label: 'Annotate the selection',
    comment: 'Comment',
    fact: 'Mark a fact',
    suggest: 'Suggest',
  },

  compose: {
    reply: (readers: string) => `Reply · seen by ${readers}`,
    replyLabel: (name: string) => `Reply to ${name}`,
    comment: 'Write a comment',
    commentMissing: 'Write something first.',
    check: 'What needs checking?',
    factType: 'Type of fact',
    replacement: 'Replace with',
    reason: 'Reason (optional)',
    readers: 'Seen by',
    everyone: 'everyone',
    desk: 'desk',
    legal: 'legal',
    someOf: (names: readonly string[]) => listed(names),
    post: 'Comment',
    postReply: 'Post the reply',
    mark: 'Mark',
    suggest: 'Suggest',
    cancel: 'Cancel',
    on: (quote: string) => `On “${quote}”`,
    unchanged: 'Change the words to suggest something.',
    notPossible: 'This change could not be suggested here.',
    lost: 'These words are no longer in the text. Select them again.',
  },

  unplaced: {
    heading: 'Could not be placed',
    why: 'Your words are kept here: others changed the same place meanwhile, or the server could not take them. Put them in again, or copy what you still need.',
    insert: 'Put in at the caret',
    drop: 'Discard',
    copy: 'Copy',
    copied: 'The text is copied.',
  },

  toast: { undo: 'Undo', dismiss: 'Dismiss' },

  notes: {
    region: 'Annotations',
    list: 'List of annotations',
    whose: (kind: string, name: string) => `${kind}, ${name}`,
    lineSuggestion: (name: string, sentence: string) => `Suggestion, ${name}: ${sentence}`,
    lineComment: (name: string, text: string) => `Comment, ${name}: ${text}`,
    lineFact: (name: string, text: string) => `Fact, ${name}: ${text}`,
  },

  help: {
    title: 'Keyboard shortcuts',
    close: 'Close',
    outside: 'Outside the text',
    inText: 'In the text',
    next: 'Next annotation',
    previous: 'Previous annotation',
    accept: 'Accept the suggestion and go on',
    stet: 'Stet (reject) and go on',
    reply: 'Reply',
    resolve: 'Resolve the comment',
    verdict: 'Give a verdict on the fact',
    fix: 'Suggest other words for these',
    footnote: 'Put in a footnote',
    preferences: 'How Galley listens and speaks',
    singleKeys: 'Single keys act outside the text',
    news: 'Spoken of other people',
    newsChoices: { all: 'Everything', mine: 'What concerns me', off: 'Nothing' },
    filters: 'Everything, suggestions, facts, comments',
    help: 'This list',
    post: 'Post what you are writing',
    undo: 'Undo your own change',
    plainPaste: 'Paste as plain text',
    redo: 'Redo',
    escape: 'Back to the text',
    comment: 'Comment on the selection',
    fact: 'Mark the selection as a fact',
    suggest: 'Suggest a change of the selection',
    modes: 'Read, suggest, edit',
    peek: 'While held: as edited, or as filed',
  },

  signIn: {
    title: 'Sign in to Galley',
    email: 'E-mail',
    password: 'Password',
    show: 'Show password',
    hide: 'Hide password',
    caps: 'Caps Lock is on.',
    submit: 'Sign in',
    busy: 'Signing in…',
    emailMissing: 'Enter your e-mail address.',
    emailOdd: 'This does not look like an e-mail address.',
    passwordMissing: 'Enter your password.',
    wrong: 'The e-mail or the password is not right.',
    throttled: 'Too many tries. Wait a minute and try again.',
    unreachable: 'Galley cannot be reached. Check the connection and try again.',
    demo: 'Or go in as one of the demo people',
    demoLabel: 'Demonstration',
    demoBanner:
      'This is a demonstration. Anybody who can reach this address can sign in as any of its people.',
  },

  setup: {
    title: 'Set up Galley',
    lead: 'This makes the first account. It is the administrator’s.',
    name: 'Your name',
    email: 'E-mail',
    password: 'Password',
    passwordHint: 'At least 8 characters.',
    submit: 'Make the account',
    busy: 'Making the account…',
    nameMissing: 'Enter your name.',
    passwordShort: 'The password needs at least 8 characters.',
    noToken: 'This address has no token. Open the link that Galley printed when it started.',
    used: 'This link was used already, or is older than half an hour. While there is no account, Galley prints a new one at every start.',
  },

  library: {
    title: 'Library',
    empty: 'No articles yet. Import a file or a text to begin.',
    emptyGuest: 'No articles are shared with you yet.',
    headline: 'Headline',
    open: 'Open',
    people: 'People',
    changed: 'Last changed',
    untitled: 'Without a headline',
    words: (count: number) => plural(count, { one: '# word', other: '# words' }),
    nothingOpen: 'Nothing open',
    suggestions: (count: number) => plural(count, { one: '# suggestion', other: '# suggestions' }),
    facts: (count: number) => plural(count, { one: '# fact', other: '# facts' }),
    comments: (count: number) => plural(count, { one: '# comment', other: '# comments' }),
    failed: 'The list could not be loaded.',
    retry: 'Try again',
    nobody: 'Nobody just now',
  },

  page: {
    back: 'Back to the library',
    loading: 'Opening the article…',
    notFoundTitle: 'There is nothing at this address',
    notFound: 'The link may be old, or a letter of it may be missing.',
    refusedTitle: 'This article cannot be opened',
    toLibrary: 'Go to the library',
    ended: 'You were signed out. Sign in again to go on.',
    signIn: 'Sign in',
    brokenTitle: 'Something went wrong on this page',
    broken: 'What you wrote is kept. Load the page again to go on.',
    reload: 'Load again',
  },

  roles: {
    viewer: 'Reader',
    reviewer: 'Copy editor',
    'fact-checker': 'Fact-checker',
    writer: 'Writer',
    legal: 'Legal',
    editor: 'Editor',
    admin: 'Administrator',
  },

  claimTypes: {
    name: 'Name',
    'title-role': 'Title or role',
    number: 'Number',
    money: 'Money',
    date: 'Date',
    place: 'Place',
    quote: 'Quotation',
    attribution: 'Attribution',
    causal: 'Cause',
    comparison: 'Comparison',
    calculation: 'Calculation',
    description: 'Description',
    legal: 'Law',
    science: 'Science',
    caption: 'Caption',
    history: 'History',
    'opinion-basis': 'Basis of an opinion',
  },

  looks: {
    add: { strong: 'Make bold', em: 'Make italic', link: 'Make a link' },
    remove: { strong: 'Remove bold', em: 'Remove italics', link: 'Remove the link' },
    list: { bullet: 'Make it a bulleted item', ordered: 'Make it a numbered item' },
    style: {
      paragraph: 'Make it a plain paragraph',
      heading1: 'Make it a heading',
      heading2: 'Make it a smaller heading',
      heading3: 'Make it a heading of the third rank',
      heading4: 'Make it a heading of the fourth rank',
      quote: 'Make it a quotation',
      caption: 'Make it a caption',
      credit: 'Make it a credit line',
      bio: 'Make it a line about the writer',
    },
  },

  sentence: {
    replace: (from: string, to: string) =>
      from.trim() === to.trim()
        ? `Replace “${from}” with “${to}”`
        : `Replace ${quoted(from)} with ${quoted(to)}`,
    insert: (text: string) => `Insert ${quoted(text)}`,
    remove: (text: string) => `Delete ${quoted(text)}`,
    footnote: (text: string) => (text ? `Add a footnote: “${text}”` : 'Add a footnote'),
    footnoteGoes: (text: string) =>
      text ? `Delete the footnote “${text}”` : 'Delete the footnote',
    move: (text: string) => `Move “${text}” here`,
    split: 'Start a new paragraph here',
    join: 'Join the two paragraphs',
    format: 'Change the formatting',
    block: 'Change the style of the paragraph',
  },

  news: {
    by: (name: string, deeds: readonly string[]) => `${name} ${listed(deeds)}.`,
    added: (things: readonly string[]) => `added ${listed(things)}`,
    comments: (count: number) => plural(count, { one: '# comment', other: '# comments' }),
    facts: (count: number) => plural(count, { one: '# fact', other: '# facts' }),
    suggestions: (count: number) => plural(count, { one: '# suggestion', other: '# suggestions' }),
    replies: (count: number) => plural(count, { one: '# reply', other: '# replies' }),
    accepted: (count: number) =>
      `accepted ${plural(count, { one: '# suggestion', other: '# suggestions' })}`,
    stet: (count: number) =>
      `refused ${plural(count, { one: '# suggestion', other: '# suggestions' })}`,
    resolved: (count: number) =>
      `resolved ${plural(count, { one: '# comment', other: '# comments' })}`,
    someone: 'Somebody',
  },
} as const;

export type Messages = typeof messages;
