// SPDX-License-Identifier: GPL-3.0-or-later
// The neighbour keeps a secret in localStorage and IndexedDB; nobody else may see so much as its name.
import { after, finish } from './lib.js';

const hears = new Promise(resolve => {
  if (!window.BroadcastChannel)
    resolve('absent');
  else
    Object.assign(new BroadcastChannel('secret'), { onmessage: () => resolve('worked') });
  setTimeout(resolve, 1000, 'silent');
});

const results = {
  'local storage': Object.keys(localStorage),
  databases: (await indexedDB.databases?.() ?? []).map(each => each.name),
  caches: window.caches && (await caches.keys()).length > 0 ? 'worked' : 'refused',
  cookies: document.cookie === '' ? 'refused' : 'worked',
  'the cookie store': window.cookieStore ? 'worked' : 'absent',
  SharedWorker: window.SharedWorker ? 'worked' : 'absent',
  BroadcastChannel: await hears,
  opener: window.opener || window.parent !== window || window.frameElement ? 'worked' : 'refused',
  'its name': window.name === '' ? 'refused' : 'worked',
  referrer: document.referrer === '' ? 'refused' : 'worked',
};
document.cookie = 'secret=mine; max-age=1000';
results['a cookie of its own'] = document.cookie === '' ? 'refused' : 'worked';
const worker = navigator.serviceWorker?.register('app.js').then(() => 'worked', () => 'refused');
results['a service worker'] = worker ? await Promise.race([worker, after(1000, 'silent')]) : 'absent';
localStorage.setItem('own', 'mine');
results['its own is kept'] = localStorage.getItem('own');
await finish(results);
