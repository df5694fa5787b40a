// SPDX-License-Identifier: GPL-3.0-or-later
import { after, element, loads, run } from './lib.js';

const path = 'file:///etc/passwd';

run({
  fetch: () => fetch(path),
  'fetch without CORS': () => fetch(path, { mode: 'no-cors' }),
  request: () => new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('GET', path);
    request.onload = resolve;
    request.onerror = reject;
    request.send();
  }),
  image: () => loads(element('img', { src: 'file:///usr/share/pixmaps/debian-logo.png' })),
  script: () => loads(element('script', { src: 'file:///usr/share/javascript/x.js' })),
  sheet: () => loads(element('link', { rel: 'stylesheet', href: path })),
  frame: async () => {
    const made = element('iframe', { src: path });
    document.body.append(made);
    await after(600);
    return made.contentDocument?.body?.textContent ? 'worked' : 'refused';
  },
  object: async () => {
    const made = element('object', { data: path });
    document.body.append(made);
    await after(600);
    return made.contentDocument?.body?.textContent ? 'worked' : 'refused';
  },
  window: () => (window.open(path) === null ? 'refused' : 'worked'),
  'going there': async () => {
    location.href = path;
    return after(600, 'silent');
  },
  'a resource of the program': () => fetch('resource:///org/gnome/libadwaita/styles/base.css'),
  'a resource of WebKit': () => fetch('resource:///org/webkit/inspector/UserInterface/Main.html'),
  'the inspector': () => fetch('inspector://127.0.0.1:1/'),
  'about: the engine': async () => {
    location.href = 'webkit://gpu';
    return after(400, 'silent');
  },
});
