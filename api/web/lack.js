// What searches lack as the server is set up, such as an encoder: told once, above the page,
// and not beside each answer again.

import { $, request } from './page.js';

let lack = ''; // as the server tells it, here and with the first answer of a conversation

/** The notice of an answer without what the page tells already. */
export const withoutLack = (notice) => notice?.replace(lack, '').trim();

/** Tells what searches lack, until the reader dismisses it. */
export async function showLack() {
  const { note = '' } = await (await request('readyz')).json();
  lack = note;
  if (!note || localStorage.getItem('dismissed') === note) return;
  const [words, dismiss] = $('lack').children;
  words.textContent = note;
  dismiss.onclick = () => {
    localStorage.setItem('dismissed', note);
    $('lack').hidden = true;
  };
  $('lack').hidden = false;
}
