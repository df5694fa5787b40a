// SPDX-License-Identifier: GPL-3.0-or-later
import { daysBetween, dueLabel, isoDay, parseDue } from './dates.js';
import * as model from './model.js';

const TOAST_MS = 7000;
const $ = id => document.getElementById(id);
let state = model.emptyState(),
  locale = 'en',
  editedItem = null,
  editedList = null;
let undoStep = null,
  toastTimer = 0,
  midnightTimer = 0,
  stopListening = () => {};

const today = () => isoDay(new Date());

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

/* Other apps not hearing of it must not keep the person from their list. */
const tell = (type, data) => nexus.emit(type, data).catch(error => console.warn(`${type}: ${error.message}`));
const tellAll = () => tell('todo.items.listed', { items: model.listed(state) });

/* The one way in which the lists change: shown, kept, told, and undone by `sentence`'s toast where there is one. */
function change(next, sentence = '') {
  const before = state,
    { changed, removed } = model.difference(before, next);
  state = next;
  render();
  nexus.storage.set('todo', state).catch(error => showToast(`Not kept: ${error.message}`, null));
  changed.forEach(item => tell('todo.item.changed', item));
  removed.forEach(id => tell('todo.item.removed', { id }));
  if (sentence) showToast(sentence, { before, after: next });
}

function showToast(text, step) {
  undoStep = step;
  $('toast-text').textContent = text;
  $('undo').hidden = step === null;
  $('toast').hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(hideToast, TOAST_MS);
}

function hideToast() {
  undoStep = null;
  $('toast').hidden = true;
}

function undo() {
  if (undoStep) change(model.revert(state, undoStep.before, undoStep.after));
  hideToast();
}

function dueMark(item) {
  const days = daysBetween(today(), item.due),
    late = days < 0 && !item.done;
  const label = dueLabel(item.due, today(), locale);
  const mark = element(
    'span',
    { className: 'due' },
    icon(late ? 'late' : 'day'),
    element('span', { textContent: label }),
  );
  if (late) mark.lastChild.before(element('span', { className: 'word', textContent: 'Overdue,' }));
  mark.classList.toggle('late', late);
  mark.classList.toggle('wrong', late);
  mark.classList.toggle('soon', days === 0 && !item.done);
  return mark;
}

function itemRow(item) {
  const row = element('li', { className: item.done ? 'done' : '' });
  const check = element('input', { type: 'checkbox', checked: item.done, className: 'check' });
  const open = element(
    'button',
    { type: 'button', className: 'open', title: 'Edit' },
    element('span', { className: 'name', dir: 'auto', textContent: item.title }),
  );
  const remove = element('button', { type: 'button', className: 'flat remove', title: 'Delete' }, icon('close'));
  row.dataset.id = item.id;
  check.setAttribute('aria-label', item.title);
  remove.setAttribute('aria-label', `Delete ${item.title}`);
  open.setAttribute('aria-keyshortcuts', 'Alt+ArrowUp Alt+ArrowDown Delete');
  if (item.due) open.append(dueMark(item));
  row.append(element('span', { className: 'grip', title: 'Drag to reorder' }, icon('grip')), check, open, remove);
  return row;
}

function listButton(list) {
  const left = model.countLeft(state, list.id);
  const button = element(
    'button',
    { type: 'button', className: 'flat' },
    element('span', { dir: 'auto', textContent: list.name }),
  );
  if (left > 0) button.append(element('small', { textContent: left, ariaLabel: `${left} left` }));
  button.setAttribute('aria-current', String(list.id === state.current));
  button.addEventListener('click', () => {
    change({ ...state, current: list.id });
    openLists(false);
    $('pick').focus();
  });
  return element('li', {}, button);
}

function render() {
  const focused = document.activeElement,
    focusedId = focused?.closest('#items li')?.dataset.id;
  const items = model.visibleItems(state),
    left = model.countLeft(state, state.current);
  $('items').replaceChildren(...items.map(itemRow));
  $('list-names').replaceChildren(...state.lists.map(listButton));
  $('list-name').textContent = state.lists.find(list => list.id === state.current).name;
  $('left').textContent = left ? `${left} left` : '';
  $('show-done').setAttribute('aria-pressed', String(state.showDone));
  $('items').hidden = items.length === 0;
  $('empty').hidden = items.length > 0;
  $('empty').textContent = state.items.some(item => item.list === state.current)
    ? 'All done'
    : 'Nothing to do here yet';
  if (focusedId !== undefined)
    $('items')
      .querySelector(`[data-id="${CSS.escape(focusedId)}"] .${focused.classList[0]}`)
      ?.focus();
  clearTimeout(midnightTimer);
  midnightTimer = setTimeout(render, new Date().setHours(24, 0, 1, 0) - Date.now());
}

