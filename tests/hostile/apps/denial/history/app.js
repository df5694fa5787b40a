// SPDX-License-Identifier: GPL-3.0-or-later
import { run } from './lib.js';

run({
  pushState: () => {
    for (let i = 0; i < 100000; i += 1)
      history.pushState({ i, filling: 'x'.repeat(1000) }, '', `#${i}`);
    return 'silent';
  },
  hash: () => {
    for (let i = 0; i < 20000; i += 1)
      location.hash = i;
    return 'silent';
  },
  back: () => {
    for (let i = 0; i < 1000; i += 1)
      history.back();
    return 'silent';
  },
});
