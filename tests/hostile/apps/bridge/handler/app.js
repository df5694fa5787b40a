// SPDX-License-Identifier: GPL-3.0-or-later
import { after, element, finish } from './lib.js';

const look = 'nexus: typeof nexus, webkit: typeof window.webkit?.messageHandlers?.nexus';
const script = frame => `<script>parent.postMessage({ frame: '${frame}', ${look} }, '*')</script>`;
const results = {
  page: typeof window.webkit?.messageHandlers?.nexus,
  'handlers of the page': Object.keys(window.webkit?.messageHandlers ?? {}).length,
};

addEventListener('message', ({ data: { frame, ...seen } }) => {
  results[frame] = seen;
});

const inner = element('iframe', { srcdoc: '<p>frame' });
document.body.append(
  element('iframe', { src: 'frame.html' }),
  element('iframe', { srcdoc: script('srcdoc') }),
  element('iframe', { srcdoc: script('sandboxed'), sandbox: 'allow-scripts' }),
  inner,
);
await after(1000);
results['reached into'] = {
  nexus: typeof inner.contentWindow.nexus,
  webkit: typeof inner.contentWindow.webkit?.messageHandlers?.nexus,
};
await finish(results);
