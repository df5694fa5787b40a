// SPDX-License-Identifier: GPL-3.0-or-later
// Puts files where the person would find them. The driver looks whether any did.
import { after, element, runInTurn } from './lib.js';

const click = attributes => async () => {
  const link = element('a', attributes);
  document.body.append(link);
  link.click();
  return after(400, 'silent');
};

const blob = type => URL.createObjectURL(new Blob(['hostile'], { type }));

runInTurn({
  'its own file': click({ href: 'app.js', download: 'hostile-own.js' }),
  'its own file by another name': click({ href: 'app.js', download: '../../hostile-up.desktop' }),
  'a file without a type': click({ href: 'unknown.bin' }),
  blob: click({ href: blob('application/octet-stream'), download: 'hostile-blob.sh' }),
  'a blob to look at': click({ href: blob('application/x-hostile') }),
  data: click({ href: 'data:application/octet-stream,hostile', download: 'hostile-data.sh' }),
  frame: async () => {
    for (const src of ['unknown.bin', blob('application/zip')])
      document.body.append(element('iframe', { src }));
    return after(600, 'silent');
  },
  'going there': async () => {
    location.href = 'unknown.bin';
    return after(400, 'silent');
  },
  picker: () => (window.showSaveFilePicker ? window.showSaveFilePicker() : 'absent'),
  'file system': () => (window.webkitRequestFileSystem ? 'worked' : 'absent'),
});