/* Says under a date field what its text means; returns the date, null for none, undefined where it's not one. */
function readDue(field, hint) {
  const due = parseDue(field.value, today(), locale),
    wrong = due === undefined;
  field.setAttribute('aria-invalid', String(wrong));
  hint.hidden = !due && !wrong;
  hint.classList.toggle('wrong', wrong);
  if (wrong) hint.textContent = `“${field.value.trim()}” is no date. Try “tomorrow”, “fri” or “${today()}”.`;
  else if (due)
    hint.textContent = new Intl.DateTimeFormat(locale, { dateStyle: 'full' }).format(new Date(`${due}T12:00`));
  return due;
}

function hintWhileTyping(field, hint) {
  field.addEventListener('input', () => {
    field.setAttribute('aria-invalid', 'false');
    hint.hidden = !parseDue(field.value, today(), locale);
    if (!hint.hidden) readDue(field, hint);
  });
  field.form.querySelectorAll('[data-due]').forEach(button => {
    button.addEventListener('pointerdown', event => event.preventDefault()); // the field keeps the focus
    button.addEventListener('click', () => {
      field.value = button.dataset.due;
      readDue(field, hint);
    });
  });
}

function addTask(event) {
  event.preventDefault();
  const due = readDue($('due'), $('hint'));
  if (due === undefined) {
    $('due').focus();
    return;
  }
  change(model.addItem(state, crypto.randomUUID(), $('title').value, due));
  $('add').reset();
  $('hint').hidden = true;
  $('title').focus();
  $('items').lastElementChild?.scrollIntoView({ block: 'nearest' });
}

function openItem(id) {
  const item = state.items.find(other => other.id === id);
  editedItem = id;
  $('item-title').value = item.title;
  $('item-due').value = item.due ?? '';
  $('item-list').replaceChildren(
    ...state.lists.map(list => new Option(list.name, list.id, false, list.id === item.list)),
  );
  $('item-list-row').hidden = state.lists.length === 1;
  readDue($('item-due'), $('item-hint'));
  $('item-dialog').showModal();
  $('item-title').select();
}

function saveItem(event) {
  event.preventDefault();
  const due = readDue($('item-due'), $('item-hint'));
  if (due === undefined) {
    $('item-due').focus();
    return;
  }
  $('item-dialog').close();
  change(model.editItem(state, editedItem, { title: $('item-title').value, due, list: $('item-list').value }));
}

function openLists(open) {
  $('lists').classList.toggle('shown', open);
  $('pick').setAttribute('aria-expanded', String(open));
}

/* `id` is null for a list that is yet to be made. */
function openList(id) {
  const list = state.lists.find(other => other.id === id);
  editedList = id;
  openLists(false);
  $('list-heading').textContent = list ? 'Name of the list' : 'Name of the new list';
  $('list-text').value = list?.name ?? '';
  $('clear-done').hidden = !state.items.some(item => item.list === id && item.done);
  $('remove-list').hidden = !list || state.lists.length === 1;
  $('list-dialog').showModal();
}

function saveList(event) {
  event.preventDefault();
  const name = $('list-text').value;
  $('list-dialog').close();
  change(editedList ? model.renameList(state, editedList, name) : model.addList(state, crypto.randomUUID(), name));
}

function removeTask(id) {
  const row = $('items').querySelector(`[data-id="${CSS.escape(id)}"]`),
    neighbour = row.nextElementSibling ?? row.previousElementSibling;
  neighbour?.querySelector('.open').focus();
  change(model.removeItem(state, id), `“${state.items.find(item => item.id === id).title}” deleted`);
}

function checkTask(id, done) {
  const { title } = state.items.find(item => item.id === id);
  change(model.editItem(state, id, { done }), done && !state.showDone ? `“${title}” done` : '');
}

