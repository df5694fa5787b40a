// SPDX-License-Identifier: GPL-3.0-or-later
import { after, finish, until } from './lib.js';

const codes = new Set();
let answered = 0;
let refused = 0;
let heard = 0;

const drop = async () => {
  await nexus.emit('flood.drop', answered).catch(error => {
    refused += 1;
    codes.add(error.code);
  });
  answered += 1;
};

nexus.subscribe('flood.>', () => { heard += 1; });
await after(200);
for (let round = 0; round < 40; round += 1) {
  await Promise.all(Array.from({ length: 500 }, drop));
}
await Promise.all(Array.from({ length: 1000 }, drop));
await after(1000);
const before = heard;
await nexus.emit('flood.last', 1);
await until(() => heard > before);
await finish({
  answered, 'some were refused': refused > 0, codes: [...codes].sort((a, b) => a - b), 'hears on': heard > before,
});
