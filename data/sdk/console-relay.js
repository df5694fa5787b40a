// SPDX-License-Identifier: GPL-3.0-or-later
// In development, beside relay.js in its script world: hands on what console.js saw, and what the browser found wrong.
// A page that says too much is cut short here, in its own process, and how much it was is told.
(() => {
  'use strict';
  if (globalThis.nexusConsole !== undefined)
    return;
  globalThis.nexusConsole = true;
  const MAX_CHARACTERS = 4096;
  const BURST = 200;
  const PER_SECOND = 50;
  const FOREIGN_SHARE = 0.1;
  const native = window.webkit.messageHandlers.nexusConsole;
  const now = () => performance.timeOrigin + performance.now();

  // All frames of the page have this together, or each frame more would be as much again. One of another origin can't see
  // it, and has a little of its own.
  const makeBudget = share => ({share, room: BURST * share, last: now()});
  const findBudget = () => {
    try {
      return window.top.nexusConsoleBudget ??= makeBudget(1);
    } catch {
      return makeBudget(FOREIGN_SHARE);
    }
  };
  const budget = findBudget();
  const hasRoom = () => {
    const at = now();
    budget.room = Math.min(BURST * budget.share, budget.room + (at - budget.last) * PER_SECOND * budget.share / 1000);
    budget.last = at;
    return budget.room >= 1;
  };
  let leftOut = 0;
  let timer = 0;

  const post = message => native.postMessage(JSON.stringify(message));
  const tellLeftOut = () => {
    timer = 0;
    post({leftOut});
    leftOut = 0;
  };
  const leaveOut = () => {
    leftOut += 1;
    timer ||= setTimeout(tellLeftOut, 1000);
  };
  const tell = (level, text, source = '', line = 0) => {
    if (!hasRoom()) {
      leaveOut();
      return;
    }
    budget.room -= 1;
    post({level, text: `${text}`.slice(0, MAX_CHARACTERS), source: `${source}`.slice(-256), line: Number(line) || 0});
  };

  const say = event => {
    if (!hasRoom()) {
      leaveOut();
      return;
    }
    const {level, text, source, line} = JSON.parse(event.detail);
    tell(level, text, source, line);
  };
  let connected = false;
  const connect = event => {
    if (connected || event.relatedTarget === null)
      return;
    connected = true;
    event.relatedTarget.addEventListener('say', say);
    event.relatedTarget.dispatchEvent(new Event('ready'));
  };
  document.addEventListener('nexus-console', connect);
  document.dispatchEvent(new Event('nexus-console-ready'));

  window.addEventListener('error', event => {
    if (!event.isTrusted)
      return;
    if (event instanceof ErrorEvent)
      tell('error', event.message, event.filename, event.lineno);
    else
      tell('error', `Could not load ${event.target?.src || event.target?.href || 'a file'}`);
  }, true);
})();
