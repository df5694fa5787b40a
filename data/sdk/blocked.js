// SPDX-License-Identifier: GPL-3.0-or-later
// Takes away what an app gave up and WebKit has no switch for. Runs in every frame before any script of it, with the names
// of blockedAPIs; nothing of what it takes is kept anywhere, so nothing can give it back.
(names => {
  'use strict';
  const {defineProperty} = Object;
  const gone = value => ({value, writable: false, enumerable: false, configurable: false});

  const take = {
    __proto__: null,
    media: () => {
      for (const name of ['Audio', 'MediaSource', 'ManagedMediaSource'])
        defineProperty(globalThis, name, gone(undefined));
    },
    canvas2d: () => {
      defineProperty(HTMLCanvasElement.prototype, 'getContext', gone(() => null));
      if (document.getCSSCanvasContext !== undefined)
        defineProperty(Document.prototype, 'getCSSCanvasContext', gone(() => null));
    },
  };

  for (const name of names) {
    try {
      take[name]?.();
    } catch {
      // It is gone already: this runs twice in most frames.
    }
  }
})
