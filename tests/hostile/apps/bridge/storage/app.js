// SPDX-License-Identifier: GPL-3.0-or-later
import { finish } from './lib.js';

const read = async key => ((await nexus.storage.get(key)) === undefined ? 'absent' : 'worked');

await nexus.storage.set('own', 1);
await nexus.shared.set('shared', 1);
const results = {
  'keys of its own': await nexus.storage.keys(),
  'keys of its app': await nexus.shared.keys(),
  "the neighbour's by its key": await read('beat'),
  'by a path': await read('../com.hostile.neighbour/beat'),
  'by SQL': await read("x' OR '1'='1"),
};
await nexus.storage.delete("x'; DELETE FROM kv; --");
results['keys afterwards'] = await nexus.storage.keys();
await finish(results);
