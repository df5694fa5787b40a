// SPDX-License-Identifier: GPL-3.0-or-later
// A person really clicks here, again and again; each click is used for the next attempt.
import { address, after, element, finish } from './lib.js';

const { navigator: here } = window;
const button = document.querySelector('button');
const put = made => {
  document.body.prepend(made);
  return made;
};
const picker = (name, attributes) => () => new Promise((resolve, reject) => {
  const input = put(element(name, attributes));
  input.append(element('option'), element('option'));
  input.onchange = resolve;
  input.oncancel = reject;
  input.click();
  input.showPicker?.();
});
const command = name => () => {
  const field = put(element('textarea'));
  field.value = 'hostile';
  field.select();
  const done = document.execCommand(name);
  field.remove();
  return done ? 'worked' : 'refused';
};
const follow = attributes => () => {
  put(element('a', attributes)).click();
  return 'silent';
};
const open = url => () => (window.open(url) === null ? 'refused' : 'worked');

const attempts = Object.entries({
  'a window': open('about:blank'),
  'a window outside': open(address('window')),
  'a window of a file': open('file:///etc/passwd'),
  'a popup': () => (window.open(address('popup'), 'popup', 'popup,width=50,height=50') === null ? 'refused' : 'worked'),
  'a link': follow({ href: address('link') }),
  'a link to a new window': follow({ href: address('blank'), target: '_blank' }),
  'a link with a ping': follow({ href: '#', ping: address('ping') }),
  mail: follow({ href: 'mailto:a@b.test?body=hostile' }),
  'another program': follow({ href: 'x-steal:hostile' }),
  download: follow({ href: 'app.js', download: 'hostile-click.js' }),
  'a blob to keep': follow({ href: URL.createObjectURL(new Blob(['x'])), download: 'hostile-click.sh' }),
  'going out': () => {
    location.href = address('going');
    return 'silent';
  },
  file: picker('input', { type: 'file' }),
  'a folder': picker('input', { type: 'file', webkitdirectory: '' }),
  color: picker('input', { type: 'color' }),
  fullscreen: () => (button.requestFullscreen ?? button.webkitRequestFullscreen ? 'worked' : 'absent'),
  'pointer lock': async () => {
    if (!button.requestPointerLock)
      return 'absent';
    await button.requestPointerLock();
    await after(300);
    return document.pointerLockElement ? 'worked' : 'refused';
  },
  paste: command('paste'),
  // WebKit lets a page copy its own text when it is clicked on, and has no setting against it.
  copy: command('copy'),
  'clipboard read': () => (here.clipboard ? here.clipboard.readText() : 'absent'),
  'clipboard write': () => (here.clipboard ? here.clipboard.writeText('hostile') : 'absent'),
  'picture in picture': () => (document.pictureInPictureEnabled ? 'worked' : 'absent'),
  camera: () => (here.mediaDevices ? here.mediaDevices.getUserMedia({ video: true }) : 'absent'),
  screen: () => (here.mediaDevices?.getDisplayMedia ? here.mediaDevices.getDisplayMedia() : 'absent'),
  notification: () => (window.Notification ? Notification.requestPermission().then(said =>
    (said === 'granted' ? 'worked' : 'refused')) : 'absent'),
  share: () => (here.share ? here.share({ text: 'hostile' }) : 'absent'),
  print: () => {
    print();
    return 'silent';
  },
});

const results = {};
let busy = false;
button.onclick = async () => {
  if (busy || attempts.length === 0)
    return;
  busy = true;
  const [name, attempt] = attempts.shift();
  try {
    results[name] = await Promise.race([attempt(), after(700, 'silent')]);
    if (!['silent', 'absent', 'refused'].includes(results[name]))
      results[name] = 'worked';
  } catch (error) {
    results[name] = error instanceof ReferenceError ? `broken: ${error.message}` : 'refused';
  }
  busy = false;
  if (attempts.length === 0)
    await finish(results);
};
