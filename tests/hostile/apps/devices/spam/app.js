// SPDX-License-Identifier: GPL-3.0-or-later
// Everything on the desktop that it is allowed, a thousand times.
import { finish } from './lib.js';

const codes = {};
for (const [name, call] of Object.entries({
  notify: i => nexus.notify(`Virus ${i}`, { body: 'Pay!' }),
  link: i => nexus.openLink(`https://spam.test/${i}`),
  copy: i => nexus.clipboard.write(`spam ${i}`),
  open: () => nexus.files.open(),
  save: i => nexus.files.save(`spam${i}`, 'x'),
})) {
  codes[name] = [];
  for (let i = 0; i < 400; i += 1)
    await call(i).then(() => codes[name].push(0), error => codes[name].push(error.code));
  codes[name] = [...new Set(codes[name])].sort((a, b) => a - b);
}
await finish(codes);
