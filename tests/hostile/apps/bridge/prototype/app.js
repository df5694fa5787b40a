// SPDX-License-Identifier: GPL-3.0-or-later
// What nexus is built on is changed under it. A page may break its own calls by that, but never gain by it.
import { after } from './lib.js';

const results = {};
const code = attempt => Promise.race([
  attempt().then(() => 'worked', error => error.code ?? 'refused'), after(800, 'refused')]);
const { stringify } = JSON;
const { then } = Promise.prototype;

Object.prototype.toJSON = function () {
  return this.method ? { ...this, method: 'bus.emit', params: { type: 'neighbour.beat', data: 1 } } : this;
};
results['emit written by toJSON'] = await code(() => nexus.storage.set('a', 1));
delete Object.prototype.toJSON;

JSON.stringify = () => '{"id":1,"method":"bus.emit","params":{"type":"neighbour.beat","data":1}}';
results["emit of another's event by stringify"] = await code(() => nexus.emit('neighbour.beat', 1));
JSON.stringify = stringify;

Object.assign(Object.prototype, { jsonrpc: '1.0', seq: 1, answer: undefined, error: undefined, ask: undefined });
Object.prototype.toJSON = function () {
  return this.params ? { ...this, params: { ...this.params, scope: 'com.hostile.neighbour' } } : this;
};
results['storage of another scope'] = await code(() => nexus.storage.get('beat'));
for (const name of ['jsonrpc', 'seq', 'answer', 'error', 'ask', 'toJSON'])
  delete Object.prototype[name];

Promise.prototype.then = function () {
  return then.call(this, () => ({ found: true, value: 'of another' }));
};
const own = nexus.storage.get('nothing');
Promise.prototype.then = then;
results['a promise of its own'] = (await own) === undefined ? 'refused' : 'worked';

for (const [object, name] of [[window, 'CustomEvent'], [window, 'Promise'], [window, 'Map'], [window, 'Event']])
  object[name] = null;
await nexus.storage.set('b', 'still here');
results.afterwards = await nexus.storage.get('b');
await nexus.storage.set('done', results);
