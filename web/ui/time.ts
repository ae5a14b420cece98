/** Times as people say them: the hour today, else the day and the hour. */
import { locale } from '#web/ui/messages.ts';

const hour = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });

const sameDay = (a: Date, b: Date): boolean =>
  a.getFullYear() === b.getFullYear() &&
  a.getMonth() === b.getMonth() &&
  a.getDate() === b.getDate();

/** `iso` is ISO 8601; a time that cannot be read gives an empty text. */
export function timeWords(iso: string, now: Date): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return '';
  if (sameDay(time, now)) return hour.format(time);
  const date = time.getFullYear() === now.getFullYear() ? day : dayAndYear;
  return `${date.format(time)}, ${hour.format(time)}`;
}

/** The whole time in words, for a title. */
export function fullTime(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? '' : full.format(time);
}
