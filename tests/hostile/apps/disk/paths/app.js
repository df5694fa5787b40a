// SPDX-License-Identifier: GPL-3.0-or-later
import { run } from './lib.js';

const here = `tn-app://${location.host}`;
const outside = 'com.hostile.neighbour/app.js';

const read = path => async () => {
  const response = await fetch(`${here}/${path}`);
  return response.ok && (await response.text()).length > 0 ? 'worked' : 'refused';
};

// XMLHttpRequest and fetch read addresses by the same rules; the scheme's own way past them is the raw string.
const ask = path => () => new Promise(resolve => {
  const request = new XMLHttpRequest();
  request.open('GET', `${here}/${path}`);
  request.onloadend = () => resolve(request.status === 200 && request.responseText ? 'worked' : 'refused');
  request.send();
});

run({
  'its own file': read('app.js'),
  'its own file, named twice': read('x/../app.js'),
  up: read(`../${outside}`),
  'up, encoded': read(`%2e%2e/${outside}`),
  'up, half encoded': read(`.%2E/${outside}`),
  'up, encoded twice': read(`%252e%252e/${outside}`),
  'up, the slash encoded': read(`..%2f${outside.replaceAll('/', '%2f')}`),
  'up, by backslashes': read(`..\\${outside.replaceAll('/', '\\')}`),
  'up, by encoded backslashes': read(`..%5c${outside}`),
  'up, in overlong bytes': read(`%c0%ae%c0%ae/${outside}`),
  'up, with a NUL': read(`..%00/${outside}`),
  'a NUL at the end': read('app.js%00.html'),
  'a NUL within': read('app%00.js'),
  absolute: read('/etc/passwd'),
  'absolute, encoded': read('%2fetc%2fpasswd'),
  'its own folder': read(''),
  'its own folder by a dot': read('./'),
  'a dot within': read('%2e/app.js'),
  'a slash after it': read('app.js/'),
  'two slashes': read('/app.js'),
  'in other letters': read('APP.JS'),
  'a stream of it': read('app.js::$DATA'),
  'spaces around it': read('%20app.js%20'),
  'a very long name': read('a'.repeat(100000)),
  'a very deep name': read('a/'.repeat(20000)),
  'many dots': ask(`${'..%2f'.repeat(50)}etc/passwd`),
  'the process': ask('proc/self/environ'),
  'a wildcard': ask('*'),
});
