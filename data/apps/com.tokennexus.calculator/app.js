// SPDX-License-Identifier: GPL-3.0-or-later
import { calculate, decimalSign, localise } from './engine.js';

const HISTORY_MAX = 100;
const $ = id => document.getElementById(id);
const entry = $('entry');
let locale = 'en',
  decimal = '.',
  history = [],
  answered = false,
  browsed = -1;

function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function say(text, wrong) {
  $('result').textContent = text;
  $('result').classList.toggle('wrong', wrong);
  entry.setAttribute('aria-invalid', String(wrong));
}

/* While typing a result is shown as soon as there is one; what is wrong waits for Enter. */
function preview() {
  answered = false;
  try {
    const result = localise(calculate(entry.value, decimal), locale);
    say(result === entry.value.trim() ? '' : `= ${result}`, false);
  } catch {
    say('', false);
  }
}

function write(text, caret = text.length) {
  entry.value = text;
  entry.setSelectionRange(caret, caret);
  entry.scrollLeft = entry.scrollWidth;
  preview();
}

/* After an answer a digit begins anew, a sign goes on with it. */
function put(text) {
  const anew = answered && /^[\d.,(]/.test(text);
  const from = anew ? 0 : entry.selectionStart,
    to = anew ? entry.value.length : entry.selectionEnd;
  write(entry.value.slice(0, from) + text + entry.value.slice(to), from + text.length);
}

function back() {
  const from =
    entry.selectionStart === entry.selectionEnd ? Math.max(entry.selectionStart - 1, 0) : entry.selectionStart;
  write(entry.value.slice(0, from) + entry.value.slice(entry.selectionEnd), from);
}

function clear() {
  browsed = -1;
  write('');
}

function historyRow({ expression, result }) {
  const answer = localise(result, locale);
  const again = element('button', {
    type: 'button',
    className: 'expression',
    title: 'Calculate again',
    textContent: expression,
  });
  const use = element('button', {
    type: 'button',
    className: 'answer',
    title: 'Use this result',
    textContent: `= ${answer}`,
  });
  again.addEventListener('click', () => {
    write(expression);
    entry.focus();
  });
  use.addEventListener('click', () => {
    put(answer);
    entry.focus();
  });
  return element('li', {}, again, use);
}

function drawHistory() {
  $('history').replaceChildren(...history.map(historyRow).reverse());
  $('forget').hidden = history.length === 0;
}

function keepHistory(next) {
  history = next.slice(-HISTORY_MAX);
  browsed = -1;
  drawHistory();
  nexus.storage.set('history', history).catch(error => say(`Not kept: ${error.message}`, true));
}

function answer(event) {
  event.preventDefault();
  const expression = entry.value.trim();
  if (expression === '' || answered) return;
  try {
    const result = calculate(expression, decimal);
    write(localise(result, locale));
    say('', false);
    answered = true;
    keepHistory([...history, { expression, result }]);
  } catch (error) {
    say(error.message, true);
  }
}

/* Up and Down go through what was calculated before, as in a shell. */
function browse(step) {
  const place = browsed < 0 ? history.length : browsed;
  browsed = Math.min(Math.max(place + step, 0), history.length);
  write(history[browsed]?.expression ?? '');
}

const keys = { back, clear };

function pressKey(event) {
  const key = event.target.closest('[data-key]')?.dataset.key;
  if (key === undefined) return;
  if (key in keys) keys[key]();
  else put(key === '.' ? decimal : key);
}

function keyInPage(event) {
  const typed = { '*': '×', '/': '÷', '-': '−' }[event.key] ?? event.key;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') clear();
  else if (event.key === 'ArrowUp' && event.target === entry) browse(-1);
  else if (event.key === 'ArrowDown' && event.target === entry) browse(1);
  else if (event.key === '=') $('calculator').requestSubmit();
  else if (event.code === 'NumpadDecimal') put(decimal);
  else if (/^[\d.,+−×÷^%()]$/.test(typed)) put(typed);
  else return;
  event.preventDefault();
  entry.focus();
}

function restoreHistory(value) {
  return (Array.isArray(value) ? value : [])
    .filter(row => typeof row?.expression === 'string' && /^-?[\d.]+(×10\^-?\d+)?$/.test(row.result))
    .map(({ expression, result }) => ({ expression, result }))
    .slice(-HISTORY_MAX);
}

function listen() {
  $('calculator').addEventListener('submit', answer);
  $('keys').addEventListener('click', pressKey);
  $('keys').addEventListener('pointerdown', event => {
    // the entry keeps the focus and its caret
    event.preventDefault();
    entry.focus();
  });
  $('forget').addEventListener('click', () => {
    keepHistory([]);
    entry.focus();
  });
  document.addEventListener('keydown', keyInPage);
  entry.addEventListener('input', preview);
}

nexus.register({
  async onMount(context) {
    locale = context.locale;
    decimal = decimalSign(locale);
    $('decimal').textContent = decimal;
    $('decimal').setAttribute('aria-label', decimal === ',' ? 'Decimal comma' : 'Decimal point');
    history = restoreHistory(await nexus.storage.get('history'));
    drawHistory();
    listen();
  },
  getState: () => ({ entry: entry.value }),
  setState(partial) {
    if (typeof partial?.entry === 'string') write(partial.entry);
  },
});
