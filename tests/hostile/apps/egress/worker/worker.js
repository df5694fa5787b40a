// SPDX-License-Identifier: GPL-3.0-or-later
const tell = (label, verdict) => postMessage([label, verdict]);

const attempt = async (label, way) => {
  try {
    tell(label, await way() ?? 'worked');
  } catch (error) {
    tell(label, error instanceof ReferenceError ? `broken: ${error.message}` : 'refused');
  }
};

const synchronous = url => {
  const request = new XMLHttpRequest();
  request.open('GET', url, false);
  request.send();
};

const opens = socket => new Promise((resolve, reject) => Object.assign(socket, { onopen: resolve, onerror: reject }));

onmessage = async ({ data: [server, name] }) => {
  for (const [at, url] of [['server', server], ['name', name]]) {
    await attempt(`fetch ${at}`, () => fetch(url, { mode: 'no-cors' }));
    await attempt(`importScripts ${at}`, () => importScripts(url));
    await attempt(`import ${at}`, () => import(url));
    await attempt(`XMLHttpRequest ${at}`, () => synchronous(url));
    await attempt(`EventSource ${at}`, () => (self.EventSource ? opens(new EventSource(url)) : 'absent'));
    await attempt(`WebSocket ${at}`, () =>
      (self.WebSocket ? opens(new WebSocket(url.replace('http', 'ws'))) : 'absent'));
    await attempt(`WebTransport ${at}`, () =>
      (self.WebTransport ? new WebTransport(url.replace('http:', 'https:')).ready : 'absent'));
    await attempt(`font ${at}`, () => (self.FontFace ? new FontFace('x', `url('${url}')`).load() : 'absent'));
    await attempt(`STUN ${at}`, () => (self.RTCPeerConnection ? 'worked' : 'absent'));
  }
  tell('end', 'end');
};
