// SPDX-License-Identifier: GPL-3.0-or-later
// An app that may run any code, and wants back by frames and workers what it gave up.
import { after, element, everywhere, run } from './lib.js';

const wasm = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
const names = ['indexedDB', 'localStorage', 'AudioContext', 'webkitAudioContext', 'OfflineAudioContext',
  'OffscreenCanvas', 'WebSocket'];

// What of it a window has; each by using it where that can be done.
const left = view => {
  const found = names.filter(name => {
    try {
      return view[name];
    } catch {
      return false;
    }
  });
  const canvas = view.document?.createElement('canvas');
  for (const kind of ['2d', 'webgl', 'webgl2', 'bitmaprenderer']) {
    if (canvas?.getContext(kind) || view.HTMLCanvasElement?.prototype.getContext.call(canvas, kind))
      found.push(kind);
  }
  const compiles = () => {
    try {
      return new view.WebAssembly.Module(wasm);
    } catch {
      return false;
    }
  };
  if (view.WebAssembly && compiles())
    found.push('WebAssembly');
  if (view.Audio && new view.Audio().canPlayType?.('audio/wav'))
    found.push('audio');
  if (view.MediaSource?.isTypeSupported?.('audio/mp4'))
    found.push('MediaSource');
  if (view.document?.getCSSCanvasContext?.('2d', 'x', 1, 1))
    found.push('css canvas');
  if (view.document?.createElement('video').canPlayType?.('video/mp4'))
    found.push('video');
  return found;
};

const judge = view => {
  const found = left(view);
  if (found.length > 0)
    throw Object.assign(new Error(found.join()), { found });
  return 'absent';
};

// Of many windows the first that has something; those of other origins throw, as they should.
const worst = views => {
  for (const view of views) {
    try {
      if (left(view).length > 0)
        return view;
    } catch {
      // It can't be looked into.
    }
  }
  return {};
};

// Where something is left, its name becomes the verdict, and the test fails with it.
const all = {};
const attempt = (name, get) => {
  all[name] = async () => {
    try {
      return judge(await get());
    } catch (error) {
      if (error.found !== undefined)
        return `left ${error.message}`;
      throw error;
    }
  };
};

const frame = (attributes = {}, name = 'iframe') => document.body.appendChild(element(name, attributes));
const loaded = async (attributes, name) => {
  const made = frame(attributes, name);
  await after(300);
  return made.contentWindow ?? {};
};
const page = URL.createObjectURL(new Blob(['<p>blob'], { type: 'text/html' }));

attempt('the page itself', () => window);
attempt('a frame at once', () => frame().contentWindow);
attempt('a frame that is taken out', () => {
  const made = frame();
  const view = made.contentWindow;
  made.remove();
  return view;
});
attempt('a frame of a frame', () => {
  const { document: inner } = frame().contentWindow;
  return inner.body.appendChild(inner.createElement('iframe')).contentWindow;
});
attempt('a frame later', () => loaded());
attempt('about:blank', () => loaded({ src: 'about:blank' }));
attempt('srcdoc at once', () => frame({ srcdoc: '<p>x' }).contentWindow);
attempt('srcdoc', () => loaded({ srcdoc: '<p>x' }));
attempt('a blob', () => loaded({ src: page }));
attempt('a file', () => loaded({ src: 'index.html?inner' }));
attempt('no such file', () => loaded({ src: 'nothing.html' }));
attempt('a file at once', () => frame({ src: 'lib.js' }).contentWindow);
attempt('without scripts', () => loaded({ sandbox: 'allow-same-origin' }));
attempt('without scripts at once', () => frame({ sandbox: 'allow-same-origin' }).contentWindow);
// Known: the engine runs no script in the first, empty document of such a frame (it is sandboxed without scripts, and its
// own document is still to come), and asks nobody about it, so what only a script takes is left there until then. It has
// no switch for either. Media has no source even so.
attempt('without scripts, srcdoc at once', () => frame({ sandbox: 'allow-same-origin', srcdoc: '<p>x' }).contentWindow);
attempt('without scripts, by number', () => {
  frame({ sandbox: 'allow-same-origin', srcdoc: '<p>x' });
  return window[window.length - 1];
});
attempt('without scripts, a file at once', () => frame({ sandbox: 'allow-same-origin', src: 'lib.js' }).contentWindow);
// Every other frame that the page can look into is clean, whatever else its sandbox allows.
const sandboxes = ['', 'allow-forms allow-modals allow-pointer-lock allow-popups allow-top-navigation'].flatMap(more =>
  ['', 'allow-same-origin', 'allow-scripts', 'allow-same-origin allow-scripts'].map(base => `${base} ${more}`.trim()));
