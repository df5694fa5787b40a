// SPDX-License-Identifier: GPL-3.0-or-later
import { finish } from './lib.js';

for (let i = 0; i < 8; i += 1)
  new Worker('worker.js');
await finish({ 'eight workers hang': 'silent' });
