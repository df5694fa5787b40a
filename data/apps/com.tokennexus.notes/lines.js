// SPDX-License-Identifier: GPL-3.0-or-later
// A note is a list of lines, {kind, done?, runs: [{text, bold?, italic?}]}. Whatever comes from storage, the clipboard or
// the editor becomes lines first, and only lines become elements: nothing else can get into the page.

export const KINDS = ['text', 'heading', 'bullet', 'number', 'check'];

const LINES_MAX = 5000,
  TEXT_MAX = 200000,
  DEPTH_MAX = 100;
const ELEMENT = 1,
  TEXT = 3;
const DROPPED = new Set(
  `SCRIPT STYLE TEMPLATE HEAD TITLE NOSCRIPT IFRAME OBJECT EMBED SVG MATH CANVAS VIDEO AUDIO PICTURE IMG MAP SELECT TEXTAREA
  BUTTON INPUT DATALIST DIALOG META LINK BASE`.split(/\s+/),
);
const BLOCKS = new Set(
  `P DIV SECTION ARTICLE ASIDE MAIN NAV HEADER FOOTER BLOCKQUOTE PRE FIGURE FIGCAPTION TABLE TBODY THEAD TR DL DT DD LI UL OL
  H1 H2 H3 H4 H5 H6 HR ADDRESS FORM FIELDSET DETAILS SUMMARY BODY`.split(/\s+/),
);

/* One line with its runs joined where they look alike. */
function tidyLine({ kind, done, runs }) {
  const joined = [];
  for (const { text, bold = false, italic = false } of runs) {
    const last = joined.at(-1);
    if (last && last.bold === bold && last.italic === italic) last.text += text;
    else if (text !== '') joined.push({ text, bold, italic });
  }
  const lean = joined.map(({ text, bold, italic }) => ({ text, ...(bold && { bold }), ...(italic && { italic }) }));
  return { kind, ...(kind === 'check' && { done: done === true }), runs: lean };
}

function kindOfItem(item) {
  const list = item.parentNode;
  if (list?.nodeName.toUpperCase() === 'OL') return 'number';
  const box = item.getAttribute('role') === 'checkbox' || item.querySelector?.(':scope > input[type="checkbox"]');
  return box || list?.getAttribute?.('class') === 'check' ? 'check' : 'bullet';
}

const isDone = item =>
  item.getAttribute('aria-checked') === 'true' ||
  item.querySelector?.(':scope > input[type="checkbox"]')?.hasAttribute('checked') === true;

function styleInside(node, tag, style) {
  const { fontWeight = '', fontStyle = '' } = node.style ?? {};
  const bold =
    fontWeight === ''
      ? style.bold || tag === 'B' || tag === 'STRONG'
      : fontWeight === 'bold' || Number(fontWeight) >= 600;
  const italic = fontStyle === '' ? style.italic || tag === 'I' || tag === 'EM' : fontStyle === 'italic';
  return { bold, italic };
}

function kindInside(node, tag, kind) {
  if (tag === 'LI') return kindOfItem(node);
  return /^H[1-6]$/.test(tag) ? 'heading' : kind;
}

/**
 * The lines in a piece of a page, whatever it is: unknown elements give only their text, scripts and the like nothing.
 * @param {Node} root its children are read
 * @param {boolean} exact whether blanks count as they are (the editor) or fold as in HTML (the clipboard)
 */
