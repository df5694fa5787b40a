// SPDX-License-Identifier: GPL-3.0-or-later
// An app of the level permissive that gave up all there is to give up.
import { after, element, run } from './lib.js';

const inner = async () => {
  const frame = element('iframe', { srcdoc: '<p>frame' });
  document.body.append(frame);
  await after(200);
  return frame.contentWindow ?? {};
};

const source = URL.createObjectURL(new Blob(['postMessage(1)'], { type: 'text/javascript' }));
const answers = worker => new Promise((onmessage, onerror) => Object.assign(worker, { onmessage, onerror }));
const context = kind => () => (document.createElement('canvas').getContext(kind) ? 'worked' : 'absent');
const globals = ['indexedDB', 'localStorage', 'WebSocket', 'AudioContext', 'OfflineAudioContext', 'OffscreenCanvas'];

run({
  eval: () => eval('1'),
  'eval by another name': () => (0, eval)('1'),
  Function: () => new Function('return 1')(),
  'Function, a generator': () => (function* () {}).constructor('return 1')(),
  WebAssembly: () => window.WebAssembly?.instantiate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])) ?? 'absent',
  worker: () => answers(new Worker('lib.js', { type: 'module' })),
  'worker of a blob': () => answers(new Worker(source)),
  WebGL: context('webgl'),
  'WebGL 2': context('webgl2'),
  'eval of a frame': async () => (await inner()).eval('1'),
  video: () => (document.createElement('video').canPlayType?.('video/mp4') === undefined ? 'absent'
    : document.createElement('video').canPlayType('video/mp4') ? 'worked' : 'refused'),
  ...Object.fromEntries(globals.map(name => [name, () => (window[name] ? 'worked' : 'absent')])),
  ...Object.fromEntries(globals.map(name =>
    [`${name} of a frame`, async () => ((await inner())[name] ? 'worked' : 'absent')])),
});
