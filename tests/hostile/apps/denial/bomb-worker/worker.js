// SPDX-License-Identifier: GPL-3.0-or-later
const all = [];
for (;;)
  all.push(new Float64Array(1048576).fill(all.length));
