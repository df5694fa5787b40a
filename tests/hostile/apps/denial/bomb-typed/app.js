// SPDX-License-Identifier: GPL-3.0-or-later
// Takes turns with the engine, so that WebKit's own watch and the host's race each other.
const all = [];
setInterval(() => all.push(new Uint8Array(16 * 1048576).fill(7)), 1);
