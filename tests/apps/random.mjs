// SPDX-License-Identifier: GPL-3.0-or-later
// Random cases that come back: a failure names its seed, and RANDOM_SEED=… runs that one again.
import assert from 'node:assert/strict';

/* A linear congruential generator (Knuth, "The Art of Computer Programming", volume 2, 3.3.4: MMIX). */
function generator(seed) {
  let state = BigInt(seed);
  const next = () => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number(state >> 33n) / 2 ** 31;
  };
  return {
    next,
    below: limit => Math.floor(next() * limit),
    pick: list => list[Math.floor(next() * list.length)],
    chance: part => next() < part,
  };
}

const plain = (_, part) => (typeof part === 'bigint' ? `${part}` : part);

/** Calls `property` with `count` generators; a failure says which seed and what the case was. */
export function forAll(count, make, property) {
  const first = Number(process.env.RANDOM_SEED ?? 1),
    last = process.env.RANDOM_SEED ? first : count;
  for (let seed = first; seed <= last; seed++) {
    const value = make(generator(seed));
    try {
      property(value);
    } catch (error) {
      assert.fail(`RANDOM_SEED=${seed}: ${JSON.stringify(value, plain)}\n${error.message}`);
    }
  }
}
