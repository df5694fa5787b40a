// SPDX-License-Identifier: GPL-3.0-or-later
// Looks for the element over which nexus talks, wherever nexus could use what a page can change.
const caught = new Set();
const events = [];
const { get: targetOf } = Object.getOwnPropertyDescriptor(Event.prototype, 'target');
const put = (object, name, made) => Object.defineProperty(object, name, { ...made, configurable: true });
const note = value => {
  if (value instanceof Element && value !== document.documentElement && !document.contains(value))
    caught.add(value);
};

const undo = [];
const replace = (object, name, wrap) => {
  const before = Object.getOwnPropertyDescriptor(object, name);
  undo.push(() => Object.defineProperty(object, name, before));
  if (before.get) {
    put(object, name, { get() {
      note(this);
      if (this instanceof Event)
        note(Reflect.getOwnPropertyDescriptor({ t: targetOf.call(this) }, 't').value);
      return before.get.call(this);
    } });
  } else {
    put(object, name, { value: wrap(before.value), writable: true });
  }
};
const watch = original => function (...args) {
  note(this);
  args.forEach(note);
  return original.apply(this, args);
};

for (const name of ['detail'])
  replace(CustomEvent.prototype, name);
for (const name of ['target', 'currentTarget', 'srcElement', 'type'])
  replace(Event.prototype, name);
for (const name of ['dispatchEvent', 'addEventListener', 'removeEventListener'])
  replace(EventTarget.prototype, name, watch);
for (const [object, name] of [[Map.prototype, 'get'], [Map.prototype, 'set'], [Map.prototype, 'delete'],
  [JSON, 'parse'], [JSON, 'stringify'], [Promise.prototype, 'then'], [Function.prototype, 'call'],
  [Document.prototype, 'createElement'], [Object, 'freeze'], [console, 'error']])
  replace(object, name, watch);

// The words by which the two sides found each other.
for (const name of ['nexus-hello', 'nexus-ready', 'ready', 'up', 'down'])
  document.addEventListener(name, event => {
    if (event.isTrusted || name === 'nexus-hello')
      events.push(name);
    note(event.relatedTarget);
  });
document.dispatchEvent(new Event('nexus-ready'));
document.dispatchEvent(new FocusEvent('ready', { relatedTarget: document.body }));

let through = 0;
for (const call of [nexus.storage.set('a', 1), nexus.storage.get('a'), nexus.storage.keys(), nexus.config.get()]) {
  await call;
  through += 1;
}
for (const step of undo.reverse())
  step();
await nexus.storage.set('done', {
  'elements caught': caught.size, 'events caught': events.length, 'calls that came through': through,
});
