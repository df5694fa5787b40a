// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OTHER_CITIES } from '../../data/apps/com.tokennexus.clock/cities.js';
import {
  cityName,
  describe,
  difference,
  regionName,
  restoreCities,
  searchCities,
  wallTime,
} from '../../data/apps/com.tokennexus.clock/zones.js';
import { forAll } from './random.mjs';

const zones = Intl.supportedValuesOf('timeZone');
const at = (...parts) => Date.UTC(...parts);

test('what a clock shows elsewhere', () => {
  assert.equal(wallTime('Asia/Tokyo', at(2026, 10, 21, 20, 30, 5)), at(2026, 10, 22, 5, 30, 5));
  assert.equal(wallTime('UTC', at(2026, 10, 21, 0, 0)), at(2026, 10, 21, 0, 0), 'midnight is 0 o’clock, not 24');
});

test('differences in minutes and in days', () => {
  const noon = at(2026, 10, 21, 12);
  assert.deepEqual(difference('Asia/Tokyo', 'UTC', noon), { minutes: 540, days: 0 });
  assert.deepEqual(difference('Asia/Tokyo', 'UTC', at(2026, 10, 21, 16)), { minutes: 540, days: 1 });
  assert.deepEqual(difference('America/New_York', 'UTC', at(2026, 10, 21, 2)), { minutes: -300, days: -1 });
  assert.deepEqual(difference('Asia/Kathmandu', 'UTC', noon), { minutes: 345, days: 0 });
  assert.deepEqual(difference('Pacific/Kiritimati', 'Pacific/Niue', noon), { minutes: 1500, days: 1 });
});

test('daylight saving counts on the day it counts', () => {
  assert.equal(difference('Europe/London', 'UTC', at(2026, 6, 1)).minutes, 60);
  assert.equal(difference('Europe/London', 'UTC', at(2026, 0, 1)).minutes, 0);
});

test('differences in words', () => {
  assert.equal(describe({ minutes: 0, days: 0 }, 'en'), 'Same time');
  assert.equal(describe({ minutes: 540, days: 0 }, 'en'), '+9 h');
  assert.equal(describe({ minutes: 540, days: 1 }, 'en'), 'Tomorrow, +9 h');
  assert.equal(describe({ minutes: -210, days: 0 }, 'en'), '−3:30 h');
  assert.equal(describe({ minutes: -600, days: -1 }, 'de'), 'Gestern, −10 h');
});

test('names of cities and regions', () => {
  assert.equal(cityName('America/Argentina/Buenos_Aires'), 'Buenos Aires');
  assert.equal(regionName('America/Argentina/Buenos_Aires'), 'Argentina, America');
  assert.equal(cityName('UTC'), 'UTC');
  assert.equal(regionName('UTC'), '');
});

test('search', () => {
  const first = text => searchCities(text, zones, 10)[0]?.name;
  assert.equal(first('tok'), 'Tokyo');
  assert.match(first('as'), /^As/, 'a name before a region');
  assert.equal(first('new y'), 'New York');
  assert.equal(first('york'), 'New York');
  assert.equal(first('SAO PAULO'), 'Sao Paulo');
  assert.equal(first('brasilia'), 'Brasília');
  assert.equal(first('münchen'), undefined);
  assert.equal(first('munich'), 'Munich');
  assert.equal(first('utc'), 'UTC');
  assert.equal(first('europe/ber'), 'Berlin');
  assert.deepEqual(searchCities('  ', zones, 10), []);
  assert.deepEqual(searchCities('zzzz', zones, 10), []);
  assert.equal(searchCities('a', zones, 7).length, 7);
});

test('every further city has a zone that exists', () => {
  for (const [name, zone] of Object.entries(OTHER_CITIES)) assert.equal(Number.isNaN(wallTime(zone, 0)), false, name);
});

test('only whole cities come back from storage', () => {
  const city = { name: 'Tokyo', zone: 'Asia/Tokyo' };
  assert.deepEqual(
    restoreCities([city, { name: 'Nowhere', zone: 'Mars/Olympus' }, { name: 1, zone: 'UTC' }, null, 'x', {}]),
    [city],
  );
  assert.deepEqual(restoreCities(undefined), []);
  assert.deepEqual(restoreCities({ length: 3 }), []);
});

test('there and back is no difference', () => {
  forAll(
    200,
    random => [random.pick(zones), random.pick(zones), random.below(2 ** 31) * 1000],
    ([a, b, instant]) => {
      const there = difference(a, b, instant),
        back = difference(b, a, instant);
      assert.equal(there.minutes + back.minutes, 0);
      assert.equal(there.days + back.days, 0);
    },
  );
});

test('a city is found by its whole name', () => {
  forAll(
    100,
    random => random.pick(zones),
    zone => assert.ok(searchCities(cityName(zone), zones, 40).some(city => city.zone === zone)),
  );
});
