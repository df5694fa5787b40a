// SPDX-License-Identifier: GPL-3.0-or-later
// As many large messages as it can get rid of; whoever reads them must not do so without a pause.
import { after, finish } from './lib.js';

const value = 'x'.repeat(1000000);
const codes = new Set();
let answered = 0;
for (let round = 0; round < 20; round += 1) {
  await Promise.all(Array.from({ length: 20 }, () => nexus.storage.get(value).catch(error => {
    answered += 1;
    codes.add(error.code);
  })));
}
await after(500);
await finish({ answered, 'other answers': [...codes].filter(code => ![-32600, -32602, -32002].includes(code)) });
