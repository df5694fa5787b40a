// SPDX-License-Identifier: GPL-3.0-or-later
import { after, element, run } from './lib.js';

const text = await (await fetch('page.xml')).text();
const style = await (await fetch('style.xsl')).text();
const parse = what => new DOMParser().parseFromString(what, 'application/xml');

run({
  frame: async () => {
    const frame = element('iframe', { src: 'page.xml' });
    document.body.append(frame);
    await after(800);
    return frame.contentDocument?.documentElement?.textContent.includes('root:') ? 'worked' : 'silent';
  },
  parsed: () => (parse(text).documentElement.textContent.includes('root:') ? 'worked' : 'silent'),
  request: () => new Promise(resolve => {
    const request = new XMLHttpRequest();
    request.open('GET', 'page.xml');
    request.onloadend = () => resolve(request.responseXML?.documentElement.textContent.includes('root:') || 'silent');
    request.send();
  }),
  transformed: () => {
    if (!window.XSLTProcessor)
      return 'absent';
    const processor = new XSLTProcessor();
    processor.importStylesheet(parse(style));
    processor.transformToDocument(parse('<page/>'));
    return after(500, 'silent');
  },
});
