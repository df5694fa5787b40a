// SPDX-License-Identifier: GPL-3.0-or-later
for (;;)
  document.body.append(Object.assign(document.createElement('p'), { textContent: 'hostile '.repeat(1000) }));
