// SPDX-License-Identifier: GPL-3.0-or-later
const all = [];
setInterval(() => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 4096, height: 4096 });
  const context = canvas.getContext('2d');
  context.fillStyle = '#123456';
  context.fillRect(0, 0, 4096, 4096);
  all.push(canvas);
}, 1);
