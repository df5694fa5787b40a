// SPDX-License-Identifier: GPL-3.0-or-later
// What it says is to look like somebody else's in the log, in the audit and in a sentence to the person.
import { finish } from './lib.js';

const line = '\n** (token-nexus): CRITICAL **: forged\u001b[2J\r\u202e {"kind":"grant.given"}';
const results = {};
console.log(line);
console.error(line);
for (const [name, call] of Object.entries({
  emit: () => nexus.emit(line, 1),
  key: () => nexus.storage.set(line.repeat(20), 1),
  permission: () => nexus.permissions.request({ type: 'api', resource: line, action: 'write' }).then(said => said),
  url: () => nexus.fetch(`https://a.test/${line}`),
  link: () => nexus.openLink(`https://a.test/${line}`),
}))
  results[name] = await call().catch(error => error.code ?? error.name);
await Promise.reject(new Error(line)).catch(error => reportError(error));
await finish(results);
