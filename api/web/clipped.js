// The page of the clippings. What the browser keeps is where the words stand; the words come
// from the record each time.

import { clippings, move, remove } from './clippings.js';
import { exportForm } from './exporting.js';
import { $, bylined, credited, affiliation, el, joined, place, plural, query, quoting, request, source } from './page.js';

const most = 500; // quotations that the server takes at once
const post = (path, body) => request(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
const placesOf = (kept) => ({ citations: kept.map(({ transcript_id, turn, start_char_index: start, end_char_index: end }) => ({ transcript_id, turn, start, end })) });

function say(words, ...ways) {
  $('said').replaceChildren(words, ...ways);
}

function button(words, run) {
  const b = el('button', { type: 'button', className: 'plain' }, words);
  b.addEventListener('click', async () => {
    try {
      await run(b);
    } catch (failure) {
      say(failure.message);
    }
  });
  return b;
}

/** Takes a clipping out, and offers to put it back. */
function takeOut(id, quote) {
  const putBack = remove(id);
  const undo = button('Undo', () => {
    putBack();
    say('');
    focused = { id, words: 'Remove' };
  });
  say(quote ? `Removed: “${quote.length > 60 ? `${quote.slice(0, 60).trim()}…` : quote}” ` : 'Removed. ', undo);
  undo.focus();
}

/** A clipping as the record has it now, or why the record has it no longer. */
function shown({ id }, { citation, problem }) {
  const item = el('li', { id });
  const doing = [button('Up', () => move(id, -1)), button('Down', () => move(id, 1)), button('Remove', () => takeOut(id, citation?.quote))];
  if (citation) {
    item.append(el('blockquote', {}, el('q', {}, `“${citation.quote}”`)),
      el('p', { className: 'who' }, credited(citation), joined(' · ', affiliation(citation), citation.role === 'question' && 'asking', quoting(citation))),
      el('a', { href: place(citation) }, source(citation)), citation.note ? el('p', { className: 'notice' }, citation.note) : '');
    doing.unshift(button('Copy', async (b) => {
      await navigator.clipboard.writeText(bylined(citation)).catch(() => { throw new Error('The browser did not allow copying.'); });
      b.textContent = 'Copied';
    }));
  } else {
    item.classList.add('gone');
    item.append(el('p', { className: 'problem' }, problem.detail), el('p', {}, 'It cannot leave as a document. Remove it, or clip it anew.'));
  }
  item.append(el('div', { className: 'actions' }, ...doing));
  return item;
}

const there = () => clippings().filter(({ id }) => !$(id)?.classList.contains('gone'));

/** Downloads those that the record has, as many as a document takes. */
async function take(event) {
  event.preventDefault();
  const { format, style } = Object.fromEntries(new FormData(event.target));
  try {
    const response = await post(`v1/export${query({ format, style })}`, placesOf(there().slice(0, most)));
    const name = /filename="?([^";]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? `clippings.${format}`;
    const link = el('a', { href: URL.createObjectURL(await response.blob()), download: name });
    link.click();
    URL.revokeObjectURL(link.href);
    say('');
  } catch (failure) {
    say(failure.message);
  }
}

/** What the record has at the places of clippings. */
async function read(kept) {
  const cited = [];
  for (let from = 0; from < kept.length; from += most) {
    const { citations } = await (await post('v1/citations', placesOf(kept.slice(from, from + most)))).json();
    cited.push(...citations);
  }
  return cited;
}

let drawing = 0; // only the last of several draws what it has fetched
let focused = null; // the button that has the focus, or is to have it: its clipping, and its words

function holdFocus() {
  const { activeElement: active } = document;
  const item = active?.closest('#clippings li');
  if (item) focused = { id: item.id, words: active.textContent };
}

function restoreFocus() {
  if (!focused) return;
  const buttons = $(focused.id)?.querySelectorAll('button') ?? [];
  [...buttons].find(({ textContent }) => textContent === focused.words)?.focus();
  focused = null;
}

async function draw() {
  const ours = ++drawing;
  const kept = clippings();
  try {
    const cited = await read(kept);
    if (ours !== drawing) return;
    holdFocus();
    $('clippings').replaceChildren(...kept.map((clipping, i) => shown(clipping, cited[i])));
    restoreFocus();
  } catch (failure) { // which may pass; what is shown stays
    if (ours === drawing) say(`${failure.message} `, button('Try again', () => { say(''); return draw(); }));
    return;
  }
  const leaving = there().length;
  $('none').hidden = kept.length > 0;
  $('export').hidden = leaving === 0;
  $('many').hidden = leaving <= most;
  $('many').textContent = `A document takes ${plural(most, 'quotation')}, and ${leaving} are kept: the first ${most} leave. Remove those that have left to take the others.`;
}

const form = exportForm(el('button', { type: 'submit', className: 'quiet' }, 'Take them away'));
form.addEventListener('submit', take);
$('export').append(el('div', { className: 'export' }, form));
addEventListener('clippings', draw);
draw();
