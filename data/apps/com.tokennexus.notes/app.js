// SPDX-License-Identifier: GPL-3.0-or-later
import { buildLines, matches, readLines, readText, restoreLines, summary } from './lines.js';

const SAVE_MS = 400,
  TOAST_MS = 7000,
  PREFIX = 'note:',
  BATCH = 100;
const $ = id => document.getElementById(id);
const editor = $('editor'),
  notes = new Map();
let locale = 'en',
  current = null,
  saveTimer = 0,
  toastTimer = 0,
  removed = null,
  lastRange = null;

function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS(svg.namespaceURI, 'use');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}

function showToast(text, undoable) {
  $('toast-text').textContent = text;
  $('undo').hidden = !undoable;
  $('toast').hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    $('toast').hidden = true;
  }, TOAST_MS);
}

const failed = error => showToast(`Not saved: ${error.message}`, false);
const isBlank = note => summary(note.lines).title === '';

/* A blank note is nobody's work: it is not kept. */
function keep(note) {
  const key = PREFIX + note.id;
  return (isBlank(note) ? nexus.storage.delete(key) : nexus.storage.set(key, note)).catch(failed);
}

function saveNow() {
  if (saveTimer === 0) return undefined;
  clearTimeout(saveTimer);
  saveTimer = 0;
  current.lines = readLines(editor, true);
  current.edited = Date.now();
  drawList();
  return keep(current);
}

function saveSoon() {
  clearTimeout(saveTimer);
  saveTimer = setTimeout(saveNow, SAVE_MS);
}

function writeDate(time) {
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(time).setHours(0, 0, 0, 0)) / 86400000);
  const options =
    days === 0 ? { timeStyle: 'short' } : days < 7 ? { weekday: 'short' } : { day: 'numeric', month: 'short' };
  return new Intl.DateTimeFormat(locale, options).format(time);
}

function noteRow(note) {
  const { title, rest } = summary(note.lines),
    name = title || 'New note';
  const pick = element(
    'button',
    { type: 'button', className: 'flat pick' },
    element('b', { dir: 'auto', textContent: name }),
    element('time', { textContent: writeDate(note.edited) }),
    element('small', { dir: 'auto', textContent: rest }),
  );
  const remove = element('button', { type: 'button', className: 'delete', title: 'Delete' }, icon('close'));
  pick.setAttribute('aria-current', String(note === current));
  pick.addEventListener('click', () => {
    open(note);
    showList(false);
    focusEnd();
  });
  pick.addEventListener('keydown', event => {
    const other = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key];
    if (other) pick.parentElement[other]?.querySelector('.pick').focus();
    else if (event.key === 'Delete') removeNote(note);
  });
  remove.setAttribute('aria-label', `Delete ${name}`);
  remove.addEventListener('click', () => removeNote(note));
  return element('li', {}, pick, remove);
}

function drawList() {
  const found = [...notes.values()]
    .filter(note => matches(note.lines, $('search').value))
    .sort((a, b) => b.edited - a.edited);
  $('notes').replaceChildren(...found.map(noteRow));
  $('none').hidden = found.length > 0;
}

function open(note) {
  saveNow();
  if (current !== null && current !== note && isBlank(current)) notes.delete(current.id);
  current = note;
  lastRange = null;
  notes.set(note.id, note);
  editor.replaceChildren(...buildLines(note.lines, document));
  editor.scrollTop = 0;
  tidyEditor();
  drawList();
}

const create = () => open({ id: crypto.randomUUID(), edited: Date.now(), lines: [{ kind: 'text', runs: [] }] });
const newest = () => [...notes.values()].sort((a, b) => b.edited - a.edited)[0];

function removeNote(note) {
  saveNow();
  removed = note;
  notes.delete(note.id);
  nexus.storage.delete(PREFIX + note.id).catch(failed);
  if (note === current) notes.size > 0 ? open(newest()) : create();
  else drawList();
  if (!isBlank(note)) showToast(`“${summary(note.lines).title}” deleted`, true);
}

