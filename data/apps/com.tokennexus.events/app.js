// SPDX-License-Identifier: GPL-3.0-or-later
import { clockTime, inOneLine, makeFilter, Ring } from './log.js';

const ROWS_MAX = 500,
  DRAW_MS = 100;
const $ = id => document.getElementById(id);
const shown = new Ring(ROWS_MAX),
  waiting = new Ring(ROWS_MAX),
  arrived = new Ring(ROWS_MAX);
let filter = () => true,
  paused = false,
  drawTimer = 0,
  stopListening = () => {};

/* Everything that comes from an event is set as text, never as markup. */
function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function details(event) {
  const facts = { Source: event.source, Id: event.id, Time: event.time };
  const list = Object.entries(facts).flatMap(([name, value]) => [
    element('dt', { textContent: name }),
    element('dd', { textContent: value }),
  ]);
  return [
    element('dl', {}, ...list),
    element('pre', { textContent: JSON.stringify(event.data, null, 2) ?? 'No data' }),
  ];
}

function eventRow(event) {
  const [time = '', milliseconds = ''] = clockTime(event.time);
  const row = element(
    'details',
    {},
    element(
      'summary',
      {},
      element('span', { className: 'type', textContent: event.type, title: event.type }),
      element('time', { dateTime: event.time }, time, element('span', { className: 'ms', textContent: milliseconds })),
      element('span', { className: 'data', textContent: inOneLine(event.data) }),
      element('span', { className: 'source', textContent: event.source }),
    ),
  );
  row.addEventListener('toggle', () => row.open && row.childElementCount === 1 && row.append(...details(event)));
  return row;
}

function say() {
  const filtering = $('filter').value.trim() !== '',
    rows = $('events').childElementCount;
  const parts = [];
  if (paused) parts.push(`Paused, ${waiting.events.length + waiting.lost} waiting`);
  if (filtering && filter) parts.push(`${rows} of ${shown.events.length}`);
  if (shown.lost > 0) parts.push(`the newest ${ROWS_MAX} are kept`);
  $('state').classList.toggle('wrong', filter === null);
  const text = filter
    ? parts.join(' · ')
    : 'No such pattern. “*” stands for one word, “>” at the end for the rest: todo.>';
  if ($('state').textContent !== text) $('state').textContent = text;
  $('events').hidden = rows === 0;
  $('empty').hidden = rows > 0 || filter === null;
  $('empty').textContent = shown.events.length
    ? 'Nothing here passes the filter'
    : 'Nothing heard yet. What apps tell each other appears here.';
}

const passing = () => shown.events.filter(event => filter?.(event));

function drawAll() {
  $('events').replaceChildren(...passing().map(eventRow).reverse());
  say();
}

/* Rows that are already there stay as they are: one may be open, or have the focus. */
function drawArrived() {
  drawTimer = 0;
  const rows = arrived.events
      .filter(event => filter?.(event))
      .map(eventRow)
      .reverse(),
    list = $('events');
  const height = list.scrollHeight,
    top = list.scrollTop;
  arrived.clear();
  list.prepend(...rows);
  for (const left = passing().length; list.childElementCount > left;) list.lastElementChild.remove();
  say();
  if (top > 0)
    // what is being read stays where it is
    list.scrollTop = top + list.scrollHeight - height;
}

/* A burst is drawn at once, not row by row. */
function hear(event) {
  if (paused) {
    waiting.push(event);
  } else {
    shown.push(event);
    arrived.push(event);
  }
  drawTimer ||= setTimeout(drawArrived, DRAW_MS);
}

function setPaused(now) {
  paused = now;
  $('pause').setAttribute('aria-pressed', String(paused));
  $('pause').setAttribute('aria-label', paused ? 'Go on' : 'Pause');
  $('pause').title = paused ? 'Go on' : 'Pause';
  if (!paused) {
    waiting.events.forEach(hear);
    shown.lost += waiting.lost;
    waiting.clear();
  }
  say();
}

function clear() {
  shown.clear();
  waiting.clear();
  arrived.clear();
  drawAll();
}

function applyFilter(text) {
  $('filter').value = text;
  filter = makeFilter(text);
  $('filter').setAttribute('aria-invalid', String(filter === null));
  arrived.clear();
  drawAll();
}

function keyInRows(event) {
  const row = event.target.closest('details'),
    other = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key];
  if (other && event.target.matches('summary')) {
    event.preventDefault();
    row[other]?.querySelector('summary').focus();
  }
}

nexus.register({
  async onMount() {
    const kept = await nexus.storage.get('filter');
    applyFilter(typeof kept === 'string' ? kept : '');
    $('filter').addEventListener('input', () => applyFilter($('filter').value));
    $('filter').addEventListener('change', () =>
      nexus.storage.set('filter', $('filter').value).catch(error => console.warn(error.message)),
    );
    $('filter').addEventListener('keydown', event => event.key === 'Escape' && applyFilter(''));
    $('pause').addEventListener('click', () => setPaused(!paused));
    $('clear').addEventListener('click', clear);
    $('events').addEventListener('keydown', keyInRows);
    stopListening = nexus.subscribe('>', hear);
  },
  onUnmount() {
    stopListening();
    clearTimeout(drawTimer);
  },
  getState: () => ({ filter: $('filter').value, paused }),
  setState(partial) {
    if (typeof partial?.filter === 'string') applyFilter(partial.filter);
    if (typeof partial?.paused === 'boolean') setPaused(partial.paused);
  },
});
