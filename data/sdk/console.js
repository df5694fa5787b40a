// SPDX-License-Identifier: GPL-3.0-or-later
// In development only, before any of the page's own scripts: whatever the page says on its console is told to the host too.
(() => {
  'use strict';
  const {stringify} = JSON;
  const {apply, construct} = Reflect;
  const {dispatchEvent, addEventListener} = EventTarget.prototype;
  const Detail = CustomEvent;
  const Fault = Error;
  const MAX_CHARACTERS = 4096;
  const LEVELS = {debug: 'debug', log: 'info', info: 'info', warn: 'warning', error: 'error', trace: 'debug', dir: 'info'};

  const channel = document.createElement('i');
  let connected = false;

  const describe = value => {
    if (typeof value === 'string')
      return value;
    if (value instanceof Fault)
      return `${value.name}: ${value.message}`;
    try {
      return (typeof value === 'object' && value !== null && stringify(value)) || String(value);
    } catch {
      return Object.prototype.toString.call(value);
    }
  };

  // Whose line of a stack it is: “function@address:line:column”.
  const place = (stack, depth) => {
    const [, source, line] = /^(?:.*@)?(.*):(\d+):\d+$/.exec(`${stack}`.split('\n')[depth] ?? '') ?? [];
    return {source, line: Number(line)};
  };

  const say = (level, values, {source = '', line = 0}) => {
    if (!connected)
      return;
    const text = values.map(describe).join(' ').slice(0, MAX_CHARACTERS);
    apply(dispatchEvent, channel, [new Detail('say', {detail: stringify({level, text, source, line})})]);
  };

  for (const [name, level] of Object.entries(LEVELS)) {
    const original = console[name];
    console[name] = (...values) => {
      say(level, values, place(new Fault().stack, 1));
      return apply(original, console, values);
    };
  }
  const originalAssert = console.assert;
  console.assert = (holds, ...values) => {
    if (!holds)
      say('error', ['Assertion failed:', ...values], place(new Fault().stack, 1));
    return apply(originalAssert, console, [holds, ...values]);
  };

  window.addEventListener('unhandledrejection', event => {
    say('error', ['Unhandled promise rejection:', event.reason], place(event.reason?.stack, 0));
  });

  // Nothing of ours runs in a worker. What it does not catch comes up to the page; that it never ran only it itself is told.
  window.Worker = new Proxy(window.Worker, {
    construct(target, values, made) {
      const worker = construct(target, values, made);
      const where = place(new Fault().stack, 2); // The proxy itself has a line too.
      apply(addEventListener, worker, ['error', ({message}) => {
        if (message === undefined)
          say('error', [`A worker could not be started: ${values[0]}`], where);
      }]);
      return worker;
    },
  });

  const hello = () => document.dispatchEvent(new FocusEvent('nexus-console', {relatedTarget: channel}));
  document.addEventListener('nexus-console-ready', hello);
  apply(addEventListener, channel, ['ready', () => {
    connected = true;
    document.removeEventListener('nexus-console-ready', hello);
  }, {once: true}]);
  hello();
})();
