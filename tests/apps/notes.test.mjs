// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  buildLines,
  KINDS,
  matches,
  readLines,
  readText,
  restoreLines,
  summary,
} from '../../data/apps/com.tokennexus.notes/lines.js';
import { document, html, tree } from './fake-dom.mjs';
import { forAll } from './random.mjs';

const clean = (...children) => html(buildLines(readLines(tree(['body', {}, ...children])), document));
const line = (kind, ...runs) => ({
  kind,
  ...(kind === 'check' && { done: false }),
  runs: runs.map(run => (typeof run === 'string' ? { text: run } : run)),
});

test('what is pasted becomes the few elements that there are', () => {
  const wanted = [
    [[['p', {}, 'Hello ', ['strong', {}, 'you'], ['em', {}, ' there']]], '<p>Hello <b>you</b><i> there</i></p>'],
    [
      [
        ['h1', { class: 'x' }, 'Title'],
        ['div', { style: {} }, 'Text'],
      ],
      '<h2>Title</h2><p>Text</p>',
    ],
    [['bare ', ['b', {}, ['i', {}, 'both']]], '<p>bare <i><b>both</b></i></p>'],
    [[['div', {}, ['div', {}, ['p', {}, 'deep']]]], '<p>deep</p>'],
    [
      [
        ['ul', {}, ['li', {}, 'a'], ['li', {}, ['p', {}, 'b']]],
        ['ol', {}, ['li', {}, 'c']],
      ],
      '<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>',
    ],
    [
      [['ul', {}, ['li', {}, 'a', ['ul', {}, ['li', {}, 'inner']], 'after']]],
      '<ul><li>a</li><li>inner</li><li>after</li></ul>',
    ],
    [
      [
        [
          'ul',
          {},
          ['li', {}, ['input', { type: 'checkbox', checked: '' }], 'done'],
          ['li', {}, ['input', { type: 'checkbox' }], 'open'],
        ],
      ],
      '<ul class="check"><li role="checkbox" aria-checked="true">done</li><li role="checkbox" aria-checked="false">open</li></ul>',
    ],
    [
      [['table', {}, ['tr', {}, ['td', {}, '1'], ['td', {}, '2']], ['tr', {}, ['td', {}, '3']]]],
      '<p>1 2 </p><p>3 </p>',
    ],
    [[['p', {}, 'one', ['br'], 'two', ['br']]], '<p>one<br>two</p>'],
    [['\n  ', ['p', {}, '\n  many \n   blanks\u00a0here  '], '\n'], '<p>many blanks here </p>'],
    [
      [['b', { style: { fontWeight: 'normal' } }, 'plain', ['span', { style: { fontWeight: '700' } }, 'bold']]],
      '<p>plain<b>bold</b></p>',
    ],
    [[['a', { href: 'https://example.com/' }, 'a link']], '<p>a link</p>'],
  ];
  for (const [children, expected] of wanted) assert.equal(clean(...children), expected);
});

test('nothing that runs, loads or hides gets in', () => {
  const hostile = [
    'script',
    'style',
    'iframe',
    'object',
    'embed',
    'svg',
    'math',
    'template',
    'noscript',
    'img',
    'video',
    'textarea',
    'select',
    'button',
    'link',
    'meta',
    'base',
    'title',
  ];
  for (const name of hostile)
    assert.equal(
      clean('a', [name, { src: 'x', onerror: 'alert(1)', href: 'javascript:1' }, 'evil', ['p', {}, 'inside']], 'b'),
      '<p>ab</p>',
      name,
    );
  assert.equal(clean(['p', { onclick: 'alert(1)', style: {}, id: 'editor', class: 'check' }, 'x']), '<p>x</p>');
  assert.equal(clean(['p', {}, '<img src=x onerror=alert(1)>']), '<p>&lt;img src=x onerror=alert(1)></p>');
  assert.equal(clean(['unknown-element', { 'aria-checked': 'true' }, 'x']), '<p>x</p>');
});

const TAGS = [
  'p',
  'div',
  'h1',
  'h3',
  'ul',
  'ol',
  'li',
  'b',
  'strong',
  'i',
  'span',
  'a',
  'br',
  'table',
  'tr',
  'td',
  'script',
  'style',
  'svg',
  'img',
  'input',
  'iframe',
  'font',
  'center',
  'blockquote',
  'pre',
  'x-y',
];

