// SPDX-License-Identifier: GPL-3.0-or-later
import { everywhere, run } from './lib.js';

const send = (method, url, body, synchronous = false) => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest();
  request.onload = resolve;
  request.onerror = reject;
  request.upload.onprogress = () => {};
  request.open(method, url, !synchronous);
  request.send(body);
});

run(everywhere({
  get: url => send('GET', url),
  post: url => send('POST', url, 'secret'),
  synchronous: url => send('GET', url, null, true),
}));
