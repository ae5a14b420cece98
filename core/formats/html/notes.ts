/** Writes notes as HTML asides; a closed one is folded into a details element. */
import { html, htmlLines } from '#core/formats/html/escape.ts';
import type { Note, NoteMessage } from '#core/formats/note-list.ts';
import { timeInWords } from '#core/formats/reading-copy.ts';

function signature({ author, at, edited }: NoteMessage): string {
  const time = at === '' ? '' : ` <time datetime="${html(at)}">${html(timeInWords(at))}</time>`;
  return `<span class="who" dir="auto">${html(author)}</span>${time}${edited ? ' (edited)' : ''}`;
}

function message(one: NoteMessage): string {
  const text = one.text === '' ? '' : `<p dir="auto">${htmlLines(one.text)}</p>`;
  return `<p>${signature(one)}</p>${text}`;
}

/** One note with its replies. */
export function noteHtml(note: Note): string {
  const title = note.title === '' ? '' : `<p class="title">${html(note.title)}</p>`;
  const quote =
    note.quote === '' || note.kind === 'suggestion' ? '' : `<p>On <q>${html(note.quote)}</q></p>`;
  const replies = note.replies.map((reply) => `<li>${message(reply)}</li>`).join('');
  const thread = replies === '' ? '' : `<ol class="replies">${replies}</ol>`;
  const content = `${title}${quote}${message(note)}${thread}`;
  const number = note.place
    ? `<a href="#at-note-${note.number}">Note ${note.number}</a>`
    : `Note ${note.number}`;
  const body =
    note.closed === ''
      ? `<p>${number}</p>${content}`
      : `<details><summary>${number}: ${html(note.closed)}</summary>${content}</details>`;
  return `<aside role="note" id="note-${note.number}" class="${note.kind}" data-id="${html(note.id)}">${body}</aside>\n`;
}
