// SPDX-License-Identifier: GPL-3.0-or-later
import { address, addresses, after, finish } from './lib.js';

const ask = (results, kind, worker) => new Promise(resolve => {
  worker.onmessage = ({ data: [label, verdict] }) => {
    if (label === 'end')
      resolve();
    else
      results[`${kind}: ${label}`] = verdict;
  };
  worker.onerror = () => {
    results[`${kind}: its start`] = 'refused';
    resolve();
  };
  worker.postMessage(addresses(kind));
});

const source = `fetch('${address('blob')}', { mode: 'no-cors' }); postMessage(['end', 'end']);`;
const results = {};
const kinds = {
  classic: () => new Worker('worker.js'),
  module: () => new Worker('worker.js', { type: 'module' }),
  blob: () => new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))),
  data: () => new Worker(`data:text/javascript,${encodeURIComponent(source)}`),
  foreign: () => new Worker(address('foreign')),
};

await Promise.all(Object.entries(kinds).map(async ([kind, make]) => {
  try {
    await Promise.race([ask(results, kind, make()), after(8000)]);
  } catch {
    results[`${kind}: its start`] = 'refused';
  }
}));
results.SharedWorker = window.SharedWorker ? 'worked' : 'absent';
await finish(results);
