// SPDX-License-Identifier: GPL-3.0-or-later
import { after, element, everywhere, runInTurn } from './lib.js';

const form = attributes => {
  const made = element('form', attributes);
  made.append(element('input', { name: 'secret', value: 'secret' }), element('button'));
  document.body.append(made);
  return made;
};

const submit = attributes => async url => {
  form({ action: url, ...attributes }).submit();
  return after(300, 'silent');
};

runInTurn(everywhere({
  get: submit({ method: 'get' }),
  post: submit({ method: 'post' }),
  'plain text': submit({ method: 'post', enctype: 'text/plain' }),
  'in a new window': submit({ method: 'post', target: '_blank' }),
  'in a frame': async url => {
    document.body.append(element('iframe', { name: 'frame' }));
    form({ action: url, method: 'post', target: 'frame' }).submit();
    return after(300, 'silent');
  },
  'by its button': async url => {
    const made = form({ action: 'app.js' });
    made.lastChild.formAction = url;
    made.lastChild.click();
    return after(300, 'silent');
  },
}));
