// SPDX-License-Identifier: GPL-3.0-or-later
// What an app of the level strict has given up, tried here and where it is looked for less.
import { after, element, loads, run } from './lib.js';

const inner = async () => {
  const frame = element('iframe', { srcdoc: '<p>frame' });
  document.body.append(frame);
  await after(200);
  return frame.contentWindow ?? {};
};

const source = URL.createObjectURL(new Blob(['postMessage(1)'], { type: 'text/javascript' }));
const answers = worker => new Promise((onmessage, onerror) => Object.assign(worker, { onmessage, onerror }));
const wasm = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
const written = code => {
  const script = element('script');
  script.textContent = code;
  document.body.append(script);
  return window.written ? 'worked' : 'refused';
};

run({
  eval: () => eval('1'),
  Function: () => new Function('return 1')(),
  'Function, asynchronous': () => (async () => {}).constructor('return 1')(),
  'a timer of text': async () => {
    setTimeout('window.timed = true', 0);
    await after(200);
    return window.timed ? 'worked' : 'refused';
  },
  'an inline script': () => written('window.written = true'),
  'an inline handler': async () => {
    document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.handled = true">');
    await after(300);
    return window.handled ? 'worked' : 'refused';
  },
  'an inline style': () => {
    document.body.append(Object.assign(element('style'), { textContent: 'body { --styled: 1 }' }));
    return getComputedStyle(document.body).getPropertyValue('--styled') ? 'worked' : 'refused';
  },
  'a script of a blob': () => import(source),
  'a script of data': () => loads(element('script', { src: 'data:text/javascript,1' })),
  WebAssembly: () => window.WebAssembly?.instantiate(wasm) ?? 'absent',
  'WebAssembly at once': () => (window.WebAssembly === undefined ? 'absent' : new WebAssembly.Instance(new WebAssembly.Module(wasm))),
  worker: () => answers(new Worker('lib.js', { type: 'module' })),
  'worker of a blob': () => answers(new Worker(source)),
  IndexedDB: () => (window.indexedDB ? 'worked' : 'absent'),
  'IndexedDB of a frame': async () => ((await inner()).indexedDB ? 'worked' : 'absent'),
  'local storage': () => localStorage.setItem('kept', 'for this session'),
});
