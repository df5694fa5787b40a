// SPDX-License-Identifier: GPL-3.0-or-later
import { element, everywhere, loads, run } from './lib.js';

const picture = url => {
  const made = element('picture');
  made.append(element('source', { srcset: url }), element('img', { src: 'data:,' }));
  document.body.append(made);
  return 'silent';
};

run(everywhere({
  src: url => loads(element('img', { src: url })),
  srcset: url => loads(element('img', { srcset: `${url} 1x, ${url}2 2x` })),
  lazy: url => loads(element('img', { src: url, loading: 'lazy' })),
  'cross-origin': url => loads(element('img', { crossorigin: 'use-credentials', src: url })),
  input: url => loads(element('input', { type: 'image', src: url })),
  poster: url => {
    document.body.append(element('video', { poster: url }));
    return 'silent';
  },
  background: url => {
    document.body.setAttribute('background', url);
    return 'silent';
  },
  detached: url => new Promise((onload, onerror) => Object.assign(new Image(), { onload, onerror, src: url })),
  decode: url => Object.assign(new Image(), { src: url }).decode(),
  picture,
}));
