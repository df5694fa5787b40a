// SPDX-License-Identifier: GPL-3.0-or-later
import * as store from './entries.js';
import * as month from './month.js';

const DAYS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const MONTHS = { PageUp: -1, PageDown: 1 };
const MARKS_MAX = 4,
  TITLES_MAX = 3,
  NEXT_MAX = 8;
const $ = id => document.getElementById(id);
let locale = 'en',
  firstDay = 1,
  selected = month.isoDay(new Date()),
  entries = [],
  todos = [],
  days = new Map();
let minuteTimer = 0,
  stopListening = () => {};

const today = () => month.isoDay(new Date());
const formats = new Map();

/* A formatter takes some 200 KiB, and a month writes a hundred dates: one of each kind is enough. */
function format(options) {
  const kind = JSON.stringify(options);
  if (!formats.has(kind)) formats.set(kind, new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }));
  return formats.get(kind);
}

const write = (day, options) => format(options).format(month.utc(day));
/* "21" also where the language would say "21日". */
const writeNumber = day =>
  format({ day: 'numeric' })
    .formatToParts(month.utc(day))
    .find(part => part.type === 'day').value;
const writeTime = time => format({ timeStyle: 'short' }).format(new Date(`2000-01-01T${time}Z`));

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

const kindOf = thing => `${thing.kind}${thing.done ? ' finished' : ''}`;
const markOf = thing => (thing.kind === 'todo' ? [icon(thing.done ? 'done' : 'todo')] : []);

function keep(key, value) {
  nexus.storage.set(key, value).then(
    () => {
      $('trouble').hidden = true;
    },
    error => {
      $('trouble').textContent = `Not kept: ${error.message}`;
      $('trouble').hidden = false;
    },
  );
}

function titlesOf(things) {
  const shown = things.length > TITLES_MAX ? TITLES_MAX - 1 : things.length;
  const titles = things
    .slice(0, shown)
    .map(thing => element('span', { className: kindOf(thing), dir: 'auto' }, ...markOf(thing), thing.title));
  if (things.length > shown)
    titles.push(element('span', { className: 'more', textContent: `${things.length - shown} more` }));
  return element('div', { className: 'titles' }, ...titles);
}

function cell(day) {
  const things = days.get(day) ?? [],
    count = things.length;
  const node = element(
    'td',
    { role: 'gridcell', tabIndex: day === selected ? 0 : -1 },
    element('span', { className: 'number', textContent: writeNumber(day) }),
    element(
      'div',
      { className: 'marks' },
      ...things.slice(0, MARKS_MAX).map(thing => element('i', { className: kindOf(thing) })),
    ),
    titlesOf(things),
  );
  node.dataset.day = day;
  node.classList.toggle('outside', day.slice(0, 7) !== selected.slice(0, 7));
  node.classList.toggle('today', day === today());
  node.setAttribute('aria-selected', String(day === selected));
  node.setAttribute(
    'aria-label',
    `${write(day, { dateStyle: 'full' })}${count ? `, ${count} ${count === 1 ? 'entry' : 'entries'}` : ''}`,
  );
  if (day === today()) node.setAttribute('aria-current', 'date');
  return node;
}

function drawMonth() {
  const grid = month.monthGrid(selected, firstDay),
    focused = $('days').contains(document.activeElement);
  const weeks = Array.from({ length: grid.length / 7 }, (_, week) => grid.slice(week * 7, week * 7 + 7));
  const heading = write(selected, { month: 'long', year: 'numeric' });
  if ($('heading').textContent !== heading)
    // it is read aloud when it changes
    $('heading').textContent = heading;
  $('weekdays').replaceChildren(
    ...weeks[0].map(day =>
      element('th', {
        role: 'columnheader',
        scope: 'col',
        abbr: write(day, { weekday: 'long' }),
        textContent: write(day, { weekday: 'short' }),
      }),
    ),
  );
  $('days').replaceChildren(...weeks.map(week => element('tr', { role: 'row' }, ...week.map(cell))));
  if (focused) focusDay();
}

function thingRow(thing) {
  const todo = thing.kind === 'todo',
    label = todo ? 'Hide' : 'Remove';
  const remove = element('button', { className: 'flat', type: 'button', title: label }, icon('close'));
  remove.setAttribute('aria-label', `${label} ${thing.title}`);
  remove.addEventListener('click', () => removeThing(thing));
  const row = element('li', { className: kindOf(thing) }, ...markOf(thing));
  if (thing.time) row.append(element('span', { className: 'when', textContent: writeTime(thing.time) }));
  row.append(element('span', { className: 'title', dir: 'auto', textContent: thing.title }));
  if (todo) row.append(element('small', { textContent: thing.done ? 'Done' : 'To do' }));
  row.append(remove);
  return row;
}

function drawDay() {
  const things = days.get(selected) ?? [];
  $('day-heading').textContent = write(selected, { weekday: 'long', day: 'numeric', month: 'long' });
  $('things').replaceChildren(...things.map(thingRow));
  $('things').hidden = things.length === 0;
  $('nothing').hidden = things.length > 0;
}