function makeTree(random, depth = 0) {
  const attributes = random.chance(0.3)
    ? { onclick: 'evil()', class: random.pick(['check', 'x']), role: 'checkbox', 'aria-checked': 'true' }
    : {};
  const children = Array.from({ length: depth > 5 ? 0 : random.below(4) }, () =>
    random.chance(0.4) ? random.pick(['text', ' ', '\n', '<b>', 'a  b', '\u00a0', '']) : makeTree(random, depth + 1),
  );
  return [random.pick(TAGS), attributes, ...children];
}

function assertClean(nodes, parent) {
  const allowed = { '': ['P', 'H2', 'UL', 'OL'], UL: ['LI'], OL: ['LI'] }[parent] ?? ['B', 'I', 'BR', '#text'];
  for (const node of nodes) {
    assert.ok(allowed.includes(node.nodeName), `${node.nodeName} in ${parent || 'the note'}`);
    for (const [name, value] of node.attributes) {
      const fine = { 'UL class': /^check$/, 'LI role': /^checkbox$/, 'LI aria-checked': /^(true|false)$/ }[
        `${node.nodeName} ${name}`
      ];
      assert.match(value, fine ?? /$^/, `${node.nodeName} ${name}`);
    }
    assertClean(node.childNodes, node.nodeName);
  }
}

test('whatever the page, only the allowed elements and attributes come out, and they are stable', () => {
  for (const exact of [false, true]) {
    forAll(
      1000,
      random => ['body', {}, makeTree(random), makeTree(random)],
      page => {
        const lines = readLines(tree(page), exact),
          nodes = buildLines(lines, document),
          root = document.createElement('div');
        assertClean(nodes, '');
        root.append(...nodes);
        assert.deepEqual(readLines(root, true), lines);
        assert.deepEqual(restoreLines(JSON.parse(JSON.stringify(lines))), lines);
      },
    );
  }
});

test('a very deep or very long page ends', () => {
  const deep = document.createElement('div');
  let inner = deep;
  for (let depth = 0; depth < 5000; depth++) {
    const next = document.createElement('div');
    inner.append(next);
    inner = next;
  }
  inner.append(document.createTextNode('too deep'));
  assert.deepEqual(readLines(deep), []);
  const [long] = readLines(tree(['body', {}, 'x'.repeat(500000)]));
  assert.equal(long.runs[0].text.length, 200000);
});

test('a note that is built is read back as it was', () => {
  const make = random =>
    Array.from({ length: random.below(8) }, () => {
      const kind = random.pick(KINDS);
      const runs = Array.from({ length: random.below(4) }, () => ({
        text: random.pick(['a', 'two  blanks', ' edge ', 'line\nbreak', '<&>']),
        bold: random.chance(0.5),
        italic: random.chance(0.5),
      }));
      return { kind, done: random.chance(0.5), runs };
    });
  forAll(500, make, value => {
    const lines = restoreLines(value),
      root = document.createElement('div');
    root.append(...buildLines(lines, document));
    assert.deepEqual(readLines(root, true), lines);
  });
});

test('plain text', () => {
  assert.deepEqual(readText('a\r\nb\n\nc'), [line('text', 'a'), line('text', 'b'), line('text'), line('text', 'c')]);
  assert.equal(html(buildLines(readText('<b>x</b>'), document)), '<p>&lt;b>x&lt;/b></p>');
});

test('damaged storage gives whole lines', () => {
  for (const value of [undefined, null, 'x', {}, [null], [{ kind: 'script', runs: [] }], [{ kind: 'text' }]])
    assert.deepEqual(restoreLines(value), []);
  assert.deepEqual(
    restoreLines([{ kind: 'text', runs: [{ text: 1 }, null, { text: 'x', bold: 'yes', href: 'y' }], onclick: 'z' }]),
    [line('text', 'x')],
  );
});

test('titles and search', () => {
  const lines = [
    line('text'),
    line('heading', 'Plum  cake'),
    line('check', '1 kg ', { text: 'plums', bold: true }),
    line('bullet', 'Crème'),
  ];
  assert.deepEqual(summary(lines), { title: 'Plum cake', rest: '1 kg plums · Crème' });
  assert.deepEqual(summary([]), { title: '', rest: '' });
  assert.ok(matches(lines, ''));
  assert.ok(matches(lines, 'CREME plum'));
  assert.ok(matches(lines, 'kg plums'));
  assert.ok(!matches(lines, 'plum pear'));
});
