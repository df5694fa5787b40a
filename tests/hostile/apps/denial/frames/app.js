// SPDX-License-Identifier: GPL-3.0-or-later
import { finish } from './lib.js';

const deep = depth => (depth === 0 ? '' : `<iframe srcdoc='${deep(depth - 1).replaceAll("'", '&#39;').replaceAll('&', '&amp;')}'></iframe>`);
for (let i = 0; i < 300; i += 1)
  document.body.append(Object.assign(document.createElement('iframe'), { srcdoc: '<p>frame' }));
document.body.insertAdjacentHTML('beforeend', deep(6));
await finish({ 'many frames': 'silent' });
