// SPDX-License-Identifier: GPL-3.0-or-later
import { run } from './lib.js';

run({
  'local storage past its end': () => {
    for (let i = 0; i < 100; i += 1)
      localStorage.setItem(`k${i}`, 'x'.repeat(1048576));
  },
  'session storage past its end': () => {
    for (let i = 0; i < 100; i += 1)
      sessionStorage.setItem(`k${i}`, 'x'.repeat(1048576));
  },
});
