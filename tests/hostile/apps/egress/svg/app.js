// SPDX-License-Identifier: GPL-3.0-or-later
import { after, element, everywhere, run } from './lib.js';

const draw = text => url => {
  const holder = element('p');
  holder.innerHTML = `<svg width="9" height="9">${text.replaceAll('URL', url)}</svg>`;
  document.body.append(holder);
  return after(600, 'silent');
};

run({
  ...everywhere({
    image: draw('<image href="URL" width="9" height="9"/>'),
    'image by xlink': draw('<image xlink:href="URL" width="9" height="9"/>'),
    use: draw('<use href="URL#a"/>'),
    script: draw('<script href="URL"></script>'),
    feImage: draw('<filter id="f"><feImage href="URL"/></filter><rect filter="url(#f)" width="9" height="9"/>'),
    fill: draw('<rect fill="url(URL#p)" width="9" height="9"/>'),
    mask: draw('<rect mask="url(URL#m)" width="9" height="9"/>'),
    cursor: draw('<rect cursor="url(URL), auto" width="9" height="9"/>'),
    animated: draw('<image width="9" height="9"><set attributeName="href" to="URL" begin="0s"/></image>'),
    foreign: draw('<foreignObject width="9" height="9"><img src="URL"></foreignObject>'),
    link: draw('<a href="URL"><text y="9">x</text></a>'),
  }),
  'a picture that holds addresses': () => {
    document.body.append(element('img', { src: 'picture.svg' }), element('object', { data: 'picture.svg' }),
      element('iframe', { src: 'picture.svg' }));
    return after(800, 'silent');
  },
});
