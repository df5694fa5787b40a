// SPDX-License-Identifier: GPL-3.0-or-later
import { addresses, everywhere, run } from './lib.js';

const open = (Kind, url) => new Promise((resolve, reject) => {
  const socket = new Kind(url);
  socket.onopen = resolve;
  socket.onerror = reject;
});

const transport = async url => {
  const session = new WebTransport(url.replace('http:', 'https:'));
  await session.ready;
};

run(everywhere({
  WebSocket: url => (window.WebSocket ? open(WebSocket, url.replace('http:', 'ws:')) : 'absent'),
  'secure WebSocket': url => (window.WebSocket ? open(WebSocket, url.replace('http:', 'wss:')) : 'absent'),
  EventSource: url => open(EventSource, url),
  WebTransport: url => (window.WebTransport ? transport(url) : 'absent'),
}));