function moveTask(id, step) {
  change(model.moveItem(state, id, step));
  const ids = model.visibleItems(state).map(item => item.id);
  $('spoken').textContent = `Place ${ids.indexOf(id) + 1} of ${ids.length}`;
}

function clickInItems(event) {
  const id = event.target.closest('li')?.dataset.id,
    control = event.target.closest('input, button');
  if (control?.matches('.check')) checkTask(id, control.checked);
  else if (control?.matches('.open')) openItem(id);
  else if (control) removeTask(id);
}

function keyInItems(event) {
  const row = event.target.closest('li'),
    step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step && event.altKey) moveTask(row.dataset.id, step);
  else if (step)
    (step < 0 ? row.previousElementSibling : row.nextElementSibling)
      ?.querySelector(`.${event.target.classList[0]}`)
      .focus();
  else if (event.key === 'Delete') removeTask(row.dataset.id);
  else if (event.key === 'F2') openItem(row.dataset.id);
  else return;
  event.preventDefault();
}

function startDrag(event) {
  const row = event.target.closest('.grip')?.parentElement;
  if (!row || event.button !== 0) return;
  event.preventDefault();
  const list = $('items'),
    stop = new AbortController(),
    on = { signal: stop.signal };
  list.setPointerCapture(event.pointerId);
  row.classList.add('dragged');
  list.addEventListener(
    'pointermove',
    ({ clientY }) => {
      const after = [...list.children].find(
        other => other !== row && clientY < other.offsetTop - list.scrollTop + other.offsetHeight / 2,
      );
      if (after !== row.nextElementSibling) list.insertBefore(row, after ?? null);
      row.scrollIntoView({ block: 'nearest' });
    },
    on,
  );
  const end = keep => {
    stop.abort();
    const before = row.nextElementSibling?.dataset.id ?? null;
    keep ? change(model.placeItem(state, row.dataset.id, before)) : render();
  };
  list.addEventListener('pointerup', () => end(true), on);
  list.addEventListener('pointercancel', () => end(false), on);
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && end(false), on);
}

function listen() {
  $('add').addEventListener('submit', addTask);
  $('add').addEventListener('focusout', event =>
    $('add').classList.toggle('shown', $('add').contains(event.relatedTarget)),
  );
  $('begin').addEventListener('click', () => {
    $('add').classList.add('shown');
    $('title').focus();
  });
  $('item-form').addEventListener('submit', saveItem);
  $('list-form').addEventListener('submit', saveList);
  hintWhileTyping($('due'), $('hint'));
  hintWhileTyping($('item-due'), $('item-hint'));
  $('items').addEventListener('click', clickInItems);
  $('items').addEventListener('keydown', keyInItems);
  $('items').addEventListener('pointerdown', startDrag);
  $('show-done').addEventListener('click', () => change({ ...state, showDone: !state.showDone }));
  $('pick').addEventListener('click', () => openLists(!$('lists').classList.contains('shown')));
  $('new-list').addEventListener('click', () => openList(null));
  $('edit-list').addEventListener('click', () => openList(state.current));
  $('undo').addEventListener('click', undo);
  document
    .querySelectorAll('[data-cancel]')
    .forEach(button => button.addEventListener('click', () => button.closest('dialog').close()));
  $('clear-done').addEventListener('click', () => {
    $('list-dialog').close();
    change(model.removeDone(state, editedList), 'Done tasks removed');
  });
  $('remove-list').addEventListener('click', () => {
    $('list-dialog').close();
    change(model.removeList(state, editedList), `List “${$('list-text').value}” deleted`);
  });
  document.addEventListener('pointerdown', event => event.target.closest('#lists, #pick') || openLists(false));
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') openLists(false);
    else if (
      event.key === 'z' &&
      (event.ctrlKey || event.metaKey) &&
      undoStep &&
      !event.target.matches('input[type="text"]')
    )
      undo();
  });
}

nexus.register({
  async onMount(context) {
    locale = context.locale;
    state = model.restoreState(await nexus.storage.get('todo'));
    listen();
    render();
    stopListening = nexus.subscribe('todo.items.wanted', tellAll);
    tellAll();
  },
  onUnmount() {
    stopListening();
    clearTimeout(midnightTimer);
  },
  onResume: render,
  getState: () => ({ current: state.current }),
  setState({ current }) {
    if (state.lists.some(list => list.id === current)) change({ ...state, current });
  },
});
