// SPDX-License-Identifier: GPL-3.0-or-later
// What holds for every built-in app: its files, what its page may contain, and that it rests when nothing happens.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const APPS = new URL('../../data/apps/', import.meta.url);
const NAMES = ['calculator', 'calendar', 'clock', 'events', 'notes', 'todo'];
const FORBIDDEN = `eval( Function( outerHTML insertAdjacentHTML document.write localStorage indexedDB document.cookie
  fetch( XMLHttpRequest WebSocket setInterval requestAnimationFrame`.split(/\s+/);
const WAITS = /\b(?:emit|subscribe)\(['`]([^'`]+)/g;

const read = (app, file) => readFileSync(new URL(`com.tokennexus.${app}/${file}`, APPS), 'utf8');
const files = (app, ending) =>
  readdirSync(new URL(`com.tokennexus.${app}/`, APPS))
    .filter(file => file.endsWith(ending))
    .sort();
const scripts = app =>
  files(app, '.js')
    .map(file => read(app, file))
    .join('\n');
const withoutComments = text =>
  text
    .replace(/<!--[^]*?-->/g, '')
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/(^|\s)\/\/ .*$/gm, '');

function forEachApp(check) {
  for (const app of NAMES) check(app);
}

test('the six apps are there', () => {
  assert.deepEqual(
    readdirSync(APPS).sort(),
    NAMES.map(name => `com.tokennexus.${name}`),
  );
});

test('manifests', () =>
  forEachApp(app => {
    const manifest = JSON.parse(read(app, 'manifest.json'));
    assert.equal(manifest.sdk, 1);
    assert.equal(manifest.id, `com.tokennexus.${app}`);
    assert.equal(manifest.license, 'GPL-3.0-or-later');
    assert.equal(manifest.author, 'Token Nexus');
    assert.deepEqual(manifest.ui.minSize, { w: 2, h: 2 });
    assert.ok(
      manifest.permissions.every(permission => permission.reason.endsWith('.')),
      `${app}: reasons are sentences`,
    );
    for (const file of [manifest.icon, manifest.entryPoint])
      assert.ok(existsSync(new URL(`com.tokennexus.${app}/${file}`, APPS)), `${app}/${file}`);
  }));

test('what is emitted and heard is declared, and nothing else', () =>
  forEachApp(app => {
    const { permissions, events = {} } = JSON.parse(read(app, 'manifest.json'));
    const declared = permissions
      .filter(permission => permission.type === 'event')
      .map(permission => permission.resource)
      .sort();
    const code = withoutComments(scripts(app)).replace(/\btell\('/g, "emit('");
    const used = [...new Set([...code.matchAll(WAITS)].map(match => match[1]).filter(type => !type.includes('$')))];
    const covers = (pattern, type) =>
      pattern === type || pattern === '>' || (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1)));
    for (const type of used)
      assert.ok(
        declared.some(pattern => covers(pattern, type)),
        `${app} uses ${type}`,
      );
    for (const pattern of declared)
      assert.ok(
        used.some(type => covers(pattern, type)),
        `${app} declares ${pattern}`,
      );
    const emitted = permissions
      .filter(permission => permission.actions.includes('emit'))
      .map(permission => permission.resource);
    for (const type of Object.keys(events))
      assert.ok(
        emitted.some(pattern => covers(pattern, type)),
        `${app} defines ${type}`,
      );
  }));

test('pages have no script, handler or style inside, and no address outside', () =>
  forEachApp(app => {
    const page = withoutComments(read(app, 'index.html'));
    assert.doesNotMatch(page, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:|https?:|\/\//i, app);
    assert.match(page, /<script type="module" src="app\.js"><\/script>/);
    for (const [, file] of page.matchAll(/(?:src|href)="([^"#][^"]*)"/g))
      assert.ok(existsSync(new URL(`com.tokennexus.${app}/${file}`, APPS)), `${app}: ${file}`);
  }));

test('every element that a script asks for by id, and every icon, is in the page', () =>
  forEachApp(app => {
    const page = read(app, 'index.html'),
      code = scripts(app),
      ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(match => match[1]);
    assert.equal(new Set(ids).size, ids.length, `${app}: an id twice`);
    for (const [, id] of code.matchAll(/\$\('([^']+)'\)/g)) assert.ok(ids.includes(id), `${app}: #${id}`);
    for (const [, id] of page.matchAll(/(?:aria-(?:controls|describedby|labelledby)|for)="([^"]+)"/g))
      assert.ok(ids.includes(id), `${app}: ${id} is referred to`);
    for (const [, id] of page.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.includes(id), `${app}: #${id}`);
  }));

test('every control has a name', () =>
  forEachApp(app => {
    const page = withoutComments(read(app, 'index.html'));
    for (const [whole, attributes, content] of page.matchAll(/<button([^>]*)>([^]*?)<\/button>/g))
      assert.ok(
        /aria-label=/.test(attributes) ||
          /\bid="(pick|glance|face)"/.test(attributes) ||
          content.replace(/<[^]*?>/g, '').trim(),
        `${app}: ${whole}`,
      );
    for (const [whole, attributes] of page.matchAll(/<input([^>]*)>/g))
      assert.ok(
        /aria-label=/.test(attributes) ||
          page.includes(`</span>${whole}`) ||
          /<label>\w+<input$/.test(page.slice(0, page.indexOf(whole) + 6)),
        `${app}: ${whole}`,
      );
  }));

test('scripts make nothing from text, keep nothing outside the SDK, and never spin', () =>
  forEachApp(app => {
    const code = withoutComments(scripts(app));
    for (const forbidden of FORBIDDEN) assert.ok(!code.includes(forbidden), `${app}: ${forbidden}`);
    assert.doesNotMatch(code, /\.innerHTML\s*\+?=/, app);
    assert.doesNotMatch(withoutComments(read(app, 'app.css')), /infinite|@import|url\(/, app);
  }));

test('icons are drawings of 128 by 128 without anything from outside', () =>
  forEachApp(app => {
    const icon = read(app, 'icon.svg');
    assert.match(icon, /<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^>]* viewBox="0 0 128 128"/);
    assert.doesNotMatch(icon.replace('http://www.w3.org/2000/svg', ''), /https?:|<script|<image|<text|@font/);
  }));

test('every text file says its licence', () =>
  forEachApp(app => {
    for (const file of [...files(app, '.js'), ...files(app, '.css'), ...files(app, '.html'), ...files(app, '.svg')])
      assert.match(read(app, file).slice(0, 300), /SPDX-License-Identifier: GPL-3\.0-or-later/, `${app}/${file}`);
  }));
