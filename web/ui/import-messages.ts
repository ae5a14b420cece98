/** What the import page says: what a file would become, what was guessed, what was left out. */
import { plural } from '#web/ui/messages.ts';

const counted = (one: string, other: string) => (count: number) =>
  plural(count, { one: `# ${one}`, other: `# ${other}` });

export const importWords = {
  title: 'Import',
  open: 'Import…',
  back: 'Library',
  lead: 'Word files, text, Markdown, web pages and reviews of Galley, up to 2 MB of text each, also in a zip file. Nothing is saved before you say so.',
  drop: 'Drop files here',
  choose: 'Choose files',
  paste: 'Paste text',
  pasted: 'Pasted text',
  pasteLabel: 'Text of the article',
  pasteFormat: 'Read it as',
  pasteRead: 'Look at it',
  cancel: 'Cancel',
  formats: {
    txt: 'Plain text',
    md: 'Markdown',
    html: 'HTML',
    docx: 'Word',
    json: 'A review of Galley',
  },
  notes: 'Notes and facts',
  whoSees: (count: number) =>
    plural(count, { one: 'Who sees the note of the file', other: 'Who sees its # notes' }),
  forDesk: 'The desk',
  forAll: 'Everyone on the article',
  everyoneSees: (count: number) =>
    plural(count, {
      one: 'Everyone on the article will see its note.',
      other: 'Everyone on the article will see its # notes.',
    }),
  kept: (count: number) =>
    plural(count, {
      one: '# note stays for those it was for.',
      other: '# notes stay for those they were for.',
    }),
  narrowed: (count: number) =>
    plural(count, {
      one: '# note was for people you cannot write to, and will be for you alone.',
      other: '# notes were for people you cannot write to, and will be for you alone.',
    }),
  verdicts: (count: number) =>
    plural(count, {
      one: '# verdict comes along, signed as in the file.',
      other: '# verdicts come along, signed as in the file.',
    }),
  sources: (count: number) =>
    plural(count, { one: '# source comes along.', other: '# sources come along.' }),
  keeping: {
    label: 'Bring it in',
    whole: 'As it was',
    asNew: 'As a new article',
    wholeLead: (rev: number, people: number, linked: number) =>
      `It keeps its ids, version ${rev}, who wrote what, and who may see what. ` +
      (linked === people
        ? plural(people, {
            one: 'The person it names is of this house.',
            other: 'The # people it names are of this house.',
          })
        : linked === 0
          ? plural(people, {
              one: 'The person it names stands there as a name, without an account.',
              other: 'The # people it names stand there as names, without accounts.',
            })
          : `Of the ${people} people it names ${linked} ${linked === 1 ? 'is' : 'are'} of this house; the others stand there as names, without accounts.`),
    newLead:
      'It starts at version 0, signed by names known from the file alone, and its notes are for those of them you could write to.',
    changes: 'What is called otherwise here',
    why: {
      ids: 'It cannot come in as it was: this house could not take its ids for names.',
      times: 'It cannot come in as it was: it has times that do not exist.',
      suggestions:
        'It cannot come in as it was: its list of suggestions is not the one of its text.',
      people: 'It cannot come in as it was: it is signed by people it does not name.',
      versions: 'It cannot come in as it was: its facts have more history than versions.',
    },
  },
  writersSources: {
    label: 'These notes are the writer’s sources',
    lead: (comments: number, footnotes: number) => {
      const parts = [
        comments > 0 ? plural(comments, { one: '# comment', other: '# comments' }) : '',
        footnotes > 0 ? plural(footnotes, { one: '# footnote', other: '# footnotes' }) : '',
      ].filter((part) => part !== '');
      return `Makes facts of ${parts.join(' and ')}: the words each stands on are the claim, not checked yet, and what it names are its sources. Its own text is kept word for word.`;
    },
    footnotes: 'Footnotes that become facts',
    stay: 'Stay in the text as well',
    leave: 'Leave the text',
    all: 'What becomes of each note',
    becoming: (done: number, all: number) => `${done} of ${all} become facts`,
    comment: 'Comment',
    footnote: (number: number) => `Footnote ${number}`,
    makeFact: (words: string) => `A fact: “${words}”`,
    same: 'The source before',
    kept: 'archived copy',
    wasResolved: 'Resolved in the file; the fact will be open.',
    stays: {
      'no-words': 'Stays a note: it stands on no words.',
      'no-text': 'Stays a note: it says nothing.',
    },
    inText: {
      suggested: 'Stays in the text as well: changes to it are suggested.',
      noted: 'Stays in the text as well: a note stands on it.',
      twice: 'Stays in the text as well: the text refers to it more than once.',
    },
    kinds: {
      web: 'Web page',
      document: 'Document',
      person: 'Person',
      recording: 'Recording',
      dataset: 'Data',
    },
  },
  again: (count: number) =>
    plural(count, {
      one: 'This file was imported before. Its fact, sources and citations are shared with the earlier article, not doubled:',
      other:
        'This file was imported before. Its # facts, sources and citations are shared with the earlier article, not doubled:',
    }),
  reading: (name: string) => `Reading ${name}…`,
  progress: (done: number, all: number) => `${done} of ${all} read`,
  allRead: counted('file is read', 'files are read'),
  notRead: (count: number) =>
    plural(count, { one: '# could not be read.', other: '# could not be read.' }),
  savingAll: (done: number, all: number) => `${done} of ${all} imported`,
  emptyZip: 'There is no article in this zip file.',
  tooLarge: 'The file is larger than 20 MB, which is the limit.',
  reviewTooLarge: 'The file is larger than 64 MB, which is the limit for a review in JSON.',
  unreadable: 'The file could not be read from this device. Choose it again.',
  importOne: 'Import',
  importAll: (count: number) =>
    plural(count, { one: 'Import # article', other: 'Import all # articles' }),
  skip: 'Skip',
  remove: 'Remove',
  saving: 'Importing…',
  saved: 'Imported',
  openArticle: 'Open the article',
  failed: 'Not read',
  reads: 'How it will read',
  untitled: 'Without a headline',
  more: counted('more block is not shown', 'more blocks are not shown'),
  guesses: 'Guesses',
  noGuesses: 'Nothing had to be guessed.',
  flags: 'Worth knowing',
  warnings: 'Changed or left out',
  allWarnings: counted('thing', 'things'),
  putBack: 'Put it back',
  language: 'Language',
  unknownLanguage: 'Not known',
  counts: {
    words: counted('word', 'words'),
    headings: counted('heading', 'headings'),
    figures: counted('figure', 'figures'),
    tables: counted('table', 'tables'),
    footnotes: counted('footnote', 'footnotes'),
    suggestions: counted('suggestion', 'suggestions'),
    comments: counted('comment', 'comments'),
    facts: counted('fact', 'facts'),
  },
  roles: {
    kicker: 'Kicker',
    headline: 'Headline',
    standfirst: 'Standfirst',
    byline: 'Byline',
    paragraph: 'Paragraph',
    heading1: 'Heading',
    heading2: 'Heading, 2nd level',
    heading3: 'Heading, 3rd level',
    heading4: 'Heading, 4th level',
    quote: 'Quotation',
    caption: 'Caption',
    credit: 'Credit',
    bio: 'About the writer',
    footnote: 'Footnote',
  },
  item: 'List item',
  figure: 'Figure',
  table: 'Table',
  sure: (confidence: number) =>
    confidence >= 0.85 ? 'Quite sure' : confidence >= 0.6 ? 'Likely' : 'Not sure',
  roleOf: (text: string) => `What “${text}” is`,
  flag: {
    'web-leftover': 'Left behind by a web page, and left out:',
    'obfuscated-email': 'An e-mail address the page hides:',
    'image-credit': 'Taken for the credit of a picture:',
    'notes-heading': 'Heading of the notes, left out:',
    'footnotes-unmatched': 'Looks like notes, but the text does not refer to them in order:',
    notice: 'Notice of a copy that was not cleared, left out:',
    'front-matter': 'Front matter, left out:',
    'outside-article': 'Stands beside the article, left out:',
    navigation: 'Navigation, left out:',
    form: 'A form, left out:',
    'no-byline': 'There is no byline.',
    'no-headline': 'There is no headline.',
    'no-break-spaces': (count: number) =>
      plural(count, { one: '# no-break space became', other: '# no-break spaces became' }) +
      ' plain spaces.',
    'repeated-spaces': (count: number) =>
      plural(count, { one: '# run of spaces became', other: '# runs of spaces became' }) +
      ' one space each.',
    'control-characters': (count: number) =>
      plural(count, {
        one: '# control character was left out.',
        other: '# control characters were left out.',
      }),
    'footnote-ibid': (note: number) => `Note ${note} says “ibid.”.`,
    'footnote-truncated': (note: number) => `Note ${note} seems cut off.`,
  },
} as const;
