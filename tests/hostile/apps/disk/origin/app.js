// SPDX-License-Identifier: GPL-3.0-or-later
// The neighbour's files, from here.
import { after, element, loads, run } from './lib.js';

const other = 'tn-app://@OTHER@';

const read = async (url, init) => ((await fetch(url, init)).ok ? 'worked' : 'refused');

const frame = async attributes => {
  const made = element('iframe', attributes);
  document.body.append(made);
  await after(600);
  return made.contentDocument?.body?.textContent || made.contentDocument?.scripts.length ? 'worked' : 'refused';
};

run({
  fetch: () => read(`${other}/app.js`),
  'fetch without CORS': async () => ((await fetch(`${other}/app.js`, { mode: 'no-cors' })).ok ? 'worked' : 'refused'),
  'fetch in other letters': () => read(`TN-APP://@OTHER@/app.js`),
  'fetch with a port': () => read(`${other}:80/app.js`),
  'fetch with a user': () => read('tn-app://x@@OTHER@/app.js'),
  'fetch of a longer host': () => read(`tn-app://@OTHER@.${location.host}/app.js`),
  'fetch of no host': () => read('tn-app:///@OTHER@/app.js'),
  import: () => import(`${other}/app.js`),
  script: () => loads(element('script', { src: `${other}/app.js` })),
  image: () => loads(element('img', { src: `${other}/icon.svg` })),
  sheet: () => loads(element('link', { rel: 'stylesheet', href: `${other}/style.css` })),
  worker: () => new Promise((resolve, reject) => {
    Object.assign(new Worker(`${other}/app.js`), { onmessage: resolve, onerror: reject });
  }),
  frame: () => frame({ src: `${other}/index.html` }),
  object: async () => {
    const made = element('object', { data: `${other}/index.html` });
    document.body.append(made);
    await after(600);
    return made.contentDocument?.scripts.length ? 'worked' : 'refused';
  },
  window: () => (window.open(`${other}/index.html`) === null ? 'refused' : 'worked'),
  'going there': async () => {
    location.href = `${other}/index.html`;
    return after(600, 'silent');
  },
});
