// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  byDay,
  hear,
  parseEntry,
  restoreEntries,
  restoreTodos,
  upcoming,
} from '../../data/apps/com.tokennexus.calendar/entries.js';
import {
  addDays,
  addMonths,
  firstWeekday,
  isoDay,
  monthGrid,
  placeInWeek,
  utc,
} from '../../data/apps/com.tokennexus.calendar/month.js';
import { forAll } from './random.mjs';

test('the grid of a month', () => {
  const november = monthGrid('2026-11-20', 1);
  assert.equal(november.length, 42);
  assert.equal(november[0], '2026-10-26');
  assert.equal(november[6], '2026-11-01');
  assert.equal(november[41], '2026-12-06');
  assert.equal(monthGrid('2026-11-20', 7)[0], '2026-11-01');
  assert.equal(monthGrid('2026-02-10', 1)[0], '2026-01-26');
  assert.equal(monthGrid('2027-02-10', 1)[0], '2027-02-01');
});

test('any grid is six whole weeks that hold the whole month', () => {
  forAll(
    500,
    random => [addDays('1990-01-01', random.below(40000)), 1 + random.below(7)],
    ([day, first]) => {
      const grid = monthGrid(day, first);
      assert.equal(new Date(utc(grid[0])).getUTCDay(), first % 7);
      grid.forEach((other, index) => assert.equal(other, addDays(grid[0], index)));
      grid.forEach((other, index) => assert.equal(placeInWeek(other, first), index % 7));
      assert.ok(grid.includes(day));
      assert.ok(grid.indexOf(`${day.slice(0, 8)}01`) < 7);
      assert.ok(grid.includes(addDays(addMonths(`${day.slice(0, 8)}01`, 1), -1)));
    },
  );
});

test('moving by months', () => {
  assert.equal(addMonths('2026-01-31', 1), '2026-02-28');
  assert.equal(addMonths('2024-01-31', 1), '2024-02-29');
  assert.equal(addMonths('2026-12-15', 1), '2027-01-15');
  assert.equal(addMonths('2026-01-15', -1), '2025-12-15');
  assert.equal(addMonths('2024-02-29', 12), '2025-02-28');
  assert.equal(isoDay(new Date(2026, 0, 5, 0, 0)), '2026-01-05');
});

test('the first day of the week', () => {
  const wanted = { 'de-DE': 1, 'en-US': 7, 'en-GB': 1, 'fr-FR': 1, de: 1, en: 7, ja: 7, 'pt-BR': 7, 'ar-EG': 6, fa: 6 };
  for (const [locale, first] of Object.entries(wanted)) assert.equal(firstWeekday(locale), first, locale);
});

test('the first day of the week without help from the engine', () => {
  const names = ['weekInfo', 'getWeekInfo'],
    { prototype } = Intl.Locale;
  const kept = names.map(name => Object.getOwnPropertyDescriptor(prototype, name));
  names.forEach(name => Object.defineProperty(prototype, name, { value: undefined, configurable: true }));
  try {
    for (const [locale, first] of Object.entries({ 'de-DE': 1, 'en-US': 7, en: 7, 'ar-EG': 6, 'pt-BR': 7, 'sv-SE': 1 }))
      assert.equal(firstWeekday(locale), first, locale);
  } finally {
    names.forEach((name, index) =>
      kept[index] ? Object.defineProperty(prototype, name, kept[index]) : delete prototype[name],
    );
  }
});

test('entries as people write them', () => {
  const wanted = {
    Birthday: ['', 'Birthday'],
    '14:30 Dentist': ['14:30', 'Dentist'],
    '9:05  Two   words': ['09:05', 'Two words'],
    '18.15 Choir': ['18:15', 'Choir'],
    '9am Standup': ['09:00', 'Standup'],
    '12 pm Lunch': ['12:00', 'Lunch'],
    '12:30 a.m. Train': ['00:30', 'Train'],
    '7 eggs': ['', '7 eggs'],
    '25:00 x': ['', '25:00 x'],
    '13pm x': ['', '13pm x'],
    '10:75 x': ['', '10:75 x'],
    '14:30': ['', '14:30'],
  };
  for (const [text, [time, title]] of Object.entries(wanted)) assert.deepEqual(parseEntry(text), { time, title }, text);
  assert.equal(parseEntry('   '), null);
  assert.equal(parseEntry('x'.repeat(500)).title.length, 200);
});

const item = (id, due, done = false) => ({ id, title: `Task ${id}`, due, done, list: 'Home' });
const listed = (source, ...items) => ({ source, type: 'todo.items.listed', data: { items } });
const changed = (source, data) => ({ source, type: 'todo.item.changed', data });
const removed = (source, id) => ({ source, type: 'todo.item.removed', data: { id } });
const ids = todos =>
  todos
    .map(todo => `${todo.source}${todo.id}`)
    .sort()
    .join(' ');

