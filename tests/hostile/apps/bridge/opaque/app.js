// SPDX-License-Identifier: GPL-3.0-or-later
// Values that a careless reader would change or trip over: they come back as they are, or are refused, and touch nothing.
import { finish, until } from './lib.js';

const own = text => JSON.parse(text);
const values = {
  'a proto': own('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'),
  'names of methods': own('{"toString": 1, "then": 2, "toJSON": 3, "hasOwnProperty": 4}'),
  'the largest whole number': Number.MAX_SAFE_INTEGER,
  'beyond it': 2 ** 53 + 2,
  'beyond 64 bits': 2 ** 70,
  'the largest number': Number.MAX_VALUE,
  'the smallest': Number.MIN_VALUE,
  'an exact fraction': 0.1 + 0.2,
  'an empty name': { '': { '': [] } },
  'a pair': 'a\u{1f600}b\ufffe\uffff',
  'acting characters': '\u0001\u001b[2J\u202e\u2028\u2029\u007f</script>',
  'nothing': [null, '', [], {}, false],
  'fifty deep': own(`${'[{"a":'.repeat(25)}1${'}]'.repeat(25)}`),
};
const refused = {
  'a NUL': 'a\u0000b',
  'a NUL in a name': { 'a\u0000b': 1 },
  'a high half': 'a\ud800b',
  'a low half': '\udc00',
  'halves the wrong way': '\udc00\ud800',
  'sixty-four deep': own(`${'['.repeat(64)}${']'.repeat(64)}`),
  'six hundred names': Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`n${i}`, i])),
};
const keys = ['__proto__', 'constructor', 'toString', ' ', "' OR 1=1; --", '../x', 'a\nb', 'k'.repeat(256)];
const results = {};
const heard = [];
let begun = false;

// The first may be said more than once before it is heard.
nexus.subscribe('opaque.value', ({ data }) => (data === 'first' ? begun = true : heard.push(JSON.stringify(data))));
await until(() => nexus.emit('opaque.value', 'first').then(() => true) && begun);
for (const [name, value] of Object.entries(values)) {
  const text = JSON.stringify(value);
  await nexus.storage.set('value', value);
  const stored = JSON.stringify(await nexus.storage.get('value')) === text;
  const before = heard.length;
  await nexus.emit('opaque.value', value);
  await until(() => heard.length > before);
  results[name] = stored && heard.at(-1) === text ? 'as it was' : `stored ${stored}, heard ${heard.at(-1)}`;
}
for (const [name, value] of Object.entries(refused)) {
  results[name] = await nexus.storage.set('value', value).then(() => 'taken', error => error.code);
  const said = await nexus.emit('opaque.value', value).then(() => 'taken', error => error.code);
  if (said !== results[name])
    results[name] = `stored ${results[name]}, said ${said}`;
}
for (const key of keys)
  await nexus.storage.set(key, key);
const kept = await nexus.storage.keys();
results['odd keys kept'] = keys.filter(key => kept.includes(key)).length;
results['odd keys read'] = (await Promise.all(keys.map(key => nexus.storage.get(key)))).filter((value, i) => value === keys[i]).length;
results['a key with a NUL'] = await nexus.storage.set('a\u0000b', 1).then(() => 'taken', error => error.code);
results.polluted = typeof {}.polluted;
await finish(results);
