// SPDX-License-Identifier: GPL-3.0-or-later
import { cityName, describe, difference, regionName, restoreCities, searchCities } from './zones.js';

const $ = id => document.getElementById(id);
const home = Intl.DateTimeFormat().resolvedOptions().timeZone;
const zones = Intl.supportedValuesOf('timeZone');
const view = { face: 'analogue', seconds: false, cities: [] };
let locale = 'en',
  timer = 0,
  hovered = false,
  resting = false,
  minuteDrawn = 0;
const formats = {};

function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function icon(path) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(svg.namespaceURI, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

/* Making a formatter costs far more than using it, and this runs every minute. */
function format(name, options) {
  formats[name] ??= new Intl.DateTimeFormat(locale, options);
  return formats[name];
}

const timeIn = (zone, now) => format(zone, { timeZone: zone, timeStyle: 'short' }).format(now);

function drawMarks() {
  const svg = tag => document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (let hour = 1; hour <= 12; hour++) {
    const mark = svg('line'),
      number = svg('text'),
      angle = (hour * Math.PI) / 6;
    mark.setAttribute('y1', -45);
    mark.setAttribute('y2', hour % 3 ? -42.5 : -41);
    mark.setAttribute('transform', `rotate(${hour * 30})`);
    mark.classList.toggle('quarter', hour % 3 === 0);
    number.setAttribute('x', (34.5 * Math.sin(angle)).toFixed(2));
    number.setAttribute('y', (-34.5 * Math.cos(angle)).toFixed(2));
    number.textContent = new Intl.NumberFormat(locale).format(hour);
    $('marks').append(mark, number);
  }
}

function drawHands(now) {
  const minutes = now.getMinutes(),
    turn = (id, degrees) => $(id).setAttribute('transform', `rotate(${degrees})`);
  turn('hour', (now.getHours() % 12) * 30 + minutes / 2);
  turn('minute', minutes * 6);
  turn('second', now.getSeconds() * 6);
}

function drawDigits(now) {
  const timeStyle = view.seconds ? 'medium' : 'short';
  const parts = format(timeStyle, { timeStyle }).formatToParts(now);
  const spans = parts.map(({ type, value }) =>
    element('span', { className: type === 'dayPeriod' ? 'period' : '', textContent: value.trim() }),
  );
  $('digital').replaceChildren(...spans);
  $('digital').classList.toggle('long', view.seconds || parts.some(({ type }) => type === 'dayPeriod'));
}

function cityRow({ name, zone }, index) {
  const remove = element(
    'button',
    { className: 'flat', type: 'button', title: `Remove ${name}` },
    icon('m4 4 8 8m0-8-8 8'),
  );
  remove.setAttribute('aria-label', `Remove ${name}`);
  remove.addEventListener('click', () => {
    change({ cities: view.cities.filter((_, i) => i !== index) });
    ($('cities').querySelectorAll('button')[index] ?? $('add')).focus();
  });
  return element(
    'li',
    {},
    element('div', {}, element('b', { textContent: name }), element('small')),
    element('time'),
    remove,
  );
}

function drawCities(now) {
  view.cities.forEach(({ zone }, index) => {
    const row = $('cities').children[index];
    row.querySelector('small').textContent = describe(difference(zone, home, now), locale);
    row.querySelector('time').textContent = timeIn(zone, now);
  });
}

function drawMinute(now) {
  const other = view.face === 'analogue' ? 'digital' : 'analogue';
  drawCities(now);
  $('date').textContent = format('date', { weekday: 'long', day: 'numeric', month: 'long' }).format(now);
  $('face').setAttribute('aria-label', `${timeIn(home, now)}, ${$('date').textContent}. Show the ${other} face`);
}

/* Sleeps to the next minute, or the next second while seconds are seen: an idle clock wakes once a minute. */
function tick() {
  clearTimeout(timer);
  if (resting) return;
  const now = new Date(),
    seconds = view.seconds || (hovered && view.face === 'analogue');
  const step = seconds ? 1000 : 60000;
  $('clock').classList.toggle('ticking', seconds);
  drawHands(now);
  drawDigits(now);
  if (Math.floor(now / 60000) !== minuteDrawn) {
    minuteDrawn = Math.floor(now / 60000);
    drawMinute(now);
  }
  timer = setTimeout(tick, step - (Date.now() % step) + 10);
}

function show() {
  document.documentElement.dataset.face = view.face;
  $('clock').classList.toggle('has-cities', view.cities.length > 0);
  $('seconds').setAttribute('aria-pressed', String(view.seconds));
  $('cities').replaceChildren(...view.cities.map(cityRow));
  minuteDrawn = 0;
  tick();
}

function change(partial) {
  Object.assign(view, partial);
  show();
  nexus.storage.set('view', view).then(
    () => {
      $('trouble').hidden = true;
    },
    error => {
      $('trouble').textContent = `Not kept: ${error.message}`;
      $('trouble').hidden = false;
    },
  );
}

function restore(kept) {
  if (kept?.face === 'analogue' || kept?.face === 'digital') view.face = kept.face;
  if (typeof kept?.seconds === 'boolean') view.seconds = kept.seconds;
  if (kept?.cities !== undefined) view.cities = restoreCities(kept.cities);
}

function showResults() {
  const text = $('query').value,
    now = new Date();
  const rows = searchCities(text, zones, 40).map(city => {
    const region = city.name === cityName(city.zone) ? regionName(city.zone) : `as in ${cityName(city.zone)}`;
    const button = element(
      'button',
      { className: 'flat', type: 'button' },
      element('span', { textContent: city.name }),
      element('small', { textContent: region }),
      element('time', { textContent: timeIn(city.zone, now) }),
    );
    button.addEventListener('click', () => {
      $('search').close();
      change({ cities: [...view.cities.filter(other => other.name !== city.name), city] });
    });
    return element('li', {}, button);
  });
  $('results').replaceChildren(...rows);
  $('none').hidden = text.trim() === '' || rows.length > 0;
}

function moveInResults(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = [$('query'), ...$('results').querySelectorAll('button')];
  if (event.key === 'Enter' && event.target === $('query')) {
    event.preventDefault(); // or the form would close without a choice
    stops[1]?.click();
  } else if (step) {
    event.preventDefault();
    stops[Math.min(Math.max(stops.indexOf(event.target) + step, 0), stops.length - 1)].focus();
  }
}

function listen() {
  $('face').addEventListener('click', () => change({ face: view.face === 'analogue' ? 'digital' : 'analogue' }));
  $('seconds').addEventListener('click', () => change({ seconds: !view.seconds }));
  $('add').addEventListener('click', () => {
    $('query').value = '';
    showResults();
    $('search').showModal();
    $('query').focus();
  });
  $('query').addEventListener('input', showResults);
  $('search').addEventListener('keydown', moveInResults);
  document.documentElement.addEventListener('pointerenter', () => {
    hovered = true;
    tick();
  });
  document.documentElement.addEventListener('pointerleave', () => {
    hovered = false;
    tick();
  });
  document.addEventListener('visibilitychange', () => rest(document.hidden));
}

function rest(now) {
  resting = now;
  tick();
}

nexus.register({
  async onMount(context) {
    locale = context.locale;
    restore(await nexus.storage.get('view'));
    drawMarks();
    listen();
    show();
  },
  onUnmount: () => rest(true),
  onPause: () => rest(true),
  onResume: () => rest(false),
});
