// SPDX-License-Identifier: GPL-3.0-or-later
// An app of the level moderate that looks for a frame or worker where text becomes code, or WebAssembly is left.
import { after, element, run } from './lib.js';

const wasm = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
const frame = (attributes = {}) => document.body.appendChild(element('iframe', attributes)).contentWindow;
const later = async attributes => {
  const made = document.body.appendChild(element('iframe', attributes));
  await after(300);
  return made.contentWindow;
};
const places = {
  'the page itself': () => window,
  'a frame at once': () => frame(),
  'a frame later': () => later(),
  'srcdoc at once': () => frame({ srcdoc: '<p>x' }),
  srcdoc: () => later({ srcdoc: '<p>x' }),
  'a file at once': () => frame({ src: 'lib.js' }),
  'a file': () => later({ src: 'lib.js' }),
  'no such file': () => later({ src: 'nothing.html' }),
  'without scripts at once': () => frame({ sandbox: 'allow-same-origin', srcdoc: '<p>x' }),
  'without scripts': () => later({ sandbox: 'allow-same-origin' }),
};
const ways = {
  eval: view => view.eval('1'),
  Function: view => new view.Function('return 1')(),
  'a generator': view => view.Object.getPrototypeOf(function* () {}).constructor('return 1')(),
  'a timer': async view => {
    view.setTimeout('parent.ran = top.ran = window.ran = true');
    await after(200);
    return view.ran || window.ran ? 'worked' : 'refused';
  },
  WebAssembly: view => (view.WebAssembly === undefined ? 'absent' : new view.WebAssembly.Module(wasm)),
};
const attempts = Object.entries(places).flatMap(([place, get]) => Object.entries(ways).map(([way, attempt]) =>
  [`${way} of ${place}`, async () => attempt(await get())]));
run(Object.fromEntries(attempts));
