// SPDX-License-Identifier: GPL-3.0-or-later
import { address, addresses, after, element, run } from './lib.js';

const policy = content => async () => {
  document.head.append(element('meta', { 'http-equiv': 'Content-Security-Policy', content }));
  document.body.append(element('img', { src: 'app.js' }), element('style'));
  try {
    Function('return 1');
  } catch {
    // That is a violation too, and would be told.
  }
  return after(800, 'silent');
};

run({
  'what the page itself says': () => after(800, 'silent'),
  'by script': policy(`style-src 'none'; script-src 'self'; report-uri ${addresses('later').join(' ')}`),
  'a frame of its own policy': async () => {
    document.body.append(element('iframe', { srcdoc: `<meta http-equiv="Content-Security-Policy"
      content="img-src 'none'; report-uri ${address('frame')}"><img src="data:,">` }));
    return after(800, 'silent');
  },
});
