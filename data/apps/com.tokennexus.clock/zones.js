// SPDX-License-Identifier: GPL-3.0-or-later
// Time zones without a page: what the clock there shows, how far away it is, and how to find it.
import { OTHER_CITIES } from './cities.js';

const DAY = 86400000;
const readers = new Map();

function reader(zone) {
  if (!readers.has(zone)) {
    readers.set(
      zone,
      new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        calendar: 'gregory',
        numberingSystem: 'latn',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      }),
    );
  }
  return readers.get(zone);
}

/** What a clock in `zone` shows at `instant` (ms), as if it were UTC; in ms. */
export function wallTime(zone, instant) {
  const part = {};
  for (const { type, value } of reader(zone).formatToParts(instant)) part[type] = Number(value);
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
}

/** How far `zone` is from `home` at `instant`: minutes ahead, and whole days by the calendar. */
export function difference(zone, home, instant) {
  const there = wallTime(zone, instant),
    here = wallTime(home, instant);
  return { minutes: Math.round((there - here) / 60000), days: Math.floor(there / DAY) - Math.floor(here / DAY) };
}

/** That difference in words: "Tomorrow, +9 h", "−3:30 h", "Same time". */
export function describe({ minutes, days }, locale) {
  if (minutes === 0) return 'Same time';
  const size = Math.abs(minutes),
    rest = size % 60;
  const hours = `${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${rest ? `:${String(rest).padStart(2, '0')}` : ''} h`;
  if (days === 0) return hours;
  const day = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
  return `${day[0].toLocaleUpperCase(locale)}${day.slice(1)}, ${hours}`;
}

/** The city that a zone is named for: "America/Argentina/Buenos_Aires" is "Buenos Aires". */
export const cityName = zone => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');

/** What stands before the city: "Argentina, America"; "" where there is nothing. */
export const regionName = zone => zone.split('/').slice(0, -1).reverse().join(', ').replaceAll('_', ' ');

const plain = text =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[_/.,-]+/g, ' ')
    .toLowerCase()
    .trim();

/**
 * The cities that match `text`, best first: whole name, start of the name, start of a word, region.
 * @param {string[]} zones names as Intl.supportedValuesOf('timeZone') gives them
 * @returns {{name: string, zone: string}[]} at most `limit`
 */
export function searchCities(text, zones, limit) {
  const wanted = plain(text);
  if (wanted === '') return [];
  const known = zones.map(zone => ({ name: cityName(zone), zone }));
  const names = new Set(known.map(city => city.name));
  for (const [name, zone] of Object.entries(OTHER_CITIES)) {
    if (!names.has(name)) known.push({ name, zone });
  }
  const ranked = [];
  for (const city of known) {
    const name = plain(city.name),
      region = plain(regionName(city.zone)),
      depth = city.zone.split('/').length;
    const rank =
      name === wanted
        ? 0
        : name.startsWith(wanted)
          ? 1
          : name.includes(` ${wanted}`)
            ? 2
            : ` ${region} ${name}`.includes(` ${wanted}`) || plain(city.zone).startsWith(wanted)
              ? 3
              : -1;
    if (rank >= 0) ranked.push({ rank, depth, city });
  }
  ranked.sort((a, b) => a.rank - b.rank || a.depth - b.depth || a.city.name.localeCompare(b.city.name));
  return ranked.slice(0, limit).map(({ city }) => city);
}

/** What storage gave back, reduced to cities that this machine knows. */
export function restoreCities(value) {
  const known = city => {
    try {
      return typeof city.name === 'string' && typeof city.zone === 'string' && reader(city.zone) !== null;
    } catch {
      return false; // a zone that this machine's database lacks
    }
  };
  return Array.isArray(value) ? value.filter(known).map(({ name, zone }) => ({ name, zone })) : [];
}