export function readLines(root, exact = false) {
  const lines = [];
  let line = null,
    budget = TEXT_MAX;
  const end = () => {
    if (line !== null && lines.length < LINES_MAX) {
      if (line.runs.at(-1).text === '\n')
        // HTML takes the last break for the line's own
        line.runs.pop();
      lines.push(tidyLine(line));
    }
    line = null;
  };
  const put = (text, kind, done, style) => {
    line ??= { kind, done, runs: [] };
    line.runs.push({ text, ...style });
    budget -= text.length;
  };
  const write = (text, kind, done, style) => {
    const folded = exact ? text : text.replace(/[ \t\r\n\f]+/g, ' '),
      begun = line !== null || exact ? folded : folded.trimStart();
    const plain = begun.replaceAll('\u00a0', ' ').slice(0, budget);
    if (plain !== '') put(plain, kind, done, style);
  };
  const walk = (node, kind, done, style, depth) => {
    if (node.nodeType === TEXT) write(node.nodeValue, kind, done, style);
    if (node.nodeType !== ELEMENT || depth > DEPTH_MAX) return;
    const tag = node.nodeName.toUpperCase(),
      block = BLOCKS.has(tag);
    if (DROPPED.has(tag)) return;
    if (tag === 'BR') put('\n', kind, done, style);
    if (block) end();
    const inner = kindInside(node, tag, kind),
      innerDone = tag === 'LI' ? isDone(node) : done,
      innerStyle = styleInside(node, tag, style);
    for (const child of node.childNodes) walk(child, inner, innerDone, innerStyle, depth + 1);
    if (tag === 'TD' || tag === 'TH') write(' ', kind, done, style);
    if (block) end();
  };
  for (const child of root.childNodes) walk(child, 'text', false, { bold: false, italic: false }, 0);
  end();
  return lines;
}

/** The lines of a text without any format. */
export const readText = text =>
  text
    .slice(0, TEXT_MAX)
    .split(/\r\n?|\n/)
    .map(part => tidyLine({ kind: 'text', runs: [{ text: part }] }));

/** What storage gave back, with everything left out that isn't a line. */
export function restoreLines(value) {
  return (Array.isArray(value) ? value.slice(0, LINES_MAX) : [])
    .filter(line => KINDS.includes(line?.kind) && Array.isArray(line.runs))
    .map(({ kind, done, runs }) =>
      tidyLine({
        kind,
        done,
        runs: runs
          .filter(run => typeof run?.text === 'string')
          .map(({ text, bold, italic }) => ({ text, bold: bold === true, italic: italic === true })),
      }),
    );
}

function buildRun({ text, bold, italic }, document) {
  const parts = text
    .split('\n')
    .flatMap((part, index) => [...(index ? [document.createElement('br')] : []), document.createTextNode(part)]);
  return ['b', 'i']
    .filter(tag => (tag === 'b' ? bold : italic))
    .reduce((inner, tag) => {
      const wrapper = document.createElement(tag);
      wrapper.append(...inner);
      return [wrapper];
    }, parts);
}

function buildLine(line, document) {
  const tag = { text: 'p', heading: 'h2' }[line.kind] ?? 'li',
    node = document.createElement(tag);
  if (line.kind === 'check') {
    node.setAttribute('role', 'checkbox');
    node.setAttribute('aria-checked', String(line.done));
  }
  node.append(...line.runs.flatMap(run => buildRun(run, document)));
  if (line.runs.length === 0 || line.runs.at(-1).text.endsWith('\n'))
    // or the last break would be taken for the line's own
    node.append(document.createElement('br'));
  return node;
}

/** The elements that show `lines`; p, h2, ul, ol, li, b, i, br are all there can be. */
export function buildLines(lines, document) {
  const nodes = [];
  let list = null,
    listKind = '';
  for (const line of lines) {
    const node = buildLine(line, document);
    if (line.kind === 'text' || line.kind === 'heading') {
      nodes.push(node);
      list = null;
      continue;
    }
    if (list === null || listKind !== line.kind) {
      list = document.createElement(line.kind === 'number' ? 'ol' : 'ul');
      if (line.kind === 'check') list.setAttribute('class', 'check');
      listKind = line.kind;
      nodes.push(list);
    }
    list.append(node);
  }
  return nodes;
}

const textOf = line =>
  line.runs
    .map(run => run.text)
    .join('')
    .replace(/\s+/g, ' ')
    .trim();

/** A note's first line with text, and what follows it. */
export function summary(lines) {
  const [title = '', ...rest] = lines.map(textOf).filter(text => text !== '');
  return { title: title.slice(0, 100), rest: rest.join(' · ').slice(0, 200) };
}

const fold = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Whether every word of `search` is somewhere in the note. */
export function matches(lines, search) {
  const text = fold(lines.map(textOf).join(' '));
  return fold(search)
    .split(/\s+/)
    .every(word => text.includes(word));
}
