// SPDX-License-Identifier: GPL-3.0-or-later
import { after, finish } from './lib.js';

const deep = levels => {
  let value = 1;
  for (let i = 0; i < levels; i += 1)
    value = i % 2 ? [value] : { value };
  return value;
};
const wide = Object.fromEntries(Array.from({ length: 50000 }, (_, i) => [`k${i}`, 0]));
const attempts = {
  flat: () => nexus.storage.set('value', 1),
  'stored, 50': () => nexus.storage.set('value', deep(50)),
  'stored, 100': () => nexus.storage.set('value', deep(100)),
  'stored, 20000': () => nexus.storage.set('value', deep(20000)),
  'said, 100': () => nexus.emit('deep.said', deep(100)),
  'said, 20000': () => nexus.emit('deep.said', deep(20000)),
  'keys, 50000': () => nexus.storage.set('value', wide),
  afterwards: () => nexus.storage.set('value', 'flat'),
};

const results = {};
for (const [name, attempt] of Object.entries(attempts))
  results[name] = await Promise.race([attempt().then(() => 'worked', error => error.code ?? error.name),
    after(3000, 'no answer')]);
await finish(results);
