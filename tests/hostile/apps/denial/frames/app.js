// SPDX-License-Identifier: GPL-3.0-or-later
import { finish } from './lib.js';

const quoted = text => text.replaceAll('&', '&amp;').replaceAll("'", '&#39;');
const deep = depth => (depth === 0 ? '' : `<iframe srcdoc='${quoted(deep(depth - 1))}'></iframe>`);
for (let i = 0; i < 300; i += 1)
  document.body.append(Object.assign(document.createElement('iframe'), { srcdoc: '<p>frame' }));
document.body.insertAdjacentHTML('beforeend', deep(6));
await finish({ 'many frames': 'silent' });
