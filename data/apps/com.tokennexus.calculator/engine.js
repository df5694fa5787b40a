// SPDX-License-Identifier: GPL-3.0-or-later
// Arithmetic on exact fractions of BigInts, so 0.1 + 0.2 is 0.3 and 1 ÷ 3 × 3 is 1. Only a root (2^0.5) is rounded.

const DIGITS = 15; // that a result shows where it isn't whole
const WHOLE_DIGITS = 30; // that a whole result shows before it becomes 1.5×10^40
const BITS_MAX = 20000; // of a number on the way: past that it takes time that a person notices
const LENGTH_MAX = 1000;
const DEPTH_MAX = 100;

/** What is wrong, in a sentence for the person. */
export class CalculationError extends Error {}

const fail = sentence => {
  throw new CalculationError(sentence);
};
const size = big => big.toString(16).length * 4;

function divisor(a, b) {
  while (b !== 0n) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
}

function fraction(top, bottom = 1n) {
  if (bottom === 0n) fail('Dividing by zero has no result');
  if (size(top) > BITS_MAX || size(bottom) > BITS_MAX) fail('The number is too large');
  const shared = divisor(top, bottom) * (bottom < 0n ? -1n : 1n);
  return { top: top / shared, bottom: bottom / shared };
}

const add = (a, b) => fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
const negate = a => ({ top: -a.top, bottom: a.bottom });
const multiply = (a, b) => fraction(a.top * b.top, a.bottom * b.bottom);
const divide = (a, b) => fraction(a.top * b.bottom, a.bottom * b.top);

/* A decimal such as "12.5" or "1.5e+20", exactly. */
function fromDecimal(text) {
  const [mantissa, exponent = '0'] = text.split('e'),
    [whole, rest = ''] = mantissa.split('.');
  const shift = Number(exponent) - rest.length,
    digits = BigInt(whole + rest);
  return shift < 0 ? fraction(digits, 10n ** BigInt(-shift)) : fraction(digits * 10n ** BigInt(shift));
}

/* Through floating point only where no fraction is the answer. */
function root(base, exponent) {
  if (base.top < 0n) fail('A negative number has no such root');
  const result = Math.pow(toNumber(base), toNumber(exponent));
  return Number.isFinite(result) ? fromDecimal(result.toPrecision(DIGITS)) : fail('The number is too large');
}

function power(base, exponent) {
  if (exponent.bottom !== 1n) return root(base, exponent);
  const times = exponent.top < 0n ? -exponent.top : exponent.top;
  const trivial = base.bottom === 1n && base.top >= -1n && base.top <= 1n;
  if (
    !trivial &&
    (times > BigInt(BITS_MAX) || Math.max(size(base.top), size(base.bottom)) * Number(times) > BITS_MAX * 5)
  )
    fail('The number is too large');
  // −1, 0 and 1 only ask whether the exponent is even, or zero
  const small = trivial ? (times % 2n) + (times > 0n ? 2n : 0n) : times;
  const result = fraction(base.top ** small, base.bottom ** small);
  return exponent.top < 0n ? divide(fraction(1n), result) : result;
}

/* As a floating-point number; both parts are cut alike where they are too long for one. */
function toNumber({ top, bottom }) {
  const extra = BigInt(Math.max(0, Math.min(size(top), size(bottom)) - 1000));
  return Number(top >> extra) / Number(bottom >> extra);
}

const SIGNS = { '*': '×', x: '×', '·': '×', '⋅': '×', '/': '÷', ':': '÷', '-': '−', '–': '−', '**': '^' };

/* A number in the person's notation, as digits with a point. */
function readNumber(text, decimal) {
  const other = decimal === ',' ? '.' : ',';
  const [whole, rest, more] = text.split(decimal);
  const grouped = new RegExp(`^\\d{1,3}(\\${other}\\d{2,3})*\\${other}\\d{3}$`);
  if (more !== undefined) fail(`“${text}” has more than one decimal ${decimal === ',' ? 'comma' : 'point'}`);
  if (rest?.includes(other) || (whole.includes(other) && !grouped.test(whole)))
    fail(`“${text}” is no number; decimals are written 1${decimal}5`);
  return fromDecimal(`${whole.replaceAll(other, '') || '0'}.${rest ?? ''}`);
}

