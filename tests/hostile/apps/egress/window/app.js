// SPDX-License-Identifier: GPL-3.0-or-later
import { address, after, element, everywhere, runInTurn } from './lib.js';

const open = features => url => (window.open(url, '_blank', features) === null ? 'refused' : 'worked');

const click = attributes => async url => {
  const link = element('a', { href: url, ...attributes });
  document.body.append(link);
  link.click();
  return after(300, 'silent');
};

runInTurn({
  ...everywhere({
    open: open(''),
    popup: open('popup,width=100,height=100'),
    noopener: url => (window.open(url, 'name', 'noopener') === null ? 'refused' : 'worked'),
    'open itself': url => (window.open(url, '_self'), after(300, 'silent')),
    'open the top': url => (window.open(url, '_top'), after(300, 'silent')),
    'a link to a new window': click({ target: '_blank' }),
    'a link to a named window': click({ target: 'other', rel: 'noreferrer' }),
  }),
  blank: () => (window.open('about:blank') === null ? 'refused' : 'worked'),
  nothing: () => (window.open('') === null ? 'refused' : 'worked'),
  data: () => (window.open(`data:text/html,<img src="${address('data')}">`) === null ? 'refused' : 'worked'),
});
