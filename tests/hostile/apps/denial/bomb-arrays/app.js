// SPDX-License-Identifier: GPL-3.0-or-later
const all = [];
for (;;)
  all.push(new Array(1e6).fill(Math.random()));
