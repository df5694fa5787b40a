// SPDX-License-Identifier: GPL-3.0-or-later
const all = [];
for (;;) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  memory.grow(1023);
  new Uint32Array(memory.buffer).fill(all.length);
  all.push(memory);
}
