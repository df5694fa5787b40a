// SPDX-License-Identifier: GPL-3.0-or-later
import { finish } from './lib.js';

await finish({ 'about to match': 'silent' });
/^(a+)+$/.test(`${'a'.repeat(64)}b`);
