// SPDX-License-Identifier: GPL-3.0-or-later
import { after, run } from './lib.js';

run({ 'what the page itself says': () => after(1200, 'silent') });
