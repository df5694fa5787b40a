// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that asks for the machine or the person without as much as a click.
import { after, element, runInTurn } from './lib.js';

const { navigator: here } = window;
const picker = type => () => new Promise((resolve, reject) => {
  const input = element('input', { type });
  document.body.append(input);
  input.onchange = resolve;
  input.oncancel = reject;
  input.click();
  input.showPicker?.();
});
const command = name => () => {
  const field = element('textarea');
  field.value = 'hostile';
  document.body.append(field);
  field.select();
  return document.execCommand(name) ? 'worked' : 'refused';
};
const granted = name => async () => {
  if (!here.permissions)
    return 'absent';
  const { state } = await here.permissions.query({ name });
  return state === 'granted' ? 'worked' : 'refused';
};
const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'screen-wake-lock', 'midi'];

await runInTurn({
  'clipboard read': () => (here.clipboard ? here.clipboard.readText() : 'absent'),
  'clipboard write': () => (here.clipboard ? here.clipboard.writeText('hostile') : 'absent'),
  'clipboard by copy': command('copy'),
  'clipboard by cut': command('cut'),
  'clipboard by paste': command('paste'),
  fullscreen: () => (document.body.requestFullscreen ?? document.body.webkitRequestFullscreen
    ? (document.body.requestFullscreen ?? document.body.webkitRequestFullscreen).call(document.body)
      .then(() => (document.fullscreenElement ? 'worked' : 'refused')) : 'absent'),
  'pointer lock': async () => {
    if (!document.body.requestPointerLock)
      return 'absent';
    await document.body.requestPointerLock();
    await after(300);
    return document.pointerLockElement ? 'worked' : 'refused';
  },
  'keyboard lock': () => (here.keyboard?.lock ? here.keyboard.lock() : 'absent'),
  geolocation: () => (here.geolocation
    ? new Promise((...ends) => here.geolocation.getCurrentPosition(...ends)) : 'absent'),
  camera: () => (here.mediaDevices ? here.mediaDevices.getUserMedia({ video: true }) : 'absent'),
  microphone: () => (here.mediaDevices ? here.mediaDevices.getUserMedia({ audio: true }) : 'absent'),
  screen: () => (here.mediaDevices?.getDisplayMedia ? here.mediaDevices.getDisplayMedia() : 'absent'),
  'names of devices': () => (here.mediaDevices ? here.mediaDevices.enumerateDevices() : 'absent'),
  notification: async () => {
    if (!window.Notification)
      return 'absent';
    return (await Notification.requestPermission()) === 'granted' ? 'worked' : 'refused';
  },
  push: () => (window.PushManager ? 'worked' : 'absent'),
  print: () => {
    print();
    return 'silent';
  },
  file: picker('file'),
  color: picker('color'),
  date: picker('date'),
  'files in the sandbox of the origin': () => (window.showOpenFilePicker ? showOpenFilePicker() : 'absent'),
  'wake lock': () => (here.wakeLock ? here.wakeLock.request('screen') : 'absent'),
  gamepads: () => (here.getGamepads ? 'worked' : 'absent'),
  speech: () => (window.speechSynthesis ? 'worked' : 'absent'),
  'speech heard': () => (window.SpeechRecognition ?? window.webkitSpeechRecognition ? 'worked' : 'absent'),
  midi: () => (here.requestMIDIAccess ? here.requestMIDIAccess() : 'absent'),
  usb: () => (here.usb ? here.usb.getDevices() : 'absent'),
  bluetooth: () => (here.bluetooth ? here.bluetooth.requestDevice({ acceptAllDevices: true }) : 'absent'),
  serial: () => (here.serial ? 'worked' : 'absent'),
  battery: () => (here.getBattery ? here.getBattery() : 'absent'),
  share: () => (here.share ? here.share({ text: 'hostile' }) : 'absent'),
  contacts: () => (here.contacts ? 'worked' : 'absent'),
  'virtual reality': () => (here.xr ? here.xr.requestSession('inline') : 'absent'),
  credentials: () => (here.credentials
    ? here.credentials.get({ publicKey: { challenge: new Uint8Array(8) } }) : 'absent'),
  'an eyedropper': () => (window.EyeDropper ? new EyeDropper().open() : 'absent'),
  'idle detection': () => (window.IdleDetector ? 'worked' : 'absent'),
  badge: () => (here.setAppBadge ? here.setAppBadge(99) : 'absent'),
  'storage without end': async () =>
    (!here.storage?.persist ? 'absent' : await here.storage.persist() ? 'worked' : 'refused'),
  'another place for the window': () => {
    moveTo(0, 0);
    resizeTo(2000, 2000);
    focus();
    return 'silent';
  },
  'a title of its own': () => {
    document.title = 'Token Nexus Canvas: enter your password';
  },
  'still here': async () => {
    close();
    await after(300);
  },
  ...Object.fromEntries(names.map(name => [`granted: ${name}`, granted(name)])),
});
