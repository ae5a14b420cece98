/** Addresses and times of the pages about people, without drawing anything. */

/** The address of a link that works once. */
export const linkAddress = (page: 'join' | 'reset', token: string, origin: string): string =>
  `${origin}/${page}?token=${encodeURIComponent(token)}`;

/** The end of a day that was picked, as a time: access lasts through that day where it was picked. Null for no day. */
export function endOfDay(day: string): string | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  if (year === undefined) return null;
  return new Date(Number(year), Number(month) - 1, Number(date), 23, 59, 59, 999).toISOString();
}

/** A day as a date field wants it. */
export function dayOf(time: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}