function tokenise(text, decimal) {
  const tokens = [],
    pattern = /\s*(?:(\d[\d.,]*|[.,]\d+)|(\*\*|[-–−+*/×x·⋅÷:^%()]))/uy;
  const compact = text.trimEnd().replace(/(?<=\d)[\u00a0\u202f'’](?=\d{3})/g, '');
  if (compact.length > LENGTH_MAX) fail('That is too long');
  while (pattern.lastIndex < compact.length) {
    const at = pattern.lastIndex,
      match = pattern.exec(compact);
    if (match === null) fail(`“${[...compact.slice(at).trim()][0]}” can't be calculated with`);
    tokens.push(
      match[1] ? { value: readNumber(match[1], decimal), text: match[1] } : { sign: SIGNS[match[2]] ?? match[2] },
    );
  }
  return tokens;
}

/* sum: product (± product)*, product: unary ((× | ÷ | nothing) unary)*, unary: −unary | power, power: atom %* (^ unary)? */
class Parser {
  constructor(tokens) {
    this.tokens = tokens;
    this.at = 0;
    this.depth = 0;
  }

  get sign() {
    return this.tokens[this.at]?.sign;
  }

  take(...signs) {
    return signs.includes(this.sign) ? this.tokens[this.at++].sign : null;
  }

  /* 200 + 10% is 220: a percentage that is added or taken away is one of what stands before it. */
  sum() {
    let left = this.product().value,
      sign;
    while ((sign = this.take('+', '−'))) {
      const right = this.product();
      const amount = right.percent ? multiply(left, right.value) : right.value;
      left = add(left, sign === '+' ? amount : negate(amount));
    }
    return left;
  }

  product() {
    let { value, percent } = this.unary(),
      sign;
    while ((sign = this.take('×', '÷')) || this.sign === '(' || this.tokens[this.at]?.value) {
      const right = this.unary();
      value = sign === '÷' ? divide(value, right.value) : multiply(value, right.value);
      percent = false;
    }
    return { value, percent };
  }

  unary() {
    if (++this.depth > DEPTH_MAX) fail('That is nested too deeply');
    const sign = this.take('−', '+'),
      inner = sign ? this.unary() : this.power();
    this.depth--;
    return sign === '−' ? { value: negate(inner.value), percent: inner.percent } : inner;
  }

  power() {
    let value = this.atom(),
      percent = false;
    while (this.take('%')) {
      value = divide(value, fraction(100n));
      percent = true;
    }
    return this.take('^') ? { value: power(value, this.unary().value), percent: false } : { value, percent };
  }

  atom() {
    if (this.take('(')) {
      if (this.sign === ')') fail('There is nothing between the parentheses');
      const value = this.sum();
      if (!this.take(')'))
        fail(this.at < this.tokens.length ? `“${this.sign}” can't stand there` : 'A closing parenthesis is missing');
      return value;
    }
    const token = this.tokens[this.at++];
    if (token === undefined) fail('Something is missing at the end');
    return (
      token.value ??
      fail(token.sign === ')' ? 'An opening parenthesis is missing' : `A number is missing before “${token.sign}”`)
    );
  }
}

/* The first `count` digits of a positive fraction, rounded, and where its point is: 0.digits × 10^place. */
function digitsOf({ top, bottom }, count) {
  let place = top.toString().length - bottom.toString().length;
  const scaled = exponent => (exponent >= 0n ? [top * 10n ** exponent, bottom] : [top, bottom * 10n ** -exponent]);
  if (scaled(BigInt(-place))[0] >= scaled(BigInt(-place))[1]) place++;
  const [a, b] = scaled(BigInt(count - place));
  let digits = ((a * 2n + b) / (b * 2n)).toString();
  if (digits.length > count) {
    // 9.99… became 10
    digits = digits.slice(0, count);
    place++;
  }
  return { digits: digits.replace(/0+$/, ''), place };
}

function write({ top, bottom }) {
  if (top === 0n) return '0';
  const sign = top < 0n ? '-' : '',
    positive = { top: top < 0n ? -top : top, bottom };
  const whole = bottom === 1n ? positive.top.toString() : '';
  if (whole !== '' && whole.length <= WHOLE_DIGITS) return sign + whole;
  const { digits, place } = digitsOf(positive, DIGITS);
  if (place > DIGITS || place < -7)
    return `${sign}${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ''}×10^${place - 1}`;
  const padded = place <= 0 ? '0'.repeat(1 - place) + digits : digits.padEnd(place, '0');
  const point = Math.max(place, 1);
  return sign + padded.slice(0, point) + (padded.length > point ? `.${padded.slice(point)}` : '');
}

/**
 * Calculates `text`: + − × ÷ ^ % and parentheses, with the signs of a keyboard too.
 * @param {string} decimal the person's decimal sign, "." or ","
 * @returns {string} the result with a decimal point, "1.5×10^40" where it's very large or small
 * @throws {CalculationError} with a sentence that says what is wrong
 */
export function calculate(text, decimal = '.') {
  const parser = new Parser(tokenise(text, decimal));
  if (parser.tokens.length === 0) fail('There is nothing to calculate');
  const value = parser.sum();
  if (parser.at < parser.tokens.length)
    fail(parser.sign === ')' ? 'An opening parenthesis is missing' : `“${parser.sign}” can't stand there`);
  return write(value);
}

/** A result as the person writes numbers: groups of digits, their decimal sign, a true minus. It can be entered again. */
export function localise(result, locale) {
  const [, sign, whole, rest = '', exponent = ''] = /^(-?)(\d+)(?:\.(\d+))?(×.*)?$/.exec(result);
  const grouped = new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).format(BigInt(whole));
  return `${sign}${grouped}${rest && decimalSign(locale) + rest}${exponent}`.replaceAll('-', '−');
}

/** The decimal sign of a locale, "." or ",". */
export function decimalSign(locale) {
  const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).formatToParts(1.5);
  return parts.some(({ type, value }) => type === 'decimal' && value === ',') ? ',' : '.';
}
