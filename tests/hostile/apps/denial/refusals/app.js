// SPDX-License-Identifier: GPL-3.0-or-later
// Refused thousands of times in different ways: each is a line in the audit, or is counted in one.
import { finish } from './lib.js';

let refused = 0;
for (let round = 0; round < 30; round += 1) {
  await Promise.all(Array.from({ length: 100 }, (_, i) => nexus.emit(`refusals.n${round * 100 + i}`, 1)
    .catch(() => { refused += 1; })));
  for (let i = 0; i < 20; i += 1)
    new Image().src = `http://n${round * 20 + i}.refusals.hostile.test/`;
}
await finish({ refused });
