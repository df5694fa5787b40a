// SPDX-License-Identifier: GPL-3.0-or-later
// Measures EventEmitter2 with the subscriptions and publishes of bench-bus; prints deliveries a second, by name.
import eventemitter2 from 'eventemitter2';

const AREAS = 1000;
const PUBLISHES = 200000;
const ROUNDS = 5;
const PATTERNS = [
  'item.done', 'item.done', 'item.done', 'item.*', 'item.*', '*.done', '*.done', '**', '**', 'item.**',
];

const emitter = new eventemitter2.EventEmitter2({wildcard: true, delimiter: '.', maxListeners: 0});
let delivered = 0;
const events = [];
for (let area = 0; area < AREAS; area++) {
  events.push({type: `area${area}.item.done`, data: area});
  for (const pattern of PATTERNS) {
    emitter.on(`area${area}.${pattern}`, () => {
      delivered += 1;
    });
  }
}

let best = 0;
for (let round = 0; round < ROUNDS; round++) {
  delivered = 0;
  const start = process.cpuUsage();
  for (let i = 0; i < PUBLISHES; i++) {
    const event = events[i * 7919 % AREAS];
    emitter.emit(event.type, event);
  }
  const used = process.cpuUsage(start), seconds = (used.user + used.system) / 1e6;
  if (delivered !== 10 * PUBLISHES)
    throw new Error(`${delivered} deliveries`);
  best = Math.max(best, delivered / seconds);
}
console.log(JSON.stringify({'eventemitter2-deliveries': best}));
