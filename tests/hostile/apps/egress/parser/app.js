// SPDX-License-Identifier: GPL-3.0-or-later
import { address, after, element, run } from './lib.js';

run({
  'what the page itself says': () => after(1000, 'silent'),
  base: async () => {
    document.head.append(element('base', { href: address('base/') }));
    document.body.append(element('img', { src: 'relative.png' }));
    await fetch('relative.txt').catch(() => {});
    return after(500, 'silent');
  },
  'written markup': () => {
    const handler = `fetch('${address('handler')}')`;
    document.body.insertAdjacentHTML('beforeend', `<img src="${address('inserted')}" onerror="${handler}">`);
    return after(500, 'silent');
  },
});
