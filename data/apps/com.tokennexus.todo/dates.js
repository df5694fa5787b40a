// SPDX-License-Identifier: GPL-3.0-or-later
// Due dates as YYYY-MM-DD, which sort and compare as text and know no time zone.

const WORDS = { today: 0, tod: 0, tomorrow: 1, tom: 1, tmr: 1, yesterday: -1, 'next week': 7 };
const UNITS = { d: 1, day: 1, days: 1, w: 7, week: 7, weeks: 7 };

const pad = (number, width = 2) => String(number).padStart(width, '0');
const utc = iso => Date.UTC(iso.slice(0, 4), iso.slice(5, 7) - 1, iso.slice(8));

/** The local day of a Date. */
export const isoDay = date => `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;

/** `iso` moved by whole days. */
export const addDays = (iso, days) => new Date(utc(iso) + days * 86400000).toISOString().slice(0, 10);

/** Days from `from` to `to`; negative where `to` is earlier. */
export const daysBetween = (from, to) => Math.round((utc(to) - utc(from)) / 86400000);

/** The day as YYYY-MM-DD, or undefined where the calendar has no such day. */
function realDay(year, month, day) {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = year >= 1900 && year <= 9999 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.toISOString().slice(0, 10) : undefined;
}

/* Without a year, the next such day is meant; 29 February may be years away. */
function nextDay(today, month, day) {
  for (let year = Number(today.slice(0, 4)), last = year + 8; year <= last; year++) {
    const found = realDay(year, month, day);
    if (found !== undefined && found >= today) return found;
  }
  return undefined;
}

const fold = text =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}|\./gu, '')
    .trim();

/* Which of `names` begins with `word`; the shortest useful beginning is three letters. */
const beginning = (word, names) => (word.length < 3 ? -1 : names.findIndex(name => name.startsWith(word)));

/** Names of the days from Sunday and of the months, in English and in `locale`. */
function calendarNames(locale) {
  const list = (language, options, count, date) => {
    const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
    return Array.from({ length: count }, (_, index) => fold(format.format(date(index))));
  };
  const both = (options, count, date) => [list('en', options, count, date), list(locale, options, count, date)];
  return {
    weekdays: both({ weekday: 'long' }, 7, index => Date.UTC(2023, 0, 1 + index)),
    months: both({ month: 'long' }, 12, index => Date.UTC(2023, index, 15)),
  };
}

const lookUp = (word, languages) => languages.map(names => beginning(word, names)).find(index => index >= 0) ?? -1;

/* "2026-11-30", "30.11.", "30.11.2026", "30/11/26": the day first, except where the locale puts the month first. */
function parseNumbers(text, today, locale) {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return realDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const match = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2})?)?$/.exec(text);
  if (!match) return undefined;
  const parts = new Intl.DateTimeFormat(locale).formatToParts(0).map(part => part.type);
  const monthFirst =
    text.includes('/') && parts.indexOf('month') < parts.indexOf('day') && parts.indexOf('year') > parts.indexOf('day');
  const [day, month] = monthFirst ? [Number(match[2]), Number(match[1])] : [Number(match[1]), Number(match[2])];
  if (match[3] === undefined) return nextDay(today, month, day);
  return realDay(Number(match[3]) + (match[3].length === 2 ? 2000 : 0), month, day);
}

/* "30 nov", "nov 30", "30 November 2026" */
function parseNamed(words, today, months) {
  const name = words.find(word => /^\p{L}/u.test(word));
  const numbers = words.filter(word => word !== name);
  const month = lookUp(name ?? '', months) + 1;
  if (month === 0 || numbers.length < 1 || numbers.length > 2 || !/^\d{1,2}$/.test(numbers[0])) return undefined;
  if (numbers.length === 1) return nextDay(today, month, Number(numbers[0]));
  return /^\d{4}$/.test(numbers[1]) ? realDay(Number(numbers[1]), month, Number(numbers[0])) : undefined;
}

/**
 * Reads a due date as a person writes it: "2026-11-30", "30.11.", "30 nov", "tomorrow", "fri",
 * "in 3 days", "+2w". A weekday means the next one after today; "next" before it changes nothing.
 * @returns {string|null|undefined} YYYY-MM-DD; null for an empty text; undefined where it isn't a date
 */
export function parseDue(text, today, locale = 'en') {
  const written = text.trim().toLowerCase().replace(/\s+/g, ' ');
  if (written === '') return null;
  if (Object.hasOwn(WORDS, written)) return addDays(today, WORDS[written]);
  const distance = /^(?:in |\+)?(\d{1,3}) ?([a-z]+)$/.exec(written);
  if (distance && Object.hasOwn(UNITS, distance[2])) return addDays(today, Number(distance[1]) * UNITS[distance[2]]);
  const numeric = parseNumbers(written, today, locale);
  if (numeric !== undefined) return numeric;
  const words = fold(written)
      .replace(/^next /, '')
      .split(/[ ,]+/),
    names = calendarNames(locale);
  const weekday = words.length === 1 ? lookUp(words[0], names.weekdays) : -1;
  if (weekday >= 0) return addDays(today, ((weekday - new Date(utc(today)).getUTCDay() + 6) % 7) + 1);
  return parseNamed(words, today, names.months);
}

/** A due date in few words: "Today", "Friday", "30 Nov", "30 Nov 2027". */
export function dueLabel(due, today, locale) {
  const days = daysBetween(today, due);
  const capital = text => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
  const format = options => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(utc(due));
  if (Math.abs(days) <= 1) return capital(new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day'));
  if (days > 1 && days < 7) return capital(format({ weekday: 'long' }));
  return format({ day: 'numeric', month: 'short', ...(due.slice(0, 4) !== today.slice(0, 4) && { year: 'numeric' }) });
}
