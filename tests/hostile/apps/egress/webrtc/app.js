// SPDX-License-Identifier: GPL-3.0-or-later
import { after, element, run } from './lib.js';

const servers = [
  { urls: 'stun:127.0.0.1:@UDP@' },
  { urls: 'stun:stun.@CASE@.hostile.test:3478' },
  { urls: 'turn:127.0.0.1:@TCP@?transport=tcp', username: 'secret', credential: 'secret' },
];

const call = async here => {
  const Kind = here?.RTCPeerConnection ?? here?.webkitRTCPeerConnection;
  if (!Kind)
    return 'absent';
  const peer = new Kind({ iceServers: servers });
  peer.createDataChannel('secret');
  await peer.setLocalDescription(await peer.createOffer());
  return after(1000, 'silent');
};

run({
  here: () => call(window),
  'in a frame': async () => {
    const frame = element('iframe', { srcdoc: '<p>frame' });
    document.body.append(frame);
    await after(200);
    return call(frame.contentWindow);
  },
});
