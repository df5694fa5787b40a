// SPDX-License-Identifier: GPL-3.0-or-later
import { finish } from './lib.js';

nexus.register({ getState() {
  for (;;);
} });
await finish({ 'about to hang': 'silent' });
for (;;);
