// SPDX-License-Identifier: GPL-3.0-or-later
import { element, everywhere, loads, run } from './lib.js';

const constructed = async url => {
  const sheet = new CSSStyleSheet();
  await sheet.replace(`@import '${url}'; i { background: url('${url}') }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  document.body.append(element('i'));
  return 'silent';
};

const property = url => {
  const made = element('p');
  made.style.backgroundImage = `url('${url}')`;
  made.style.setProperty('--later', `url('${url}/variable')`);
  made.style.listStyleImage = 'var(--later)';
  made.style.display = 'list-item';
  document.body.append(made);
  return 'silent';
};

run(everywhere({
  sheet: url => loads(element('link', { rel: 'stylesheet', href: url })),
  'sheet for print': url => loads(element('link', { rel: 'stylesheet', media: 'print', href: url })),
  font: url => new FontFace('later', `url('${url}')`).load(),
  constructed,
  property,
}));
