// SPDX-License-Identifier: GPL-3.0-or-later
// The neighbour says something ten times a second. Nobody here may hear it.
import { after, finish, until } from './lib.js';

const heard = { own: 0, others: 0, onEvent: 0 };
const own = [];

nexus.register({ onEvent: () => { heard.onEvent += 1; } });
for (const pattern of ['>', '*', '*.*', 'neighbour.>', 'neighbour.beat', '*.beat', 'host.>', 'listen.>', 'listen.*.>',
  '', '>.>', 'NEIGHBOUR.beat', 'neighbour.beat\u0000', 'listen.*\nneighbour.>', 'neighbour..beat', '*'.repeat(500)])
  nexus.subscribe(pattern, () => { heard.others += 1; });
nexus.subscribe('listen.own', () => { heard.own += 1; });
for (let i = 0; i < 80; i += 1)
  nexus.subscribe('listen.many', () => { own[i] = true; });
await after(1000);
await nexus.emit('listen.own', 1);
await nexus.emit('listen.many', 1);
await until(() => heard.own === 1 && own[62]);
await after(300);
await finish({
  'heard of its own': heard.own, 'heard of others': heard.others, 'heard by onEvent': heard.onEvent,
  'heard at the 64th': own[62] === true, 'heard past it': own.slice(63).filter(Boolean).length,
});
