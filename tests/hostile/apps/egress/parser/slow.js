// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the parser waiting, so that what looks ahead of it is at work too.
for (const end = performance.now() + 300; performance.now() < end;);
