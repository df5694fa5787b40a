// SPDX-License-Identifier: GPL-3.0-or-later
import { after, finish } from './lib.js';

const MIB = 1048576;
const attempts = {
  'just small enough': () => nexus.storage.set('value', 'x'.repeat(MIB - 1000)),
  'a value over the cap': () => nexus.storage.set('value', 'x'.repeat(MIB)),
  'a value of 64 MiB': () => nexus.storage.set('value', 'x'.repeat(64 * MIB)),
  'a long key': () => nexus.storage.get('k'.repeat(2 * MIB)),
  'an event over its cap': () => nexus.emit('giant.said', 'x'.repeat(300000)),
  'two bytes a character': () => nexus.storage.set('value', '\u00e9'.repeat(MIB - 1000)),
  afterwards: () => nexus.storage.set('value', 'small'),
};

const results = {};
for (const [name, attempt] of Object.entries(attempts))
  results[name] = await Promise.race([attempt().then(() => 'worked', error => error.code), after(3000, 'no answer')]);
await finish(results);
