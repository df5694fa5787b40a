// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  calculate,
  CalculationError,
  decimalSign,
  localise,
} from '../../data/apps/com.tokennexus.calculator/engine.js';
import { forAll } from './random.mjs';

const results = {
  '0.1+0.2': '0.3',
  '1/3*3': '1',
  '2+3*4': '14',
  '(2+3)*4': '20',
  '2−3−4': '-5',
  '100÷10÷2': '5',
  '2^3^2': '512',
  '-2^2': '-4',
  '(-2)^2': '4',
  '2^-2': '0.25',
  '2×-3': '-6',
  '--5': '5',
  '+5': '5',
  '2(3+4)': '14',
  '(1+1)(2+2)': '8',
  '2**10': '1024',
  '6 : 4': '1.5',
  '50%': '0.5',
  '200+10%': '220',
  '200-10%': '180',
  '200×10%': '20',
  '100+10%+10%': '121',
  '10%+5': '5.1',
  '50%^2': '0.25',
  '0^0': '1',
  '(-1)^99999999999': '-1',
  '.5+.5': '1',
  '5.': '5',
  '1,234.5×2': '2469',
  '12,34,567': '1234567',
  '2^0.5': '1.4142135623731',
  '9^.5': '3',
  '2^64': '18446744073709551616',
  '1÷3': '0.333333333333333',
  '2÷3': '0.666666666666667',
  '1-0.9999999999999999999': '1×10^-19',
  '10^40': '1×10^40',
  '123456789012345678901234567890': '123456789012345678901234567890',
  '1234567890123456789012345678901': '1.23456789012346×10^30',
  '1.5×10^40': '1.5×10^40',
  '1÷8': '0.125',
  '999999999999999.95': '1×10^15',
  '0.0000001': '0.0000001',
  '1÷10^12': '1×10^-12',
  '7-7': '0',
  '-1÷4': '-0.25',
};

const mistakes = {
  '1÷0': /zero/,
  '0^-1': /zero/,
  '(1+2': /closing parenthesis/,
  '1+2)': /opening parenthesis/,
  ')': /opening parenthesis/,
  '()': /nothing between/,
  '1+': /missing at the end/,
  '2+*3': /missing before “×”/,
  '%': /missing before “%”/,
  '2 a 3': /“a” can't/,
  '1𝄞': /“𝄞” can't/,
  '1.2.3': /more than one decimal point/,
  '1,5': /“1,5” is no number/,
  '1,23,45': /is no number/,
  '(-8)^0.5': /negative/,
  '9^9^9': /too large/,
  '2^99999': /too large/,
  '10^5000×10^5000': /too large/,
  '': /nothing to calculate/,
};

test('results', () => {
  for (const [expression, wanted] of Object.entries(results)) assert.equal(calculate(expression), wanted, expression);
});

test('mistakes are said in words', () => {
  for (const [expression, wanted] of Object.entries(mistakes)) {
    assert.throws(
      () => calculate(expression),
      error => {
        assert.ok(error instanceof CalculationError, `${expression}: ${error.stack}`);
        assert.match(error.message, wanted, expression);
        return true;
      },
    );
  }
});

test('what is too long or too deep ends in a sentence, not in a stack overflow', () => {
  assert.throws(() => calculate('1+'.repeat(600) + '1'), /too long/);
  assert.throws(() => calculate('('.repeat(400) + '1' + ')'.repeat(400)), /nested/);
  assert.throws(() => calculate('-'.repeat(900) + '1'), /nested/);
  assert.throws(() => calculate('9^9'.concat('^9'.repeat(90))), CalculationError);
});

test('a decimal comma', () => {
  assert.equal(calculate('1,5+1,5', ','), '3');
  assert.equal(calculate('1.234,5', ','), '1234.5');
  assert.throws(() => calculate('1.5', ','), /decimals are written 1,5/);
  assert.equal(decimalSign('de-DE'), ',');
  assert.equal(decimalSign('en-US'), '.');
});

test('a localised result can be calculated with again', () => {
  for (const locale of ['en-US', 'en-IN', 'de-DE', 'de-CH', 'fr-FR', 'sv-SE', 'ar-EG', 'pl-PL']) {
    for (const result of ['-1234567.125', '18446744073709551616', '0.3', '1.23456789012346×10^30', '1000'])
      assert.equal(
        calculate(localise(result, locale), decimalSign(locale)),
        result,
        `${locale} ${localise(result, locale)}`,
      );
  }
  assert.equal(localise('-18446744073709551616', 'en-US'), '−18,446,744,073,709,551,616');
  assert.equal(localise('1234.5', 'de-DE'), '1.234,5');
});

/* Expressions of small whole numbers, and what they come to by plain integer arithmetic. */
function makeSum(random, depth = 0) {
  if (depth > 3 || random.chance(0.3)) {
    const value = BigInt(random.below(1000));
    return { text: `${value}`, value };
  }
  const left = makeSum(random, depth + 1),
    right = makeSum(random, depth + 1),
    sign = random.pick(['+', '−', '×']);
  const value = { '+': left.value + right.value, '−': left.value - right.value, '×': left.value * right.value }[sign];
  return { text: `(${left.text}${random.pick(['', ' '])}${sign}${right.text})`, value };
}

test('any sum of whole numbers is exact', () => {
  forAll(300, makeSum, ({ text, value }) => {
    if (`${value}`.replace('-', '').length <= 30) assert.equal(calculate(text), `${value}`);
  });
});

test('dividing and multiplying again gives what it was', () => {
  forAll(
    300,
    random => [random.below(1e6) / 1000, random.below(1e6) + 1],
    ([a, b]) => assert.equal(calculate(`${a}÷${b}×${b}`), String(a)),
  );
});

test('any text gives a result or a sentence', () => {
  const letters = [...'0123456789.,+-*/()%^ ×÷e'];
  forAll(
    2000,
    random => Array.from({ length: random.below(12) }, () => random.pick(letters)).join(''),
    text => {
      try {
        assert.match(calculate(text), /^-?\d+(\.\d+)?(×10\^-?\d+)?$/);
      } catch (error) {
        assert.ok(error instanceof CalculationError, error.stack);
      }
    },
  );
});
