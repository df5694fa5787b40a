// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, daysBetween, dueLabel, isoDay, parseDue } from '../../data/apps/com.tokennexus.todo/dates.js';
import * as model from '../../data/apps/com.tokennexus.todo/model.js';
import { forAll } from './random.mjs';

const TODAY = '2026-11-20'; // a Friday

const understood = {
  '': null,
  '   ': null,
  '2026-11-30': '2026-11-30',
  '2026-1-5': '2026-01-05',
  today: '2026-11-20',
  TOMORROW: '2026-11-21',
  tom: '2026-11-21',
  yesterday: '2026-11-19',
  'next week': '2026-11-27',
  fri: '2026-11-27',
  friday: '2026-11-27',
  sat: '2026-11-21',
  'next mon': '2026-11-23',
  thu: '2026-11-26',
  'in 3 days': '2026-11-23',
  '+2w': '2026-12-04',
  '3d': '2026-11-23',
  '1 week': '2026-11-27',
  '30 nov': '2026-11-30',
  'nov 30': '2026-11-30',
  '30 November 2028': '2028-11-30',
  'November 30, 2028': '2028-11-30',
  '1 jan': '2027-01-01',
  '20 nov': '2026-11-20',
  '30.11.': '2026-11-30',
  '30.11.2026': '2026-11-30',
  '1.2.27': '2027-02-01',
  '29 feb': '2028-02-29',
};

const refused = [
  'nonsense',
  '2026-02-30',
  '2026-13-01',
  '31 nov 2026',
  '30',
  'fr',
  'f',
  '32.1.',
  'in x days',
  '99 nov',
  'nov',
  'nov 30 30 30',
  'constructor',
  '__proto__',
  'tomorrow!',
  '2026-11-30T10:00',
];

test('due dates as people write them', () => {
  for (const [text, wanted] of Object.entries(understood)) assert.equal(parseDue(text, TODAY, 'en-GB'), wanted, text);
});

test('what is no date is refused', () => {
  for (const text of refused) assert.equal(parseDue(text, TODAY, 'en-GB'), undefined, text);
});

test('a slash date follows the locale', () => {
  assert.equal(parseDue('12/1', TODAY, 'en-US'), '2026-12-01');
  assert.equal(parseDue('12/1', TODAY, 'en-GB'), '2027-01-12');
  assert.equal(parseDue('12/31/2026', TODAY, 'en-US'), '2026-12-31');
});

test('names of days and months in the locale', () => {
  assert.equal(parseDue('montag', TODAY, 'de-DE'), '2026-11-23');
  assert.equal(parseDue('3. märz', TODAY, 'de-DE'), '2027-03-03');
  assert.equal(parseDue('12 déc', TODAY, 'fr-FR'), '2026-12-12');
  assert.equal(parseDue('mon', TODAY, 'de-DE'), '2026-11-23');
});

test('labels', () => {
  const label = due => dueLabel(due, TODAY, 'en-GB');
  assert.equal(label(TODAY), 'Today');
  assert.equal(label('2026-11-21'), 'Tomorrow');
  assert.equal(label('2026-11-19'), 'Yesterday');
  assert.equal(label('2026-11-26'), 'Thursday');
  assert.equal(label('2026-11-27'), '27 Nov');
  assert.equal(label('2027-01-02'), '2 Jan 2027');
  assert.equal(label('2026-11-10'), '10 Nov');
});

test('any day can be moved there and back, and written and read', () => {
  forAll(
    500,
    random => [addDays('2000-01-01', random.below(40000)), random.below(2000) - 1000],
    ([day, days]) => {
      const moved = addDays(day, days);
      assert.equal(addDays(moved, -days), day);
      assert.equal(daysBetween(day, moved), days);
      assert.equal(parseDue(moved, day), moved);
      const [year, month, date] = moved.split('-').map(Number);
      assert.equal(isoDay(new Date(year, month - 1, date, 23, 59)), moved);
    },
  );
});

test('any text is a day, nothing, or refused', () => {
  const words = ['in', 'next', 'fri', 'nov', '30', '2026', '-', '.', '/', '3', 'd', ' ', 'week', 'today', '11'];
  forAll(
    2000,
    random => Array.from({ length: random.below(6) }, () => random.pick(words)).join(random.pick(['', ' '])),
    text => {
      const due = parseDue(text, TODAY, 'en-US');
      assert.ok(due === null || due === undefined || addDays(due, 0) === due, String(due));
    },
  );
});

const tasks = (...titles) =>
  titles.reduce((state, title) => model.addItem(state, title, title, null), model.emptyState());
const order = state =>
  model
    .visibleItems(state)
    .map(item => item.id)
    .join('');

test('adding, editing, removing', () => {
  const state = model.addItem(model.emptyState(), 'a', '  water   the plants ', TODAY);
  assert.deepEqual(state.items, [{ id: 'a', title: 'water the plants', due: TODAY, done: false, list: 'tasks' }]);
  assert.equal(model.addItem(state, 'b', '   ', null), state);
  assert.equal(model.editItem(state, 'a', { done: true }).items[0].done, true);
  assert.equal(model.editItem(state, 'a', { title: ' ' }).items[0].title, 'water the plants');
  assert.equal(model.removeItem(state, 'a').items.length, 0);
  assert.equal(model.addItem(state, 'c', 'x'.repeat(600), null).items[1].title.length, 500);
});