test('hearing of tasks', () => {
  let todos = hear([], listed('A', item('1', '2026-11-20'), item('2', null)));
  assert.equal(ids(todos), 'A1', 'a task without a date is no entry');
  todos = hear(todos, changed('B', item('1', '2026-11-21')));
  assert.equal(ids(todos), 'A1 B1');
  todos = hear(todos, changed('A', item('1', '2026-11-25', true)));
  assert.deepEqual(
    todos.find(todo => todo.source === 'A'),
    { source: 'A', id: '1', title: 'Task 1', due: '2026-11-25', done: true },
  );
  todos = hear(todos, changed('A', item('2', '2026-12-01')));
  assert.equal(ids(hear(todos, removed('B', '2'))), 'A1 A2 B1', 'an app removes only its own');
  assert.equal(ids(hear(todos, removed('A', '2'))), 'A1 B1');
  assert.equal(ids(hear(todos, changed('A', item('2', null)))), 'A1 B1', 'a date taken away takes the entry away');
  assert.equal(ids(hear(todos, listed('A'))), 'B1', 'a list replaces what its app said before');
  assert.equal(hear(todos, { source: 'A', type: 'todo.items.wanted', data: {} }), todos);
});

test('what is not whole is not heard, and does no harm', () => {
  for (const data of [
    null,
    undefined,
    3,
    'x',
    [],
    {},
    { id: 1, title: 'x', due: '2026-11-20' },
    { id: 'a', title: 'x', due: '2026-02-30' },
    { id: 'a', title: {}, due: '2026-11-20' },
    { items: 'x' },
    { items: [null, 3, {}] },
  ]) {
    for (const type of ['todo.item.changed', 'todo.items.listed', 'todo.item.removed'])
      assert.deepEqual(hear([], { source: 'A', type, data }), [], JSON.stringify({ type, data }));
  }
  const flood = Array.from({ length: 5000 }, (_, index) => item(`${index}`, '2026-11-20'));
  assert.equal(hear([], listed('A', ...flood)).length, 2000);
  assert.equal(hear([], changed('A', { ...item('1', '2026-11-20'), title: 'x'.repeat(9999) }))[0].title.length, 200);
});

test('the same tasks are known, however they were told', () => {
  const make = random =>
    Array.from({ length: 40 }, () => [
      random.pick('AB'),
      `${random.below(8)}`,
      random.chance(0.3) ? null : '2026-11-20',
      random.chance(0.2),
    ]);
  forAll(200, make, moves => {
    const wanted = new Map();
    let todos = [];
    for (const [source, id, due, gone] of moves) {
      todos = hear(todos, gone ? removed(source, id) : changed(source, item(id, due)));
      gone || due === null ? wanted.delete(source + id) : wanted.set(source + id);
    }
    assert.equal(ids(todos), [...wanted.keys()].sort().join(' '));
    assert.deepEqual(restoreTodos(JSON.parse(JSON.stringify(todos))), todos);
  });
});

test('a day in order, and what comes next', () => {
  const entry = (id, day, time) => ({ id, day, time, title: id });
  const entries = [
    entry('late', '2026-11-20', '20:00'),
    entry('early', '2026-11-20', '08:00'),
    entry('allday', '2026-11-20', ''),
    entry('past', '2026-11-19', ''),
    entry('next', '2026-11-22', ''),
  ];
  const todos = [
    { source: 'A', ...item('open', '2026-11-20') },
    { source: 'A', ...item('done', '2026-11-20', true) },
  ];
  const days = byDay(entries, todos);
  assert.deepEqual(
    days.get('2026-11-20').map(thing => thing.id),
    ['allday', 'early', 'late', 'open', 'done'],
  );
  assert.deepEqual(
    days.get('2026-11-20').map(thing => thing.kind),
    ['entry', 'entry', 'entry', 'todo', 'todo'],
  );
  assert.deepEqual(
    upcoming(days, '2026-11-20', '12:00', 9).map(thing => thing.id),
    ['allday', 'late', 'open', 'next'],
  );
  assert.deepEqual(
    upcoming(days, '2026-11-20', '20:00', 2).map(thing => thing.id),
    ['allday', 'late'],
  );
  assert.deepEqual(upcoming(days, '2026-11-23', '00:00', 9), []);
});

test('damaged storage gives whole entries', () => {
  const good = { id: 'a', day: '2026-11-20', time: '09:00', title: 'Good' };
  assert.deepEqual(
    restoreEntries([good, { ...good, day: '2026-11-31' }, { ...good, time: '9' }, { ...good, title: 1 }, null]),
    [good],
  );
  assert.deepEqual(restoreEntries('x'), []);
  assert.deepEqual(restoreTodos({}), []);
});
