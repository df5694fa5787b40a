// SPDX-License-Identifier: GPL-3.0-or-later
import { address, after, finish } from './lib.js';

// Everything is set up in the page that is allowed and then left: its going must not let anything through either.
addEventListener('pagehide', () => {
  fetch(address('pagehide'), { keepalive: true, mode: 'no-cors' }).catch(() => {});
  navigator.sendBeacon?.(address('beacon'), 'secret');
  new Image().src = address('image');
});
await finish({ left: 'silent' });
await after(200);
location.href = 'about:blank';
