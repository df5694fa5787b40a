// SPDX-License-Identifier: GPL-3.0-or-later

/** A pattern: tokens joined by dots; "*" is one token, ">" at the end is one or more. */
export const isPattern = text => /^(?:(?:[\w-]+|\*)\.)*(?:[\w-]+|\*|>)$/.test(text);

/** Whether an event's type matches a pattern. */
export function matchesPattern(pattern, type) {
  const wanted = pattern.split('.'),
    tokens = type.split('.');
  for (let i = 0; i < wanted.length; i++) {
    if (wanted[i] === '>') return tokens.length > i;
    if (i >= tokens.length || (wanted[i] !== '*' && wanted[i] !== tokens[i])) return false;
  }
  return wanted.length === tokens.length;
}

/**
 * What to look for: nothing takes all, a text with "*" or ">" is a pattern, any other a piece of type or source.
 * @returns {((event: {type: string, source: string}) => boolean)|null} null where it's a pattern that can match nothing
 */
export function makeFilter(text) {
  const wanted = text.trim(),
    piece = wanted.toLowerCase();
  if (wanted === '') return () => true;
  if (!/[*>]/.test(wanted))
    return ({ type, source }) => type.toLowerCase().includes(piece) || source.toLowerCase().includes(piece);
  return isPattern(wanted) ? ({ type }) => matchesPattern(wanted, type) : null;
}

/** The newest `limit` events, and how many older ones it let go. */
export class Ring {
  constructor(limit) {
    this.limit = limit;
    this.clear();
  }

  clear() {
    this.events = [];
    this.lost = 0;
  }

  /** Takes an event; returns whether the oldest had to go. */
  push(event) {
    this.events.push(event);
    const full = this.events.length > this.limit;
    if (full) {
      this.events.shift();
      this.lost++;
    }
    return full;
  }
}

/** The data of an event in one line of at most `length` characters. */
export function inOneLine(data, length = 200) {
  const text = JSON.stringify(data) ?? '';
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** The local time of day as ["14:05:09", ".123"]; nothing where it can't be read. */
export function clockTime(time) {
  const date = new Date(time),
    pad = (number, width = 2) => String(number).padStart(width, '0');
  return Number.isNaN(date.getTime())
    ? []
    : [
        [date.getHours(), date.getMinutes(), date.getSeconds()].map(part => pad(part)).join(':'),
        `.${pad(date.getMilliseconds(), 3)}`,
      ];
}
