// SPDX-License-Identifier: GPL-3.0-or-later
import { after, element, everywhere, run } from './lib.js';

const put = (name, attributes) => async url => {
  const filled = Object.entries(attributes).map(([key, value]) => [key, value === 'URL' ? url : value]);
  document.body.append(element(name, Object.fromEntries(filled)));
  return after(800, 'silent');
};

run(everywhere({
  object: put('object', { data: 'URL' }),
  'object of HTML': put('object', { data: 'URL', type: 'text/html' }),
  'object of PDF': put('object', { data: 'URL', type: 'application/pdf' }),
  'object of SVG': put('object', { data: 'URL', type: 'image/svg+xml' }),
  embed: put('embed', { src: 'URL' }),
  'embed of HTML': put('embed', { src: 'URL', type: 'text/html' }),
  applet: put('applet', { code: 'URL', codebase: 'URL' }),
  portal: put('portal', { src: 'URL' }),
  fencedframe: put('fencedframe', { src: 'URL' }),
}));
