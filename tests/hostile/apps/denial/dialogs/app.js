// SPDX-License-Identifier: GPL-3.0-or-later
import { finish } from './lib.js';

let confirmed = 0;
let said = null;
addEventListener('beforeunload', event => {
  event.preventDefault();
  event.returnValue = 'Stay!';
  for (let i = 0; i < 100; i += 1)
    alert('Stay!');
});
for (let i = 0; i < 2000; i += 1) {
  alert(`Your computer has a virus (${i})`);
  confirmed += confirm('Pay?') ? 1 : 0;
  said = prompt('Your password?', '') ?? said;
  print();
}
if (sessionStorage.getItem('again') === null) {
  sessionStorage.setItem('again', 'yes');
  location.reload();
} else {
  await finish({ alerts: 2000, confirmed, said });
}
