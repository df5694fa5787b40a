// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in the calendar: own entries, and tasks that other apps told of.

import { addDays } from './month.js';

const TITLE_MAX = 200,
  TODOS_MAX = 2000;

const cut = text => text.trim().replace(/\s+/g, ' ').slice(0, TITLE_MAX);
const isDay = value =>
  typeof value === 'string' && /^[12]\d{3}-(0[1-9]|1[0-2])-\d\d$/.test(value) && addDays(value, 0) === value;
const isTime = value => value === '' || /^([01]\d|2[0-3]):[0-5]\d$/.test(value);

/**
 * Reads "14:30 Dentist", "9am Standup", "18.15 Choir" or just "Birthday".
 * @returns {{time: string, title: string}|null} time is HH:MM or ""; null where there is no title
 */
export function parseEntry(text) {
  const match = /^(\d{1,2})(?:[:.](\d{2}))?(?: ?([ap])\.?m\.?)?\s+(.+)$/i.exec(text.trim());
  const plain = cut(text) === '' ? null : { time: '', title: cut(text) };
  if (!match || (match[2] === undefined && match[3] === undefined)) return plain;
  const half = match[3]?.toLowerCase(),
    hour = half ? (Number(match[1]) % 12) + (half === 'p' ? 12 : 0) : Number(match[1]);
  const time = `${String(hour).padStart(2, '0')}:${match[2] ?? '00'}`;
  return isTime(time) && (!half || (Number(match[1]) >= 1 && Number(match[1]) <= 12))
    ? { time, title: cut(match[4]) }
    : plain;
}

/** Own entries as storage gave them back, with everything left out that isn't whole. */
export function restoreEntries(value) {
  return (Array.isArray(value) ? value : [])
    .filter(
      entry =>
        typeof entry?.id === 'string' && typeof entry.title === 'string' && isDay(entry.day) && isTime(entry.time),
    )
    .map(({ id, day, time, title }) => ({ id, day, time, title: cut(title) }));
}

/* A task of another app, or null where it has no due date or isn't whole. It comes from outside: nothing is trusted. */
function readTodo(source, item) {
  if (typeof item?.id !== 'string' || typeof item.title !== 'string' || !isDay(item.due)) return null;
  return { source, id: item.id.slice(0, TITLE_MAX), title: cut(item.title), due: item.due, done: item.done === true };
}

export const restoreTodos = value =>
  (Array.isArray(value) ? value : []).map(item => readTodo(String(item?.source), item)).filter(todo => todo !== null);

/**
 * The tasks after hearing `event`. An app changes only what it told of itself: the source is stamped by the host.
 * @param {{source: string, type: string, data: any}} event
 */
export function hear(todos, { source, type, data }) {
  const others = id => todos.filter(todo => todo.source !== source || todo.id !== id);
  switch (type) {
    case 'todo.items.listed': {
      const listed = (Array.isArray(data?.items) ? data.items : [])
        .map(item => readTodo(source, item))
        .filter(todo => todo !== null);
      return [...todos.filter(todo => todo.source !== source), ...listed].slice(-TODOS_MAX);
    }
    case 'todo.item.changed': {
      const todo = readTodo(source, data);
      return [...others(data?.id), ...(todo ? [todo] : [])].slice(-TODOS_MAX);
    }
    case 'todo.item.removed':
      return others(data?.id);
    default:
      return todos;
  }
}

/** What stands on each day, in order: all-day entries, entries by time, tasks to do, tasks done. */
export function byDay(entries, todos) {
  const days = new Map();
  const put = (day, thing) => (days.has(day) ? days.get(day).push(thing) : days.set(day, [thing]));
  for (const entry of entries) put(entry.day, { kind: 'entry', ...entry });
  for (const todo of todos) put(todo.due, { kind: 'todo', time: '', day: todo.due, ...todo });
  const rank = thing => (thing.kind === 'todo' ? (thing.done ? 2 : 1) : 0);
  for (const things of days.values())
    things.sort((a, b) => rank(a) - rank(b) || a.time.localeCompare(b.time) || a.title.localeCompare(b.title));
  return days;
}

/** What comes next from `today` at `time` (HH:MM): no past times, no tasks done; at most `limit`. */
export function upcoming(days, today, time, limit) {
  const left = thing =>
    thing.kind === 'todo' ? !thing.done : thing.day > today || thing.time === '' || thing.time >= time;
  return [...days.keys()]
    .filter(day => day >= today)
    .sort()
    .flatMap(day => days.get(day).filter(left))
    .slice(0, limit);
}
