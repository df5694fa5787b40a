// SPDX-License-Identifier: GPL-3.0-or-later
import { after, element, everywhere, run } from './lib.js';

const play = (name, more = '') => async url => {
  const media = element(name, { src: `${url}${more}`, autoplay: '', muted: '', preload: 'auto' });
  document.body.append(media);
  media.play()?.catch(() => {});
  return after(1000, 'silent');
};

const inner = (name, attributes) => async url => {
  const media = element('video', { autoplay: '', muted: '' });
  media.append(element(name, { ...attributes, src: url }));
  document.body.append(media);
  for (const track of media.textTracks)
    track.mode = 'showing';
  return after(1000, 'silent');
};

run(everywhere({
  video: play('video'),
  audio: play('audio'),
  playlist: play('video', '.m3u8'),
  source: inner('source', { type: 'video/mp4' }),
  track: inner('track', { kind: 'captions', default: '' }),
  'rtsp stream': url => play('video')(url.replace('http:', 'rtsp:')),
}));