function undoRemove() {
  $('toast').hidden = true;
  keep(removed);
  open(removed);
  focusEnd();
}

function showList(shown) {
  $('list').classList.toggle('shown', shown);
  $('show-list').setAttribute('aria-expanded', String(shown));
  if (shown) $('search').focus();
}

/* What the engine leaves behind while editing: style attributes, and list items that lost or kept their box wrongly. */
function tidyEditor() {
  for (const node of editor.querySelectorAll('[style]')) node.removeAttribute('style');
  for (const item of editor.querySelectorAll('li')) {
    const box = item.parentElement.className === 'check';
    if (box && !item.hasAttribute('aria-checked')) item.setAttribute('aria-checked', 'false');
    box ? item.setAttribute('role', 'checkbox') : ['role', 'aria-checked'].forEach(name => item.removeAttribute(name));
  }
  editor.classList.toggle('blank', editor.textContent === '' && editor.querySelector('li') === null);
}

function caretIn(selector) {
  const node = getSelection().anchorNode,
    found = (node?.nodeType === 1 ? node : node?.parentElement)?.closest(selector);
  return found && editor.contains(found) && found !== editor ? found : null;
}

function toggleCheck(item) {
  item.setAttribute('aria-checked', String(item.getAttribute('aria-checked') !== 'true'));
  saveSoon();
}

function formatCheck() {
  const list = caretIn('ul');
  if (list?.className === 'check' || !list) document.execCommand('insertUnorderedList');
  if (list?.className === 'check') return;
  caretIn('ul')?.setAttribute('class', 'check');
}

function formatBullet() {
  const list = caretIn('ul.check');
  if (list) list.removeAttribute('class');
  else document.execCommand('insertUnorderedList');
}

const formats = {
  bold: () => document.execCommand('bold'),
  italic: () => document.execCommand('italic'),
  heading: () => document.execCommand('formatBlock', false, caretIn('h2') ? 'p' : 'h2'),
  bullet: formatBullet,
  number: () => document.execCommand('insertOrderedList'),
  check: formatCheck,
};

const pressed = {
  bold: () => document.queryCommandState('bold') && !caretIn('h2'),
  italic: () => document.queryCommandState('italic'),
  heading: () => caretIn('h2') !== null,
  bullet: () => caretIn('ul:not(.check)') !== null,
  number: () => caretIn('ol') !== null,
  check: () => caretIn('ul.check') !== null,
};

function format(name) {
  if (document.activeElement !== editor) {
    editor.focus();
    if (lastRange !== null) {
      getSelection().removeAllRanges();
      getSelection().addRange(lastRange);
    }
  }
  formats[name]();
  edited();
  showFormats();
}

/* Left to itself the engine puts the caret beside the first block, and then what is typed too. */
function placeCaret() {
  const selection = getSelection(),
    blocks = editor.querySelectorAll('p, h2, li');
  if (selection.anchorNode !== editor || !selection.isCollapsed || blocks.length === 0) return;
  const first = selection.anchorOffset === 0,
    block = first ? blocks[0] : blocks[blocks.length - 1];
  selection.selectAllChildren(block);
  first || block.textContent === '' ? selection.collapseToStart() : selection.collapseToEnd();
}

function focusEnd() {
  editor.focus();
  getSelection().setPosition(editor, editor.childNodes.length);
  placeCaret();
}

function showFormats() {
  if (document.activeElement !== editor) return;
  placeCaret();
  lastRange = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
  for (const button of document.querySelectorAll('[data-format]'))
    button.setAttribute('aria-pressed', String(pressed[button.dataset.format]()));
}

function edited(event) {
  if (event?.inputType === 'insertParagraph')
    // a new box begins empty, though the engine copies the one above
    caretIn('li[aria-checked]')?.setAttribute('aria-checked', 'false');
  tidyEditor();
  saveSoon();
}

