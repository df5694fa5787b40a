// SPDX-License-Identifier: GPL-3.0-or-later
import { addresses, after, element, everywhere, run } from './lib.js';

const relations = ['dns-prefetch', 'preconnect', 'prefetch', 'preload', 'icon', 'manifest', 'stylesheet'];

const frame = attributes => {
  const made = element('iframe', attributes);
  document.body.append(made);
  return after(1000, 'silent');
};

const links = relation => addresses(relation).map(url => `<link rel="${relation}" as="image" href="${url}">`).join('');

// Inside the frame, by a script of the page's own, which may do so as the frame is of its origin.
const reachedInto = async url => {
  const made = element('iframe', { srcdoc: '<p>frame' });
  document.body.append(made);
  await after(200);
  for (const rel of made.contentDocument ? relations : [])
    made.contentDocument.head.append(Object.assign(made.contentDocument.createElement('link'), { rel, href: url }));
  return 'silent';
};

run({
  ...Object.fromEntries(relations.map(relation => [relation, () => frame({ srcdoc: links(relation) })])),
  sandboxed: () => frame({ sandbox: 'allow-scripts', srcdoc: relations.map(links).join('') }),
  'in a frame in a frame': () => frame({ srcdoc: `<iframe srcdoc='${relations.map(links).join('')}'></iframe>` }),
  ...everywhere({ 'reached into': reachedInto }),
});
