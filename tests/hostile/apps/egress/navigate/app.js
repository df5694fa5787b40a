// SPDX-License-Identifier: GPL-3.0-or-later
import { address, after, everywhere, runInTurn } from './lib.js';

const go = way => async url => {
  way(url);
  return after(300, 'silent');
};

const page = `<img src="${address('page')}"><script>fetch('${address('script')}')</script>`;
const script = `javascript:fetch('${address('javascript')}')`;

runInTurn({
  ...everywhere({
    href: go(url => { location.href = url; }),
    assign: go(url => location.assign(url)),
    replace: go(url => location.replace(url)),
    top: go(url => { top.location = url; }),
    host: go(url => { location.host = new URL(url).host; }),
    protocol: go(() => { location.protocol = 'x-steal:'; }),
    navigation: go(url => window.navigation?.navigate(url)?.finished?.catch(() => {})),
  }),
  data: go(() => { location.href = `data:text/html,${page}`; }),
  blob: go(() => { location.href = URL.createObjectURL(new Blob([page], { type: 'text/html' })); }),
  javascript: go(() => { location.href = script; }),
  file: go(() => { location.href = 'file:///etc/passwd'; }),
  'view-source': go(() => { location.href = `view-source:${address('source')}`; }),
});
