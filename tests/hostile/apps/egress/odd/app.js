// SPDX-License-Identifier: GPL-3.0-or-later
import { after, element, everywhere, run } from './lib.js';

const amount = { currency: 'EUR', value: '1' };

run(everywhere({
  'protocol handler': url => (navigator.registerProtocolHandler
    ? (navigator.registerProtocolHandler('web+x', `${url}?%s`), after(300, 'silent')) : 'absent'),
  payment: url => (window.PaymentRequest
    ? new PaymentRequest([{ supportedMethods: url }], { total: { label: 'x', amount } }).canMakePayment() : 'absent'),
  'identity provider': url => (window.IdentityCredential
    ? navigator.credentials.get({ identity: { providers: [{ configURL: url, clientId: 'x' }] } }) : 'absent'),
  'background fetch': async url => (navigator.serviceWorker
    ? (await navigator.serviceWorker.register('app.js')).backgroundFetch.fetch('x', url) : 'absent'),
  'cache storage': async url => (window.caches ? (await caches.open('x')).add(url) : 'absent'),
  remote: url => (window.RemotePlayback
    ? new Promise((...ends) => element('video', { src: url }).remote.watchAvailability(ends[0]).catch(ends[1]))
    : 'absent'),
  media: url => {
    if (!navigator.mediaSession || !window.MediaMetadata)
      return 'absent';
    navigator.mediaSession.metadata = new MediaMetadata({ title: 'x', artwork: [{ src: url }] });
    return after(300, 'silent');
  },
  notification: url => (window.Notification ? (new Notification('x', { icon: url }), after(300, 'silent')) : 'absent'),
  share: url => (navigator.share ? navigator.share({ url }) : 'absent'),
  wasm: url => WebAssembly.compileStreaming(fetch(url)),
  'drawn and read': url => new Promise((resolve, reject) => {
    const image = Object.assign(new Image(), { onerror: reject, src: url, crossOrigin: '' });
    image.onload = () => createImageBitmap(image).then(resolve, reject);
  }),
  contact: url => (navigator.contacts ? navigator.contacts.select(['email']) : 'absent'),
  'remote module of CSS': url => import(url, { with: { type: 'css' } }),
  'remote module of JSON': url => import(url, { with: { type: 'json' } }),
}));
