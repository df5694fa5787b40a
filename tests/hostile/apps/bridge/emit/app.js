// SPDX-License-Identifier: GPL-3.0-or-later
import { finish } from './lib.js';

const types = {
  declared: 'emit.mine',
  'of another': 'neighbour.beat',
  'of the host': 'host.theme',
  'only listened to': 'emit.heard',
  'one token more': 'emit.mine.more',
  'one token less': 'emit',
  'in another case': 'Emit.mine',
  'with a NUL': 'emit.mine\u0000.other',
  "with a line's end": 'emit.mine\n',
};
const results = {};
for (const [name, type] of Object.entries(types))
  results[name] = await nexus.emit(type, 1).then(() => 'worked', error => error.code);
await finish(results);
