// SPDX-License-Identifier: GPL-3.0-or-later
import { finish } from './lib.js';

const itself = {};
itself.itself = itself;

const attempts = {
  'set without a key': () => nexus.storage.set(undefined, 1),
  'set with a number as key': () => nexus.storage.set(5, 1),
  'set with an object as key': () => nexus.storage.set({ toString: () => 'key' }, 1),
  'set with an empty key': () => nexus.storage.set('', 1),
  'set with a long key': () => nexus.storage.set('k'.repeat(300), 1),
  'get of null': () => nexus.storage.get(null),
  'delete of a list': () => nexus.storage.delete(['a', 'b']),
  'emit of nothing': () => nexus.emit(),
  'emit of a number': () => nexus.emit(5),
  'emit with wildcards': () => nexus.emit('neighbour.>'),
  'emit of spaces': () => nexus.emit('neighbour beat'),
  'emit of a long type': () => nexus.emit('a.'.repeat(400)),
  'subscribe without a function': async () => nexus.subscribe('a.b', 'alert(1)'),
  'set of itself': () => nexus.storage.set('key', itself),
  'set of a big integer': () => nexus.storage.set('key', 5n),
  'set of a function': () => nexus.storage.set('key', () => 1),
  'register of a number': async () => nexus.register(5),
  'a new key in nexus': async () => { nexus.more = 1; },
  'another storage': async () => { nexus.storage.set = () => {}; },
};

const results = {};
for (const [name, attempt] of Object.entries(attempts)) {
  try {
    await attempt();
    results[name] = 'worked';
  } catch (error) {
    results[name] = error.code ?? error.name;
  }
}
await finish(results);
