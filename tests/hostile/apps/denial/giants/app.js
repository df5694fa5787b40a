// SPDX-License-Identifier: GPL-3.0-or-later
// As many large messages as it can get rid of; whoever reads them must not do so without a pause.
import { finish } from './lib.js';

const value = 'x'.repeat(1000000);
let n = 0;
const send = () => {
  n += 1;
  if (n === 200)
    finish({ 'many giants': 'silent' });
  nexus.storage.get(value).then(send, send);
};
for (let i = 0; i < 20; i += 1)
  send();
