// SPDX-License-Identifier: GPL-3.0-or-later
import { finish } from './lib.js';

for (let i = 0; i < 100000; i += 1)
  console.error(`hostile ${i} ${'x'.repeat(100)}`);
await finish({ 'said much': 'silent' });
