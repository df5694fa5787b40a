// SPDX-License-Identifier: GPL-3.0-or-later
// What every hostile app has beside it.

const server = '127.0.0.1:@TCP@';

// Where it tries to get to: a server that is there, and a name that only a look-up of names would notice.
export const addresses = label => {
  const word = label.replaceAll(/[^A-Za-z0-9]+/g, '-');
  return [`http://${server}/@CASE@/${word}`, `http://${word}.@CASE@.hostile.test/`];
};
export const address = label => addresses(label)[0];

export const after = (ms, value) => new Promise(resolve => setTimeout(resolve, ms, value));

// Whether it comes to hold within 8 s.
export const until = async holds => {
  for (let i = 0; i < 160 && !holds(); i += 1)
    await after(50);
  return holds();
};

// Whether an element has loaded what it should not.
export const loads = (element, parent = document.body) => new Promise((resolve, reject) => {
  element.addEventListener('load', resolve);
  element.addEventListener('error', reject);
  parent.append(element);
});

export const element = (name, attributes = {}) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    made.setAttribute(key, value);
  return made;
};

// An attempt that returns these words has not worked; one that throws was refused, unless by its own mistake.
const verdict = async attempt => {
  try {
    const said = await Promise.race([attempt(), after(1500, 'silent')]);
    return ['silent', 'absent', 'refused'].includes(said) || /^left /.test(said) ? said : 'worked';
  } catch (error) {
    return error instanceof ReferenceError ? `broken: ${error.message}` : 'refused';
  }
};

// Attempts by name; each is made with every address that there is.
export const everywhere = attempts => Object.fromEntries(Object.entries(attempts).flatMap(([label, attempt]) =>
  addresses(label).map((url, i) => [`${label} ${i === 0 ? 'server' : 'name'}`, () => attempt(url)])));

export const finish = results => nexus.storage.set('done', results);

export const run = async attempts => {
  const names = Object.keys(attempts);
  const verdicts = await Promise.all(names.map(name => verdict(attempts[name])));
  await finish(Object.fromEntries(names.map((name, i) => [name, verdicts[i]])));
};

// One after the other, where a later attempt would take an earlier one back: a page goes to one place at a time.
export const runInTurn = async attempts => {
  const results = {};
  for (const [name, attempt] of Object.entries(attempts))
    results[name] = await verdict(attempt);
  await finish(results);
};
