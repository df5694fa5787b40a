// SPDX-License-Identifier: GPL-3.0-or-later
import { everywhere, run } from './lib.js';

run(everywhere({
  sendBeacon: url => (!navigator.sendBeacon ? 'absent' : navigator.sendBeacon(url, 'secret') ? 'silent' : 'refused'),
}));
