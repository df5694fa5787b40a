// SPDX-License-Identifier: GPL-3.0-or-later
process.env.TZ = 'Asia/Kolkata';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  clockTime,
  inOneLine,
  isPattern,
  makeFilter,
  matchesPattern,
  Ring,
} from '../../data/apps/com.tokennexus.events/log.js';
import { forAll } from './random.mjs';

test('patterns', () => {
  const wanted = [
    ['todo.item.changed', 'todo.item.changed', true],
    ['todo.item.changed', 'todo.item', false],
    ['todo.item', 'todo.item.changed', false],
    ['todo.*.changed', 'todo.item.changed', true],
    ['todo.*', 'todo.item.changed', false],
    ['*', 'todo', true],
    ['*', 'todo.item', false],
    ['todo.>', 'todo.item.changed', true],
    ['todo.>', 'todo', false],
    ['>', 'todo', true],
    ['*.>', 'a.b', true],
    ['*.>', 'a', false],
    ['todo', 'Todo', false],
  ];
  for (const [pattern, type, matches] of wanted)
    assert.equal(matchesPattern(pattern, type), matches, `${pattern} ${type}`);
  for (const good of ['a', 'a.b-c_d', '*', '>', 'a.*.>', '*.b']) assert.ok(isPattern(good), good);
  for (const bad of ['', '.', 'a.', '.a', 'a..b', '>.a', 'a*', 'a.>b', 'a b', 'ä']) assert.ok(!isPattern(bad), bad);
});

test('a pattern made from a type matches it', () => {
  const make = random => {
    const tokens = Array.from({ length: 1 + random.below(5) }, () => random.pick(['a', 'b', 'item', 'x-1']));
    const pattern = tokens.map(token => (random.chance(0.4) ? '*' : token)),
      cut = random.below(tokens.length);
    return [tokens.join('.'), (random.chance(0.5) ? [...pattern.slice(0, cut), '>'] : pattern).join('.')];
  };
  forAll(500, make, ([type, pattern]) => {
    assert.ok(isPattern(pattern));
    assert.ok(matchesPattern(pattern, type));
    assert.ok(!matchesPattern(`other.${pattern}`, type));
  });
});

test('filters', () => {
  const event = { type: 'todo.item.changed', source: 'tn:/abc/tile-7' };
  for (const text of ['', '  ', 'todo', 'ITEM', 'tile-7', 'todo.>', '*.item.*', ' todo.> '])
    assert.equal(makeFilter(text)(event), true, text);
  for (const text of ['done', 'todo.*', 'host.>']) assert.equal(makeFilter(text)(event), false, text);
  for (const text of ['>.x', 'a..*', '**']) assert.equal(makeFilter(text), null, text);
});

test('the ring keeps the newest', () => {
  const ring = new Ring(3);
  assert.deepEqual(
    [1, 2, 3, 4, 5].map(event => ring.push(event)),
    [false, false, false, true, true],
  );
  assert.deepEqual(ring.events, [3, 4, 5]);
  assert.equal(ring.lost, 2);
  ring.clear();
  assert.deepEqual([ring.events, ring.lost], [[], 0]);
});

test('data in one line', () => {
  assert.equal(inOneLine({ a: '<b>\n' }), '{"a":"<b>\\n"}');
  assert.equal(inOneLine(undefined), '');
  assert.equal(inOneLine(null), 'null');
  assert.equal(inOneLine('x'.repeat(300)).length, 200);
  assert.equal(inOneLine([1, 2, 3], 5), '[1,2…');
});

test('the time of day is local', () => {
  assert.deepEqual(clockTime('2026-11-20T08:35:09.042Z'), ['14:05:09', '.042']);
  assert.deepEqual(clockTime('never'), []);
});
