// SPDX-License-Identifier: GPL-3.0-or-later
import { after, finish } from './lib.js';

let n = 0;
for (let i = 0; i < 50000; i += 1)
  setInterval(() => { n += 1; }, 0);
const frame = () => {
  requestAnimationFrame(frame);
  document.body.style.background = `hsl(${n % 360} 50% 50%)`;
};
frame();
setTimeout(finish, 500, { 'timers without end': 'silent' });
await after(500);
await finish({ 'timers without end': 'silent' });