test('moving among what is seen', () => {
  const state = tasks('a', 'b', 'c', 'd');
  assert.equal(order(model.moveItem(state, 'c', -1)), 'acbd');
  assert.equal(order(model.moveItem(state, 'b', 1)), 'acbd');
  assert.equal(order(model.moveItem(state, 'd', 1)), 'abcd');
  assert.equal(order(model.moveItem(state, 'a', -1)), 'abcd');
  assert.equal(order(model.moveItem(state, 'c', 1)), 'abdc');
  const filtered = { ...model.editItem(state, 'b', { done: true }), showDone: false };
  assert.equal(order(filtered), 'acd');
  assert.equal(order(model.moveItem(filtered, 'c', -1)), 'cad');
  assert.equal(order(model.placeItem(state, 'd', 'a')), 'dabc');
  assert.equal(order(model.placeItem(state, 'a', null)), 'bcda');
  assert.equal(order(model.placeItem(state, 'x', 'a')), 'abcd');
});

test('lists', () => {
  let state = model.addList(tasks('a'), 'work', ' Work ');
  assert.equal(state.current, 'work');
  assert.equal(model.addList(state, 'x', ' '), state);
  state = model.addItem(state, 'b', 'b', null);
  assert.equal(order(state), 'b');
  assert.equal(model.countLeft(state, 'tasks'), 1);
  state = model.renameList(state, 'work', 'Office');
  assert.deepEqual(
    model.listed(state).map(item => item.list),
    ['Tasks', 'Office'],
  );
  const without = model.removeList(state, 'work');
  assert.equal(without.current, 'tasks');
  assert.equal(without.items.length, 1);
  assert.equal(model.removeList(without, 'tasks'), without, 'the last list stays');
  assert.equal(model.removeDone(model.editItem(state, 'a', { done: true }), 'tasks').items.length, 1);
});

test('others hear what changed, no more', () => {
  const before = tasks('a', 'b'),
    after = model.removeItem(model.editItem(before, 'a', { due: TODAY }), 'b');
  assert.deepEqual(model.difference(before, after), {
    changed: [{ id: 'a', title: 'a', due: TODAY, done: false, list: 'Tasks' }],
    removed: ['b'],
  });
  assert.deepEqual(model.difference(before, model.moveItem(before, 'a', 1)), { changed: [], removed: [] });
  assert.equal(model.difference(before, model.renameList(before, 'tasks', 'Home')).changed.length, 2);
});

test('undo takes back one step, and leaves what came later', () => {
  const before = tasks('a', 'b', 'c'),
    after = model.removeItem(before, 'b');
  assert.deepEqual(model.revert(after, before, after), before);
  const later = model.moveItem(model.addItem(after, 'd', 'd', TODAY), 'a', 1);
  assert.equal(order(later), 'cad');
  assert.equal(order(model.revert(later, before, after)), 'cabd');
  const done = model.editItem(before, 'a', { done: true });
  assert.deepEqual(
    model.revert(model.addItem(done, 'd', 'd', null), before, done).items.map(item => item.done),
    [false, false, false, false],
  );
  const two = model.addItem(model.addList(before, 'work', 'Work'), 'w', 'w', null),
    gone = model.removeList(two, 'work');
  assert.deepEqual(model.revert(gone, two, gone), two);
  assert.equal(model.revert(model.addItem(gone, 'x', 'x', null), two, gone).items.length, 5);
});

test('undo at once gives what was before, whatever was removed', () => {
  const make = random => [Array.from({ length: random.below(12) }, (_, id) => `${id}`), random.below(2 ** 12)];
  forAll(300, make, ([ids, mask]) => {
    const before = tasks(...ids),
      after = ids.filter((_, index) => mask & (1 << index)).reduce(model.removeItem, before);
    assert.deepEqual(model.revert(after, before, after), before);
  });
});

test('what is told brings a listener to the same items, undo too', () => {
  const steps = [
    (state, fresh) => model.addItem(state, `${fresh}`, 'x', null),
    (state, _, id) => model.removeItem(state, `${id}`),
    (state, _, id) => model.editItem(state, `${id}`, { done: true }),
    (state, _, id) => model.moveItem(state, `${id}`, 1),
    (state, fresh) => model.addList(state, `l${fresh}`, `L${fresh}`),
    (state, _, id) => model.removeList(state, `l${id}`),
    () => null,
  ];
  const make = random =>
    Array.from({ length: 30 }, (_, index) => [random.below(steps.length), index, random.below(index + 1)]);
  forAll(100, make, moves => {
    const heard = new Map();
    let state = model.emptyState(),
      previous = state;
    for (const [step, ...ids] of moves) {
      const next = steps[step](state, ...ids) ?? previous,
        { changed, removed } = model.difference(state, next);
      changed.forEach(item => heard.set(item.id, item));
      removed.forEach(gone => heard.delete(gone));
      [previous, state] = [state, next];
    }
    const byId = (a, b) => a.id.localeCompare(b.id);
    assert.deepEqual([...heard.values()].sort(byId), model.listed(state).sort(byId));
    assert.deepEqual(model.restoreState(JSON.parse(JSON.stringify(state))), state);
  });
});

test('damaged storage gives a whole state', () => {
  for (const value of [undefined, null, 3, 'x', [], {}, { lists: [] }, { lists: [{ id: 1 }] }])
    assert.deepEqual(model.restoreState(value), model.emptyState());
  const state = model.restoreState({
    lists: [{ id: 'a', name: '  ' }, null],
    current: 'gone',
    showDone: 'x',
    items: [{ id: 'i', title: 't', due: 'soon', done: 1, list: 'gone' }, { id: 2 }, null],
  });
  assert.deepEqual(state, {
    lists: [{ id: 'a', name: 'Tasks' }],
    current: 'a',
    showDone: true,
    items: [{ id: 'i', title: 't', due: null, done: false, list: 'a' }],
  });
});