function whenOf(thing) {
  const ahead = (month.utc(thing.day) - month.utc(today())) / 86400000;
  const day =
    ahead === 0 && thing.time
      ? ''
      : ahead < 2
        ? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(ahead, 'day')
        : write(thing.day, ahead < 7 ? { weekday: 'short' } : { day: 'numeric', month: 'short' });
  return [day.charAt(0).toLocaleUpperCase(locale) + day.slice(1), thing.time && writeTime(thing.time)]
    .filter(Boolean)
    .join(' ');
}

function drawGlance() {
  const now = new Date(),
    time = `${String(now.getHours()).padStart(2, '0')}:${String(now.getMinutes()).padStart(2, '0')}`;
  const rows = store
    .upcoming(days, today(), time, NEXT_MAX)
    .map(thing =>
      element(
        'span',
        {},
        element('span', { className: 'when', textContent: whenOf(thing) }),
        ...markOf(thing),
        element('b', { dir: 'auto', textContent: thing.title }),
      ),
    );
  $('glance-weekday').textContent = write(today(), { weekday: 'long' });
  $('glance-day').textContent = writeNumber(today());
  $('glance-month').textContent = write(today(), { month: 'long' });
  $('glance-next').replaceChildren(...(rows.length ? rows : [element('span', { textContent: 'Nothing planned' })]));
}

let dayDrawn = '';

function render() {
  days = store.byDay(entries, todos);
  drawMonth();
  drawDay();
  drawGlance();
  dayDrawn = today();
}

/* Once a minute what comes next may have changed, and at midnight everything has. */
function tick() {
  clearTimeout(minuteTimer);
  if (dayDrawn === today()) drawGlance();
  else render();
  minuteTimer = setTimeout(tick, 60000 - (Date.now() % 60000) + 10);
}

const focusDay = () => $('days').querySelector('[tabindex="0"]').focus();

function select(day) {
  selected = day;
  drawMonth();
  drawDay();
}

function openDay(open) {
  $('day').classList.toggle('shown', open);
  if (open) $('entry').focus();
  else if ($('glance').offsetParent) $('glance').focus();
  else focusDay();
}

function removeThing(thing) {
  if (thing.kind === 'todo') {
    todos = todos.filter(other => other.source !== thing.source || other.id !== thing.id);
    keep('todos', todos);
  } else {
    entries = entries.filter(other => other.id !== thing.id);
    keep('entries', entries);
  }
  render();
  $('entry').focus();
}

function addEntry(event) {
  event.preventDefault();
  const entry = store.parseEntry($('entry').value);
  if (entry === null) return;
  entries = [...entries, { id: crypto.randomUUID(), day: selected, ...entry }];
  keep('entries', entries);
  $('add').reset();
  render();
}

function hear(event) {
  const next = store.hear(todos, event);
  if (next === todos) return;
  todos = next;
  keep('todos', todos);
  render();
}

function keyInGrid(event) {
  const rtl = getComputedStyle(document.documentElement).direction === 'rtl' && event.key.match(/Left|Right/);
  const inWeek = month.placeInWeek(selected, firstDay);
  if (event.key in DAYS) select(month.addDays(selected, rtl ? -DAYS[event.key] : DAYS[event.key]));
  else if (event.key in MONTHS) select(month.addMonths(selected, MONTHS[event.key] * (event.shiftKey ? 12 : 1)));
  else if (event.key === 'Home' || event.key === 'End')
    select(month.addDays(selected, event.key === 'Home' ? -inWeek : 6 - inWeek));
  else if (event.key === 'Enter' || event.key === ' ') openDay(true);
  else return;
  event.preventDefault();
}

function clickInGrid(event) {
  const day = event.target.closest('td')?.dataset.day;
  if (day === undefined) return;
  select(day);
  focusDay();
  if (getComputedStyle($('day')).display === 'none') openDay(true);
}

function listen() {
  $('previous').addEventListener('click', () => select(month.addMonths(selected, -1)));
  $('next').addEventListener('click', () => select(month.addMonths(selected, 1)));
  $('today').addEventListener('click', () => select(today()));
  $('glance').addEventListener('click', () => {
    select(today());
    openDay(true);
  });
  $('grid').addEventListener('keydown', keyInGrid);
  $('days').addEventListener('click', clickInGrid);
  $('close').addEventListener('click', () => openDay(false));
  $('add').addEventListener('submit', addEntry);
  $('day').addEventListener('keydown', event => event.key === 'Escape' && openDay(false));
}

function ask() {
  nexus.emit('todo.items.wanted', {}).catch(error => console.warn(`todo.items.wanted: ${error.message}`));
}

nexus.register({
  async onMount(context) {
    locale = context.locale;
    formats.clear();
    firstDay = month.firstWeekday(locale);
    [entries, todos] = await Promise.all([
      nexus.storage.get('entries').then(store.restoreEntries),
      nexus.storage.get('todos').then(store.restoreTodos),
    ]);
    listen();
    render();
    tick();
    stopListening = nexus.subscribe('todo.>', hear);
    ask();
  },
  onUnmount() {
    stopListening();
    clearTimeout(minuteTimer);
  },
  onPause: () => clearTimeout(minuteTimer),
  onResume() {
    tick();
    ask();
  },
  getState: () => ({ selected }),
  setState(partial) {
    if (/^\d{4}-\d\d-\d\d$/.test(partial?.selected)) select(partial.selected);
  },
});
