// SPDX-License-Identifier: GPL-3.0-or-later
// Days as YYYY-MM-DD: they sort and compare as text and know no time zone.

const DAY = 86400000,
  WEEKS = 6;
const SUNDAY_FIRST = new Set(
  `AG AS AU BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH
  PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW`.split(/\s+/),
);
const SATURDAY_FIRST = new Set('AE AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY'.split(' '));

const pad = (number, width = 2) => String(number).padStart(width, '0');

/** A day as milliseconds at midnight UTC, for formatting with timeZone "UTC". */
export const utc = day => Date.UTC(day.slice(0, 4), day.slice(5, 7) - 1, day.slice(8));

/** The local day of a Date. */
export const isoDay = date => `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;

/** `day` moved by whole days. */
export const addDays = (day, days) => new Date(utc(day) + days * DAY).toISOString().slice(0, 10);

/** `day` moved by months; the 31st becomes the month's last day where it must. */
export function addMonths(day, months) {
  const year = Number(day.slice(0, 4)),
    month = Number(day.slice(5, 7)) - 1 + months;
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(Number(day.slice(8)), last))).toISOString().slice(0, 10);
}

/** The first day of the week there: 1 for Monday to 7 for Sunday. */
export function firstWeekday(locale) {
  const full = new Intl.Locale(locale);
  const known = full.getWeekInfo?.() ?? full.weekInfo;
  if (known) return known.firstDay;
  const { region } = full.maximize();
  return SUNDAY_FIRST.has(region) ? 7 : SATURDAY_FIRST.has(region) ? 6 : 1;
}

/** How far into the week `day` is, from 0, where weeks begin with `first` (1 to 7). */
export const placeInWeek = (day, first) => (new Date(utc(day)).getUTCDay() - first + 7) % 7;

/** The days that show the month of `day`: six whole weeks, always, so that the picture never jumps. */
export function monthGrid(day, first) {
  const begin = `${day.slice(0, 8)}01`;
  return Array.from({ length: WEEKS * 7 }, (_, index) => addDays(begin, index - placeInWeek(begin, first)));
}
