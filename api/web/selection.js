// Words that a reader selects in a transcript, as a quotation. The server makes the citation
// and verifies it; here is only found which words they are, in code points of the canonical
// text: each paragraph names its first, and its text is the canonical text's to the letter.

import { attributed, bylined, el, joined, query, quoting, request } from './page.js';
import { boundaries } from './within.js';

const longestPhrase = 200; // code points of which mentions are looked for
const points = (text) => [...text].length;
const here = (path) => new URL(path, import.meta.url).href; // the pages stand at several depths, the scripts at one

/** The part of a paragraph that is selected, as text with the text before it. */
function partOf(paragraph, range) {
  const whole = new Range();
  whole.selectNodeContents(paragraph);
  const part = whole.cloneRange();
  if (range.compareBoundaryPoints(Range.START_TO_START, whole) > 0) part.setStart(range.startContainer, range.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, whole) < 0) part.setEnd(range.endContainer, range.endOffset);
  whole.setEnd(part.startContainer, part.startOffset);
  return { paragraph, before: whole.toString(), text: part.toString() };
}

/** What is selected of a transcript: its turns, and the span of it in the canonical text, without white space at its ends. */
function selected(record, range) {
  const parts = [...record.querySelectorAll('.words p')].filter((paragraph) => range.intersectsNode(paragraph))
    .map((paragraph) => partOf(paragraph, range)).filter(({ text }) => text.trim());
  if (!parts.length) return null;
  const [first, last] = [parts[0], parts.at(-1)];
  const at = ({ paragraph, before }, text) => Number(paragraph.dataset.start) + points(before) + points(text);
  return {
    turns: [...new Set(parts.map(({ paragraph }) => paragraph.closest('.turn')))],
    start: at(first, first.text.slice(0, first.text.length - first.text.trimStart().length)),
    end: at(last, last.text.trimEnd()),
  };
}

/** Selects a span of a turn. */
function select(turn, { start_char_index: start, end_char_index: end }) {
  const paragraphs = [...turn.querySelectorAll('.words p')];
  const point = (at) => {
    const paragraph = paragraphs.findLast(({ dataset }) => Number(dataset.start) <= at);
    return { paragraph, units: [...paragraph.textContent].slice(0, at - Number(paragraph.dataset.start)).join('').length };
  };
  const [from, to] = [point(start), point(end)];
  const { startContainer, startOffset } = boundaries(from.paragraph, from.units, Infinity);
  const { endContainer, endOffset } = boundaries(to.paragraph, 0, to.units);
  getSelection().setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
}

// The toolbar: in the top layer, and in the turn. The keyboard comes to it from the selection by Tab.

const toolbar = el('div', { className: 'chosen', role: 'toolbar', ariaLabel: 'Selected words', popover: 'manual', lang: 'en' });
toolbar.addEventListener('pointerdown', (event) => { if (!event.target.closest('a')) event.preventDefault(); }); // the selection stays
toolbar.addEventListener('mousedown', (event) => event.preventDefault());

function hide() {
  toolbar.remove();
}

/** Puts the toolbar below the selection, or above it where there is no room. */
function place() {
  const selection = getSelection();
  if (!toolbar.isConnected || !selection.rangeCount) return;
  const box = selection.getRangeAt(0).getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = toolbar;
  const below = box.bottom + 8;
  toolbar.style.top = `${below + height < innerHeight ? below : Math.max(8, Math.min(box.top, innerHeight) - height - 8)}px`;
  toolbar.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
}

function show(turn, ...children) {
  toolbar.replaceChildren(...children.filter(Boolean));
  if (toolbar.parentNode !== turn) {
    turn.append(toolbar);
    toolbar.showPopover?.();
  }
  place();
}

const problem = (message) => el('p', { className: 'problem', role: 'status' }, message);

/** A button that says what became of its work. */
function action(name, done, work) {
  const button = el('button', { type: 'button', className: 'plain' }, name);
  button.addEventListener('click', () => work().then(() => { button.textContent = done; }, (failure) => { button.textContent = failure.message; }));
  return button;
}

