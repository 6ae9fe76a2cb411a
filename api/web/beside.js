// A transcript beside the answer that quotes it: a press on a citation, or on the number of
// one, opens it in a pane at the quoted words. Back and Escape close the pane; with Ctrl, or
// the middle button, links open the transcript's own page as ever.

import { el, request } from './page.js';
import { furnish } from './reading.js';
import { reveal } from './within.js';

const transcripts = new URL('./t/', import.meta.url).href;
const narrow = matchMedia('(max-width: 60rem)');

const status = el('p', { className: 'status', role: 'status' });
const body = el('div', { className: 'beside-body', tabIndex: -1, autofocus: true }); // not the button, which the key that opens the pane would press
const whole = el('a', {}, 'Open as a page');
const closing = el('button', { type: 'button', className: 'plain' }, 'Close');
const pane = el('dialog', { className: 'beside', ariaLabel: 'Transcript' }, el('header', {}, whole, closing), status, body);
document.body.append(pane);

let shown = ''; // the address that the pane shows
let opener = null; // what was pressed, where the focus returns to
let loading = null; // aborts what is being fetched

const withoutHash = (address) => address.split('#')[0];

// What links lead to.

/** Numbers in an answer lead to the cards of their citations, and those to transcripts. */
function transcriptOf(link) {
  if (link.href.startsWith(transcripts)) return link.href;
  const cited = link.classList.contains('number') && document.getElementById(link.hash.slice(1));
  return cited ? [...cited.querySelectorAll('a')].find(({ href }) => href.startsWith(transcripts))?.href ?? '' : '';
}

/** Links that mean something else than they say get the address of the transcript before they are pressed, so that every way of pressing works. */
function address(event) {
  const link = event.target.closest?.('a');
  if (!link) return;
  if (pane.contains(link) && link.getAttribute('href')?.startsWith('#')) link.href = withoutHash(shown) + link.hash;
  else if (link.classList.contains('number')) link.href = transcriptOf(link) || link.href;
}

function press(event) {
  const link = event.target.closest?.('a');
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link === whole || link.download) return;
  address(event);
  const to = transcriptOf(link);
  if (!to) return;
  event.preventDefault();
  if (!pane.contains(link)) opener = link;
  open(to);
}

// Opening and closing.

function open(to) {
  if (pane.open) history.replaceState({ beside: to }, '');
  else history.pushState({ beside: to }, '');
  show(to);
}

async function show(to) {
  whole.href = to;
  if (!pane.open) narrow.matches ? pane.showModal() : pane.show();
  const stays = shown && withoutHash(shown) === withoutHash(to) && body.hasChildNodes();
  shown = to;
  loading?.abort();
  if (!stays) {
    body.replaceChildren();
    status.className = 'status';
    status.textContent = 'Opening the transcript…';
    loading = new AbortController();
    const { signal } = loading;
    try {
      const text = await (await request(withoutHash(to), { signal })).text();
      if (signal.aborted) return;
      body.replaceChildren(recordIn(text, to));
      furnish(body.firstChild);
      status.textContent = '';
    } catch (failure) {
      if (failure.name === 'AbortError') return;
      status.className = 'status problem';
      status.textContent = failure.message;
    }
  }
  body.focus({ preventScroll: true });
  const turn = to.includes('#') && body.querySelector(`#${CSS.escape(to.split('#')[1])}`);
  body.querySelectorAll('.turn.now').forEach((other) => other.classList.remove('now'));
  if (turn) turn.classList.add('now');
  const quoted = stays ? turn : body.querySelector('mark') ?? turn;
  if (quoted) reveal(quoted, quoted === turn ? 'start' : 'center');
}

/** The transcript of its page, its links as they are from here. The server has escaped every word of it. */
function recordIn(text, from) {
  const page = new DOMParser().parseFromString(text, 'text/html');
  const main = page.querySelector('main.record');
  if (!main) throw new Error('The server did not send a transcript. Please open it as a page.');
  const record = el('div', { className: 'record', lang: page.documentElement.lang });
  Object.assign(record.dataset, main.dataset);
  for (const link of main.querySelectorAll('a[href]:not([href^="#"])')) link.href = new URL(link.getAttribute('href'), from).href;
  while (main.firstChild) record.append(main.firstChild);
  const title = record.querySelector('h1'); // the page has one of its own
  title.replaceWith(el('h2', { className: 'title', dir: 'auto' }, title.textContent));
  return record;
}

function hide() {
  if (!pane.open) return;
  loading?.abort();
  pane.close();
  body.replaceChildren();
  shown = '';
  const link = opener?.isConnected ? opener : null;
  link?.focus({ preventScroll: true });
}

/** Closes the pane as Back does, whatever has become of the history meanwhile. */
function close() {
  if (history.state?.beside) history.back();
  else hide();
}

document.addEventListener('pointerover', address);
document.addEventListener('focusin', address);
document.addEventListener('click', press);
closing.addEventListener('click', close);
pane.addEventListener('cancel', (event) => { // Escape, where the pane is modal
  event.preventDefault();
  close();
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented || !pane.open || pane.matches(':modal')) return;
  event.preventDefault();
  close();
});
addEventListener('popstate', ({ state }) => (state?.beside ? show(state.beside) : hide()));
if (history.state?.beside) show(history.state.beside);
