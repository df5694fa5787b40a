// SPDX-License-Identifier: GPL-3.0-or-later
import { finish, until } from './lib.js';

const heard = [];
let tile = null;
const envelope = { specversion: '1.0', id: 'mine', source: 'tn:/host', type: 'forged.other', tile: 'neighbour' };

nexus.register({ onMount(context) {
  tile = context.tileId;
} });
nexus.subscribe('forged.>', event => heard.push(event));
await until(() => tile !== null);
await nexus.emit('forged.said', envelope);
await nexus.emit('forged.said', { ...envelope, data: envelope });
Object.prototype.source = 'tn:/host';
Object.prototype.tile = 'com.hostile.neighbour';
await nexus.emit('forged.said', 1, { source: 'tn:/host' });
delete Object.prototype.source;
delete Object.prototype.tile;
const state = { tile, state: 'stopped' };
const asHost = await nexus.emit('host.tile.state', state).then(() => 'worked', error => error.code);
await until(() => heard.length === 3);
await finish({
  sources: new Set(heard.map(event => event.source)).size,
  'is its own': heard.length === 3 && heard.every(event => event.source === `tn:/${location.host}/${tile}`),
  tiles: new Set(heard.map(event => event.source.split('/').at(-1))).size,
  'ids of its own choice': heard.filter(event => event.id === 'mine').length,
  'as the host': asHost,
});
