// SPDX-License-Identifier: GPL-3.0-or-later
import { element, everywhere, loads, run } from './lib.js';

const importMap = url => {
  const map = element('script', { type: 'importmap' });
  map.textContent = JSON.stringify({ imports: { mapped: url } });
  document.head.append(map);
  return import('mapped');
};

run(everywhere({
  script: url => loads(element('script', { src: url })),
  module: url => loads(element('script', { type: 'module', src: url })),
  import: url => import(url),
  'import by a file of its own': url => import(url.includes('.test') ? './imports-name.js' : './imports-server.js'),
  'import map': importMap,
  modulepreload: url => loads(element('link', { rel: 'modulepreload', href: url })),
  worklet: url => (window.AudioContext ? new AudioContext().audioWorklet.addModule(url) : 'absent'),
  'paint worklet': url => (window.CSS?.paintWorklet ? CSS.paintWorklet.addModule(url) : 'absent'),
}));
