// SPDX-License-Identifier: GPL-3.0-or-later
// Our own page tries the ways out of a page to a listener of ours. If one call arrives there, the walls do not hold.
const {port} = await nexus.config.get();
const to = path => `http://127.0.0.1:${port}/${path}`;

const add = (name, attributes) => {
  const element = Object.assign(document.createElement(name), attributes);
  document.body.append(element);
  return element;
};

const ways = [
  () => fetch(to('fetch')),
  () => fetch(to('no-cors'), {mode: 'no-cors', keepalive: true}),
  () => new WebSocket(`ws://127.0.0.1:${port}/`),
  () => new EventSource(to('events')),
  () => navigator.sendBeacon(to('beacon')),
  () => add('img', {src: to('image')}),
  () => add('link', {rel: 'preconnect', href: to('preconnect')}),
  () => add('link', {rel: 'prefetch', href: to('prefetch')}),
  () => add('link', {rel: 'stylesheet', href: to('style.css')}),
  () => add('script', {src: to('script.js')}),
  () => add('iframe', {src: to('frame')}),
  () => add('iframe', {srcdoc: `<link rel=preconnect href="${to('srcdoc')}"><img src="${to('srcdoc-image')}">`}),
  () => add('object', {data: to('object')}),
  () => add('video', {src: to('video')}),
  () => add('form', {action: to('form'), method: 'post'}).submit(),
  () => window.open(to('window')),
  () => import(to('module.js')),
  () => location.assign(to('away')),
];

for (const way of ways) {
  try {
    await Promise.race([way(), new Promise(resolve => setTimeout(resolve, 20))]);
  } catch {
    // Refused, as it should be.
  }
}
document.title = 'tried';
