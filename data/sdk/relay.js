// SPDX-License-Identifier: GPL-3.0-or-later
// Runs in a script world of its own, which the page can't see. It alone holds the native handler and passes strings
// between it and the page's `nexus` over a detached element that only the two have.
(() => {
  'use strict';
  // A page that opens its document anew gets this script once more: the first goes on.
  if (globalThis.nexusAsk !== undefined)
    return;
  const MAX_CHARACTERS = 1048576;
  const MAX_WAITING = 512;
  const MAX_WAITING_CHARACTERS = 4 * MAX_CHARACTERS;
  const TOO_FAST = -32002;
  const PAUSE_MS = 100;
  const native = window.webkit.messageHandlers.nexus;
  const answers = new Map();
  let channel = null;
  let sent = 0;
  let waiting = 0;
  let waitingCharacters = 0;
  let asked = 0;

  const down = message => channel?.dispatchEvent(new CustomEvent('down', {detail: JSON.stringify(message)}));
  const refuse = (id, message) => down({id, error: {code: -32600, message}});

  // The page's numbers only pair its calls with their answers; the host counts those of this world.
  // Who is told to wait is told late, and holds its place among those that wait: so a flood ends here, not at the host.
  const call = async (id, method, params) => {
    const text = JSON.stringify({jsonrpc: '2.0', id: sent + 1, method, params});
    if (text.length > MAX_CHARACTERS)
      return refuse(id, `A message may have at most ${MAX_CHARACTERS} characters; this one has ${text.length}`);
    if (waiting >= MAX_WAITING || waitingCharacters + text.length > MAX_WAITING_CHARACTERS)
      return refuse(id, 'Too many calls are waiting for an answer; wait for some of them');
    sent += 1;
    waiting += 1;
    waitingCharacters += text.length;
    try {
      const answer = JSON.parse(await native.postMessage(text));
      if (answer.error?.code === TOO_FAST)
        await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
      down({id, result: answer.result, error: answer.error});
    } catch (error) {
      refuse(id, String(error.message));
    } finally {
      waiting -= 1;
      waitingCharacters -= text.length;
    }
  };

  const up = event => {
    const detail = event.detail;
    if (typeof detail !== 'string' || detail.length > MAX_CHARACTERS)
      return;
    const message = JSON.parse(detail);
    if (message.answer !== undefined) {
      answers.get(message.answer)?.(message.result === undefined ? null : message.result);
      answers.delete(message.answer);
    } else if (typeof message.method === 'string') {
      call(message.id, message.method, message.params);
    }
  };

  const connect = event => {
    if (channel !== null || event.relatedTarget === null)
      return;
    channel = event.relatedTarget;
    channel.addEventListener('up', up);
    document.removeEventListener('nexus-hello', connect);
    channel.dispatchEvent(new Event('ready'));
  };
  document.addEventListener('nexus-hello', connect);
  document.dispatchEvent(new Event('nexus-ready'));

  // What goes against the content-security policy is told to the host, past the page: it was here first, and only what
  // the browser itself dispatched counts. A page that does nothing else is heard a hundred times.
  const MAX_REPORTS = 100;
  const reports = window.webkit.messageHandlers.nexusReports;
  let reported = 0;
  window.addEventListener('securitypolicyviolation', event => {
    if (!event.isTrusted || reported >= MAX_REPORTS)
      return;
    reported += 1;
    reports.postMessage(JSON.stringify({directive: event.effectiveDirective.slice(0, 64),
                                        blocked: event.blockedURI.slice(0, 512),
                                        source: event.sourceFile.slice(-256), line: event.lineNumber}));
  }, true);

  // No page is ever dropped on, not even the one that a drag began in, and WebKit (2.50) does not tell a page that its drag
  // has ended in nothing: better that it never begins.
  window.addEventListener('dragstart', event => {
    if (!event.isTrusted)
      return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  let theme = {};
  const paint = () => {
    const style = document.documentElement?.style;
    if (!style || !theme.variables)
      return;
    for (const [name, value] of Object.entries(theme.variables))
      style.setProperty(name, value);
    style.colorScheme = theme.dark ? 'dark' : 'light';
    if (theme.rtl)
      document.documentElement.dir = 'rtl';
  };
  document.addEventListener('DOMContentLoaded', paint, {once: true});

  // What the host calls, by the name of a function of this world.
  globalThis.nexusPaint = text => {
    theme = JSON.parse(text);
    paint();
  };
  globalThis.nexusDrawn = () => new Promise(resolve => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve('{"ok":true,"value":true}')));
  });
  // A page that never took the channel has nothing to say to anything.
  globalThis.nexusAsk = text => channel === null ? Promise.resolve('{"ok": true}') : new Promise(resolve => {
    asked += 1;
    answers.set(asked, result => resolve(JSON.stringify(result)));
    const message = JSON.parse(text);
    down({ask: asked, seq: message.seq, method: message.method, params: message.params});
  });
})();
