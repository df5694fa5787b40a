// SPDX-License-Identifier: GPL-3.0-or-later
new Worker('worker.js');