/* Foreign text gets in as lines, and from there as the few elements that they become; insertHTML keeps the undo. */
function insert(transfer) {
  const html = transfer.getData('text/html');
  const lines = html
    ? readLines(new DOMParser().parseFromString(html, 'text/html').body)
    : readText(transfer.getData('text/plain'));
  const clean = element('div', {}, ...buildLines(lines, document));
  const single = lines.length === 1 && lines[0].kind === 'text';
  document.execCommand('insertHTML', false, (single ? clean.firstChild : clean).innerHTML);
}

function pasteOrDrop(event) {
  event.preventDefault();
  if (event.type === 'drop') getSelection().setPosition(...place(event));
  insert(event.clipboardData ?? event.dataTransfer);
}

function place({ clientX, clientY }) {
  const range = document.caretRangeFromPoint(clientX, clientY);
  return [range.startContainer, range.startOffset];
}

function clickBox(event) {
  const item = event.target.closest('.check > li'),
    area = item?.getBoundingClientRect();
  if (!item || event.button !== 0) return;
  const rtl = getComputedStyle(item).direction === 'rtl';
  if (rtl ? event.clientX > area.right : event.clientX < area.left) {
    event.preventDefault();
    toggleCheck(item);
  }
}

function keyInEditor(event) {
  const key = event.key.toLowerCase(),
    name = { b: 'bold', i: 'italic' }[key],
    command = (event.ctrlKey || event.metaKey) && !event.altKey;
  const box = caretIn('.check > li');
  if (command && name && !event.shiftKey) format(name);
  else if (command && event.key === 'Enter' && box) toggleCheck(box);
  else if (command && key === 'z') document.execCommand(event.shiftKey ? 'redo' : 'undo');
  else return;
  event.preventDefault();
}

function listen() {
  document.execCommand('defaultParagraphSeparator', false, 'p');
  document.execCommand('styleWithCSS', false, 'false');
  editor.addEventListener('input', edited);
  editor.addEventListener('paste', pasteOrDrop);
  editor.addEventListener('drop', pasteOrDrop);
  editor.addEventListener('dragstart', event => event.preventDefault());
  editor.addEventListener('pointerdown', clickBox);
  editor.addEventListener('keydown', keyInEditor);
  document.addEventListener('selectionchange', showFormats);
  for (const button of document.querySelectorAll('[data-format]'))
    button.addEventListener('click', () => format(button.dataset.format));
  $('tools').addEventListener('pointerdown', event => event.preventDefault()); // the selection stays in the editor
  for (const id of ['create', 'create-here']) {
    $(id).addEventListener('click', () => {
      create();
      showList(false);
      focusEnd();
    });
  }
  $('remove').addEventListener('click', () => removeNote(current));
  $('show-list').addEventListener('click', () => showList(true));
  $('search').addEventListener('input', drawList);
  $('undo').addEventListener('click', undoRemove);
  $('list').addEventListener('keydown', event => event.key === 'Escape' && showList(false));
  document.addEventListener('keydown', event => {
    if (event.key === 'f' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      showList(true);
    }
  });
  document.addEventListener('visibilitychange', () => document.hidden && saveNow());
}

/* Not all at once: only so many calls may wait for their answer. */
async function load() {
  const keys = (await nexus.storage.keys()).filter(key => key.startsWith(PREFIX));
  while (keys.length > 0) {
    for (const value of await Promise.all(keys.splice(-BATCH).map(key => nexus.storage.get(key)))) {
      if (typeof value?.id === 'string')
        notes.set(value.id, { id: value.id, edited: Number(value.edited) || 0, lines: restoreLines(value.lines) });
    }
  }
}

nexus.register({
  async onMount(context) {
    locale = context.locale;
    await load();
    listen();
    notes.size > 0 ? open(newest()) : create();
  },
  onUnmount: saveNow,
  onPause: saveNow,
  getState: () => ({ note: current?.id, scroll: editor.scrollTop }),
  setState(partial) {
    if (notes.has(partial?.note)) open(notes.get(partial.note));
    if (Number.isFinite(partial?.scroll)) editor.scrollTop = partial.scroll;
  },
});
