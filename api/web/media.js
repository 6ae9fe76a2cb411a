// The recording of a transcript: its player, which the times beside the turns move, and the links that lead to a second of it.

import { clock, el } from './page.js';

/** A link to where a citation's words can be heard; nothing where there is no recording. */
export function hear({ media_url: url, start_ms: ms }) {
  if (!url || !/^https?:/.test(url)) return '';
  return el('a', { className: 'hear', href: url, target: '_blank', rel: 'noopener noreferrer' }, ms == null ? 'Hear the recording' : `Hear it at ${clock(ms)}`);
}

/** The times of a transcript, on its page and beside an answer, move the player that it has. */
document.addEventListener('click', (event) => {
  const time = event.target.closest('a[data-at]');
  const player = time?.closest('.record')?.querySelector('#recording');
  if (!player) return;
  event.preventDefault();
  player.currentTime = Number(time.dataset.at);
  player.play().catch(() => {}); // the player itself shows why it does not play
});