function actions(citation, collection) {
  const copy = () => navigator.clipboard.writeText(bylined(citation)).catch(() => { throw new Error('The browser did not allow copying'); });
  const clip = async () => (await import('./clippings.js')).clip(citation);
  const phrase = points(citation.quote) <= longestPhrase && here(`mentions${query({ phrase: citation.quote, collection })}`);
  return el('p', { className: 'actions' },
    navigator.clipboard && action('Copy with byline', 'Copied', copy), action('Clip', 'Clipped', clip), phrase && el('a', { href: phrase }, 'All mentions'));
}

/** Offers what can be done with a citation. */
function offer(turn, citation, collection) {
  const who = el('p', { className: 'who', role: 'status' }, el('b', {}, '✓ Verified'), ' ', joined(' · ', attributed(citation), quoting(citation)));
  show(turn, who, citation.doubt && problem(`Who speaks is uncertain: ${citation.doubt}.`), citation.note && problem(`${citation.note[0].toUpperCase()}${citation.note.slice(1)}`),
    actions(citation, collection));
}

// Choosing.

let asking; // aborts the request for a citation that is no longer wanted
let offered; // the span that the toolbar is about

async function choose(record) {
  const selection = getSelection();
  const range = selection.rangeCount && !selection.isCollapsed && selection.getRangeAt(0);
  const chosen = range && range.intersectsNode(record) && selected(record, range);
  if (!chosen) {
    asking?.abort();
    return hide();
  }
  const { turns, start, end } = chosen;
  if (toolbar.isConnected && offered === `${start} ${end}`) return; // what was done with it stays told
  asking?.abort();
  offered = `${start} ${end}`;
  if (turns.length > 1) {
    const name = (turn) => turn.querySelector('h2').textContent.trim();
    return show(turns.at(-1), problem(`These words go over ${turns.length} turns, from ${name(turns[0])} to ${name(turns.at(-1))}. A quotation is of one turn: select the words of each by themselves.`));
  }
  asking = new AbortController();
  const { signal } = asking;
  const cite = async (more) => {
    const about = query({ start: String(start), end: String(end), ...more });
    return (await request(here(`v1/transcripts/${encodeURIComponent(record.dataset.transcript)}/citation${about}`), { signal })).json();
  };
  try {
    offer(turns[0], await cite(), record.dataset.collection);
  } catch (failure) {
    if (failure.name === 'AbortError') return;
    const wider = await cite({ whole_words: 'true' }).catch(() => null);
    if (signal.aborted) return;
    const widen = wider && el('button', { type: 'button', className: 'plain' }, `Take whole words: “${wider.quote.length > 80 ? `${wider.quote.slice(0, 30)} … ${wider.quote.slice(-30)}` : wider.quote}”`);
    widen?.addEventListener('click', () => select(turns[0], wider));
    show(turns[0], problem(wider ? 'The selection begins or ends in the middle of a word.' : failure.message), widen && el('p', { className: 'actions' }, widen));
  }
}

let listening; // stops listening for the transcript before

/** Offers the words that are selected in a transcript as a quotation. */
export function selection(record) {
  listening?.abort();
  listening = new AbortController();
  const { signal } = listening;
  let pressed = false;
  let settled;
  const settle = () => {
    clearTimeout(settled);
    settled = setTimeout(() => { if (!pressed && record.isConnected) choose(record); }, 150);
  };
  document.addEventListener('selectionchange', settle, { signal });
  document.addEventListener('pointerdown', () => { pressed = true; }, { signal, capture: true });
  for (const end of ['pointerup', 'pointercancel']) {
    document.addEventListener(end, () => { pressed = false; settle(); }, { signal, capture: true });
  }
  addEventListener('scroll', place, { signal, capture: true, passive: true });
  addEventListener('keydown', (event) => {
    if (!toolbar.isConnected) return;
    const leave = event.key === 'Escape';
    const enter = event.key === 'Tab' && !event.shiftKey && !toolbar.contains(document.activeElement);
    if (!leave && !enter) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (leave) hide();
    else toolbar.querySelector('button, a')?.focus();
  }, { signal, capture: true });
}
