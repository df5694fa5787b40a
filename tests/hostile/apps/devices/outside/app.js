// SPDX-License-Identifier: GPL-3.0-or-later
// What would be drawn outside of its tile, or seen of what is there, without a click.
import { after, element, run } from './lib.js';

const put = made => {
  document.body.append(made);
  return made;
};
const list = () => {
  const select = put(element('select'));
  for (let i = 0; i < 100; i += 1)
    select.append(element('option'));
  return select;
};
const event = (name, more = {}) => new MouseEvent(name, { bubbles: true, cancelable: true, button: 2, ...more });

run({
  'a list': async () => {
    const select = list();
    select.showPicker();
  },
  'a list by events': async () => {
    const select = list();
    for (const name of ['mousedown', 'mouseup', 'click'])
      select.dispatchEvent(event(name, { button: 0 }));
    select.focus();
    select.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true }));
    return after(300, 'silent');
  },
  'a menu': async () => {
    document.body.dispatchEvent(event('contextmenu'));
    return after(300, 'silent');
  },
  'keys of the host': async () => {
    for (const key of ['F10', 'F11', 'F12', 'q', 'w', 'Escape'])
      for (const type of ['keydown', 'keyup'])
        document.body.dispatchEvent(new KeyboardEvent(type, { key, ctrlKey: key.length === 1, shiftKey: key === 'F12', bubbles: true }));
    return after(300, 'silent');
  },
  'all of the screen': () => (document.fullscreenEnabled || document.webkitFullscreenEnabled ? 'worked' : 'refused'),
  'the whole screen by a film': () => {
    const film = put(element('video'));
    return film.webkitEnterFullscreen ? film.webkitEnterFullscreen() : 'absent';
  },
  'a window in a window': () => (window.documentPictureInPicture ? documentPictureInPicture.requestWindow() : 'absent'),
  'a drag out': async () => {
    const data = new DataTransfer();
    data.setData('DownloadURL', 'text/plain:hostile.sh:data:,x');
    data.setData('text/uri-list', 'file:///etc/passwd');
    for (const name of ['dragstart', 'drag', 'dragend'])
      document.body.dispatchEvent(new DragEvent(name, { dataTransfer: data, bubbles: true }));
    return after(300, 'silent');
  },
  'a drop that goes there': async () => {
    const data = new DataTransfer();
    data.setData('text/uri-list', 'https://drop.hostile.test/');
    for (const name of ['dragenter', 'dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(name, { dataTransfer: data, bubbles: true }));
    return after(300, 'silent');
  },
  // What it says would be drawn above all: hostile.c looks whether anything is.
  'a bubble': async () => {
    const field = put(element('form')).appendChild(element('input'));
    field.setCustomValidity('Token Nexus Canvas: type your password');
    setInterval(() => field.reportValidity(), 1000);
    return after(300, 'silent');
  },
  'a bubble from the shadow': async () => {
    const field = put(element('div')).attachShadow({ mode: 'closed' }).appendChild(element('input'));
    field.setCustomValidity('Token Nexus Canvas: type your password');
    setInterval(() => field.reportValidity(), 1400);
    return after(300, 'silent');
  },
  'where its window is': () => (window.screenX === 0 && window.screenY === 0 ? 'refused' : 'worked'),
  screens: () => (window.getScreenDetails ? getScreenDetails() : 'absent'),
  'an inspector': () => (window.webkit?.inspector || window.InspectorFrontendHost || window.Internals ? 'worked' : 'absent'),
});
