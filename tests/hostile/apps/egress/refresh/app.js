// SPDX-License-Identifier: GPL-3.0-or-later
import { after, element, everywhere, runInTurn } from './lib.js';

const refresh = async url => {
  document.head.append(element('meta', { 'http-equiv': 'refresh', content: `0; url=${url}` }));
  return after(800, 'silent');
};

runInTurn({ 'what the page itself says': () => after(1000, 'silent'), ...everywhere({ 'by script': refresh }) });
