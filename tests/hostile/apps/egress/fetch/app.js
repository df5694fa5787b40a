// SPDX-License-Identifier: GPL-3.0-or-later
import { everywhere, run } from './lib.js';

run(everywhere({
  fetch: url => fetch(url),
  'no-cors': url => fetch(url, { mode: 'no-cors' }),
  keepalive: url => fetch(url, { keepalive: true, mode: 'no-cors' }),
  post: url => fetch(url, { method: 'POST', mode: 'no-cors', body: 'secret' }),
  put: url => fetch(url, { method: 'PUT', body: 'secret', headers: { 'x-secret': '1' } }),
  credentials: url => fetch(url, { credentials: 'include' }),
  'as a Request': url => fetch(new Request(url, { cache: 'reload', redirect: 'manual' })),
}));
