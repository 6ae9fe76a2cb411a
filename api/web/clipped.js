// The page of the clippings. What the browser keeps is where the words stand; the words come
// from the record each time.

import { clippings, move, remove } from './clippings.js';
import { exportForm } from './exporting.js';
import { $, bylined, credited, affiliation, el, joined, place, query, quoting, request, source } from './page.js';

function button(words, run) {
  const b = el('button', { type: 'button', className: 'plain' }, words);
  b.addEventListener('click', async () => {
    try {
      await run(b);
    } catch (failure) {
      $('said').textContent = failure.message;
    }
  });
  return b;
}

const gone = [404, 422]; // the record has no such transcript, or no such place in it

/** A clipping as the record has it now, or why the record has it no longer. */
async function shown(clipping) {
  const item = el('li', { id: clipping.id });
  const doing = [button('Up', () => move(clipping.id, -1)), button('Down', () => move(clipping.id, 1)), button('Remove', () => remove(clipping.id))];
  try {
    const about = query({ start: String(clipping.start_char_index), end: String(clipping.end_char_index) });
    const citation = await (await request(`v1/transcripts/${clipping.transcript_id}/citation${about}`)).json();
    item.append(el('blockquote', {}, el('q', {}, `“${citation.quote}”`)),
      el('p', { className: 'who' }, credited(citation), joined(' · ', affiliation(citation), citation.role === 'question' && 'asking', quoting(citation))),
      el('a', { href: place(citation) }, source(citation)), citation.note ? el('p', { className: 'notice' }, citation.note) : '');
    doing.unshift(button('Copy', async (b) => {
      await navigator.clipboard.writeText(bylined(citation)).catch(() => { throw new Error('The browser did not allow copying.'); });
      b.textContent = 'Copied';
    }));
  } catch (failure) {
    item.append(el('p', { className: 'problem' }, failure.message));
    if (gone.includes(failure.status)) {
      item.classList.add('gone');
      item.append(el('p', {}, 'It cannot leave as a document. Remove it, or clip it anew.'));
    } else { // which may pass
      doing.unshift(button('Try again', draw));
    }
  }
  item.append(el('div', { className: 'actions' }, ...doing));
  return item;
}

/** Downloads those that the record has. */
async function take(event) {
  event.preventDefault();
  const form = event.target;
  const { format, style } = Object.fromEntries(new FormData(form));
  const there = clippings().filter(({ id }) => !$(id)?.classList.contains('gone'));
  const citations = there.map(({ transcript_id, turn, start_char_index: start, end_char_index: end }) => ({ transcript_id, turn, start, end }));
  try {
    const response = await request(`v1/export${query({ format, style })}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ citations }) });
    const name = /filename="?([^";]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? `clippings.${format}`;
    const link = el('a', { href: URL.createObjectURL(await response.blob()), download: name });
    link.click();
    URL.revokeObjectURL(link.href);
    $('said').textContent = '';
  } catch (failure) {
    $('said').textContent = failure.message;
  }
}

let drawing = 0; // only the last of several draws what it has fetched

async function draw() {
  const ours = ++drawing;
  const items = await Promise.all(clippings().map(shown));
  if (ours !== drawing) return;
  $('clippings').replaceChildren(...items);
  $('none').hidden = items.length > 0;
  $('export').hidden = items.every((item) => item.classList.contains('gone'));
}

const form = exportForm(el('button', { type: 'submit', className: 'quiet' }, 'Take them away'));
form.addEventListener('submit', take);
$('export').append(el('div', { className: 'export' }, form));
addEventListener('clippings', draw);
draw();
