// SPDX-License-Identifier: GPL-3.0-or-later
// Sound that nobody asked for.
import { after, element, run } from './lib.js';

// A second of 8-bit sound at 8 kHz.
const sound = () => {
  const bytes = new Uint8Array(44 + 8000);
  const view = new DataView(bytes.buffer);
  [[0, 'RIFF'], [8, 'WAVE'], [12, 'fmt '], [36, 'data']].forEach(([at, text]) =>
    [...text].forEach((letter, i) => { bytes[at + i] = letter.charCodeAt(0); }));
  [[4, 8036], [16, 16], [24, 8000], [28, 8000], [40, 8000]].forEach(([at, n]) => view.setUint32(at, n, true));
  [[20, 1], [22, 1], [32, 1], [34, 8]].forEach(([at, n]) => view.setUint16(at, n, true));
  bytes.fill(255, 44);
  return URL.createObjectURL(new Blob([bytes], { type: 'audio/wav' }));
};
const plays = (name, attributes) => async () => {
  const media = element(name, { src: sound(), ...attributes });
  document.body.append(media);
  if (attributes.autoplay === undefined)
    await media.play();
  await after(600);
  return media.paused ? 'refused' : 'worked';
};

run({
  play: plays('audio', {}),
  autoplay: plays('audio', { autoplay: '' }),
  'a film without a picture': plays('video', { autoplay: '', playsinline: '' }),
  'by numbers': async () => {
    if (!window.AudioContext)
      return 'absent';
    const context = new AudioContext();
    const tone = context.createOscillator();
    tone.connect(context.destination);
    tone.start();
    await Promise.race([context.resume(), after(500)]);
    return context.state === 'running' ? 'worked' : 'refused';
  },
  speech: () => (window.speechSynthesis ? (speechSynthesis.speak(new SpeechSynthesisUtterance('Pay!')), 'worked') : 'absent'),
  vibration: () => (navigator.vibrate?.(1000) ? 'worked' : 'absent'),
});