const sources = { nothing: {}, srcdoc: { srcdoc: '<p>x' }, 'a file': { src: 'lib.js' }, 'a blob': { src: page },
  'javascript:': { src: 'javascript:0' }, 'data:': { src: 'data:text/html,x' } };
const scriptless = sandbox => sandbox.startsWith('allow-same-origin') && !sandbox.includes('allow-scripts');
const clean = sandboxes.filter(sandbox => !scriptless(sandbox));
const known = sandboxes.filter(scriptless);
for (const [kind, source] of Object.entries(sources)) {
  attempt(`${kind}, a sandbox, at once`, () => worst(clean.map(sandbox => frame({ sandbox, ...source }).contentWindow)));
  attempt(`${kind}, a sandbox`, async () => worst(await Promise.all(clean.map(sandbox => loaded({ sandbox, ...source })))));
}
// As above: these are refused a document of their own, and keep the first.
for (const kind of ['a blob', 'javascript:', 'data:'])
  attempt(`${kind}, without scripts`, async () => worst(await Promise.all(known.map(sandbox => loaded({ sandbox, ...sources[kind] })))));
attempt('a sandbox put on later', () => {
  const made = frame();
  made.setAttribute('sandbox', 'allow-same-origin');
  return made.contentWindow;
});
attempt('an object at once', () => frame({ data: 'index.html?inner', type: 'text/html' }, 'object').contentWindow ?? {});
attempt('an embed at once', () => frame({ src: 'index.html?inner', type: 'text/html' }, 'embed').getSVGDocument()?.defaultView ?? {});
attempt('an object', () => loaded({ data: 'about:blank' }, 'object'));
attempt('an object of a file', () => loaded({ data: 'index.html?inner', type: 'text/html' }, 'object'));
attempt('an embed', () => loaded({ src: 'index.html?inner', type: 'text/html' }, 'embed'));
attempt('an image of a page', () => loaded({ src: 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>' }));
attempt('a document opened anew', async () => {
  const made = frame();
  made.contentDocument.open();
  made.contentDocument.write('<p>x');
  made.contentDocument.close();
  return made.contentWindow;
});
attempt('a javascript: frame', async () => {
  const made = frame({ src: 'javascript:void (parent.got = window)' });
  await after(300);
  made.remove();
  return window.got ?? {};
});
attempt('a frame reloaded', async () => {
  const made = frame({ srcdoc: '<p>x' });
  await after(200);
  made.contentWindow.location.reload();
  await after(300);
  return made.contentWindow;
});
attempt('a frame that writes as it is parsed', async () => {
  await loaded({ srcdoc: '<script>parent.early = window</script>' });
  return window.early ?? {};
});
attempt('a page of XML', () => loaded({ src: URL.createObjectURL(new Blob(['<html xmlns="http://www.w3.org/1999/xhtml"/>'],
  { type: 'application/xhtml+xml' })) }));

// In a worker no script of ours runs: where one could hide things only by that, there are no workers.
const inWorker = `
  let found = [];
  try { if (self.WebAssembly && new WebAssembly.Module(new Uint8Array([${wasm}]))) found.push('WebAssembly'); } catch {}
  try { if (self.OffscreenCanvas && new OffscreenCanvas(1, 1).getContext('2d')) found.push('canvas'); } catch {}
  for (const name of ['indexedDB', 'WebSocket']) if (self[name]) found.push(name);
  postMessage(found.join());`;
const workers = {
  'a worker of a blob': () => new Worker(URL.createObjectURL(new Blob([inWorker], { type: 'text/javascript' }))),
  'a worker of a data: address': () => new Worker(`data:text/javascript,${encodeURIComponent(inWorker)}`),
  "a frame's worker": () => new (frame().contentWindow.Worker)(
    URL.createObjectURL(new Blob([inWorker], { type: 'text/javascript' }))),
};
for (const [name, make] of Object.entries(workers))
  all[name] = () => new Promise((resolve, reject) => {
    const worker = make();
    worker.onerror = reject;
    worker.onmessage = ({ data }) => resolve(data === '' ? 'absent' : `left ${data}`);
  });

// What is left in such a window draws and no more: whatever could get out by it is refused there as it is here.
const reached = () => frame({ sandbox: 'allow-same-origin', srcdoc: '<p>x' }).contentWindow;
const filled = view => {
  const canvas = view.document.createElement('canvas');
  canvas.getContext('2d').fillRect(0, 0, 9, 9);
  return canvas;
};
const drawn = (view, url) => new Promise((resolve, reject) => {
  const image = Object.assign(new view.Image(), { onload: resolve, onerror: reject, src: url });
  filled(view).getContext('2d').drawImage(image, 0, 0);
});
const inserted = async (view, name, attributes, text) => {
  const made = Object.assign(view.document.createElement(name), attributes);
  made.append(text ?? '');
  view.document.body.append(made);
  await after(300);
  return window.ran || view.ran ? 'worked' : 'silent';
};
const code = 'parent.ran = top.ran = window.ran = true';
Object.assign(all, everywhere({
  'reached: fetch': url => reached().fetch(url, { mode: 'no-cors' }),
  'reached: fetch with a picture': url => new Promise((resolve, reject) => {
    const view = reached();
    filled(view).toBlob(body => view.fetch(url, { method: 'POST', mode: 'no-cors', body }).then(resolve, reject));
  }),
  'reached: XMLHttpRequest': url => new Promise((resolve, reject) => {
    const request = Object.assign(new (reached().XMLHttpRequest)(), { onload: resolve, onerror: reject });
    request.open('GET', url);
    request.send();
  }),
  'reached: beacon': url => reached().navigator.sendBeacon?.(url, 'secret') ?? 'absent',
  'reached: EventSource': url => new Promise((resolve, reject) => {
    Object.assign(new (reached().EventSource)(url), { onopen: resolve, onerror: reject });
  }),
  'reached: an image': url => drawn(reached(), url),
  'reached: a sheet': url => inserted(reached(), 'link', { rel: 'stylesheet', href: url }),
  'reached: a hint': url => inserted(reached(), 'link', { rel: 'preconnect', href: url }),
  'reached: a form': url => {
    const view = reached();
    const form = Object.assign(view.document.createElement('form'), { action: url });
    view.document.body.append(form);
    form.submit();
    return after(300, 'silent');
  },
  'reached: to go there': url => {
    reached().location = url;
    return after(300, 'silent');
  },
  'reached: a window': url => (reached().open(url) === null ? 'refused' : 'worked'),
}));
Object.assign(all, {
  'reached: WebRTC': () => (reached().RTCPeerConnection ? 'worked' : 'absent'),
  'reached: WebTransport': () => (reached().WebTransport ? 'worked' : 'absent'),
  'reached: a script': () => inserted(reached(), 'script', {}, code),
  'reached: a handler': async () => {
    const view = reached();
    view.document.body.innerHTML = `<img src="nothing.png" onerror="${code}"><a href="javascript:${code}">`;
    view.document.querySelector('a').click();
    await after(300);
    return window.ran ? 'worked' : 'silent';
  },
  'reached: the host': () => (reached().webkit?.messageHandlers ? 'worked' : 'absent'),
});

// The functions that hide cannot be put back.
all['put back'] = () => {
  delete window.WebAssembly;
  delete HTMLCanvasElement.prototype.getContext;
  return judge(window);
};
all['canvas of another kind'] = () => {
  const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');
  return Object.getPrototypeOf(canvas).getContext.call(canvas, '2d') === null ? 'absent' : 'worked';
};
all['wasm of a file'] = () => import('data:application/wasm;base64,AGFzbQEAAAA=');

run(all);
