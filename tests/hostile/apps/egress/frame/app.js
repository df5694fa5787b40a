// SPDX-License-Identifier: GPL-3.0-or-later
import { address, after, element, everywhere, run } from './lib.js';

const inside = label => `<!doctype html><meta http-equiv="refresh" content="1; url=${address(`${label}-refresh`)}">
  <img src="${address(`${label}-image`)}"><link rel="stylesheet" href="${address(`${label}-sheet`)}">
  <link rel="dns-prefetch" href="http://${label}.@CASE@.hostile.test/">
  <script>
    fetch('${address(`${label}-fetch`)}', { mode: 'no-cors' });
    new Image().src = '${address(`${label}-script`)}';
    navigator.sendBeacon?.('${address(`${label}-beacon`)}', 'secret');
    new Worker('data:text/javascript,fetch("${address(`${label}-worker`)}", { mode: "no-cors" })');
    top.location = '${address(`${label}-top`)}';
  </script>`;

const frame = async attributes => {
  document.body.append(element('iframe', attributes));
  return after(1200, 'silent');
};

const blob = text => URL.createObjectURL(new Blob([text], { type: 'text/html' }));

// A page that is not there has been served without a policy by others; this one is of the app's own origin.
const missing = async () => {
  const made = element('iframe', { src: 'nothing-here.html' });
  document.body.append(made);
  await after(300);
  if (!made.contentDocument)
    return 'refused';
  made.contentDocument.write(inside('missing'));
  return after(900, 'silent');
};

run({
  ...everywhere({
    address: url => frame({ src: url }),
    'sent on later': async url => {
      const made = element('iframe', { srcdoc: '<p>frame' });
      document.body.append(made);
      await after(200);
      made.src = url;
      return after(600, 'silent');
    },
    frameset: url => {
      const set = element('frameset');
      set.append(element('frame', { src: url }));
      document.body.append(set);
      return after(600, 'silent');
    },
  }),
  data: () => frame({ src: `data:text/html,${encodeURIComponent(inside('data'))}` }),
  blob: () => frame({ src: blob(inside('blob')) }),
  srcdoc: () => frame({ srcdoc: inside('srcdoc') }),
  sandboxed: () => frame({ srcdoc: inside('sandboxed'), sandbox: 'allow-scripts allow-top-navigation allow-popups' }),
  nested: () => frame({ srcdoc: `<iframe src="${blob(inside('nested'))}"></iframe>` }),
  javascript: () => frame({ src: `javascript:fetch('${address('javascript')}')` }),
  csp: () => frame({ srcdoc: inside('csp'), csp: 'default-src *' }),
  missing,
});
