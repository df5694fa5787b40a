// SPDX-License-Identifier: GPL-3.0-or-later
// Calls whose answers it makes the host wait for, and answers to nothing that was asked.
import { after, finish } from './lib.js';

const never = () => new Promise(() => {});
let settled = 0;
const count = () => { settled += 1; };

nexus.register({ onResize: never, onEvent: never, getState: never, setState: never, onTheme: never });
for (let i = 0; i < 400; i += 1)
  nexus.permissions.request({ type: 'event', resource: `late.${i}`, action: 'emit' }).then(count, count);
for (let i = 0; i < 400; i += 1)
  nexus.storage.get(`k${i % 3}`).then(count, count);
for (let i = 0; i < 50 && settled < 800; i += 1)
  await after(200);
for (const id of [0, 1, -1, 2 ** 40, 'x', null, {}])
  document.dispatchEvent(new CustomEvent('up', { detail: JSON.stringify({ answer: id, result: '{"ok":true}' }) }));
await finish({ settled, 'still here': (await nexus.storage.keys()).length });
