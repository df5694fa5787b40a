// SPDX-License-Identifier: GPL-3.0-or-later
import { element, everywhere, run } from './lib.js';

const relations = ['dns-prefetch', 'preconnect', 'prefetch', 'prerender', 'next', 'icon', 'shortcut icon', 'manifest',
  'apple-touch-icon', 'dns-prefetch preconnect prefetch', 'compression-dictionary', 'expect',
  'payment-method-manifest'];
const kinds = ['image', 'script', 'style', 'font', 'fetch', 'track', 'video', 'document', 'worker'];

const hint = attributes => url => {
  document.head.append(element('link', { ...attributes, href: url }));
  return 'silent';
};

// A link that is changed after it was put there goes another way through the engine.
const late = relation => url => {
  const link = element('link', { href: 'app.js' });
  document.head.append(link);
  link.rel = relation;
  link.href = url;
  return 'silent';
};

run(everywhere({
  ...Object.fromEntries(relations.map(rel => [rel.replaceAll(' ', '-'), hint({ rel })])),
  ...Object.fromEntries(relations.map(rel => [`late-${rel.replaceAll(' ', '-')}`, late(rel)])),
  ...Object.fromEntries(kinds.map(as => [`preload-${as}`, hint({ rel: 'preload', as, crossorigin: '' })])),
}));
