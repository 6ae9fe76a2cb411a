// Searching within a transcript, and walking through what was found: the places of words, or
// the turns of a speaker. Words are found whatever their case and their typographic marks;
// what is marked is the record's own characters, no more and no less.

import { el } from './page.js';

// The pattern of words.

const marks = '\'‘’‚‛`´′ʼ"“”„‟″«»‹›「」『』';
const dashes = '-‐‑‒–—―−';
const unseen = '[\\p{Cf}\\u034F\\uFE00-\\uFE0F]*'; // soft hyphens, joiners, marks of direction
const ligatures = { ffi: ['ﬃ', 'fﬁ', 'ﬀi'], ffl: ['ﬄ', 'fﬂ', 'ﬀl'], ff: ['ﬀ'], fi: ['ﬁ'], fl: ['ﬂ'] };
const quoted = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** What one character of a search matches, or several that are one where it is printed. */
function glyph(text) {
  if (/\s/.test(text)) return '\\s+';
  if (text === '…' || text === '...') return '(?:…|\\.\\s?\\.\\s?\\.)';
  if (marks.includes(text)) return `[${marks}]`;
  if (dashes.includes(text)) return `[${dashes.replace('-', '\\-')}]`;
  const wide = /^[!-~]$/.test(text) && String.fromCodePoint(text.codePointAt(0) + 0xFEE0);
  const cast = ligatures[text.toLowerCase()] ?? [];
  const letters = cast.length ? [...text].map(glyph).join(unseen) : quoted(text);
  const forms = [letters, ...[text.normalize('NFD'), wide, ...cast].filter(Boolean).map(quoted)];
  return `(?:${[...new Set(forms)].join('|')})`;
}

/** Finds words as they may be printed. It ends behind the accents of its last letter. */
function patternOf(words) {
  const glyphs = words.trim().normalize('NFC').match(/\s+|\.\.\.|ffi|ffl|ff|fi|fl|./giu);
  return glyphs && new RegExp(`${glyphs.map(glyph).join(unseen)}(?!\\p{M})`, 'giu');
}

// Places of words.

/** The text of a paragraph from one UTF-16 offset to another, as boundary points. */
export function boundaries(paragraph, from, to) {
  const nodes = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  const points = {};
  let before = 0;
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const end = before + node.length;
    if (from >= before && from < end) Object.assign(points, { startContainer: node, startOffset: from - before });
    if (to > before && to <= end) Object.assign(points, { endContainer: node, endOffset: to - before });
    before = end;
  }
  return points;
}

let settling; // the frame in which it is scrolled again
for (const ownWay of ['wheel', 'touchmove', 'keydown', 'pointerdown']) addEventListener(ownWay, () => cancelAnimationFrame(settling), { capture: true, passive: true });

/**
 * Scrolls to an element, or to a range in one. Turns get their true heights only once they are
 * near, a frame or several later, so that it is scrolled again until what is shown stays
 * where it is for some frames, or the reader scrolls.
 */
export function reveal(target, block = 'center') {
  const top = () => target.getBoundingClientRect().top;
  const scroll = () => {
    if (target instanceof Element) target.scrollIntoView({ block, behavior: 'instant' });
    else centre(target);
    return top();
  };
  const settle = (at, frames, calm) => {
    settling = requestAnimationFrame(() => {
      const stayed = Math.abs(top() - at) < 1;
      if (frames && calm < 20) settle(stayed ? at : scroll(), frames - 1, stayed ? calm + 1 : 0);
    });
  };
  cancelAnimationFrame(settling);
  settle(scroll(), 240, 0);
}

/** Scrolls a range to the middle: its paragraph may be larger than the window. */
function centre(range) {
  const paragraph = range.startContainer.parentElement.closest('p');
  paragraph.scrollIntoView({ block: 'center', behavior: 'instant' });
  let scroller = paragraph;
  while (scroller && !/auto|scroll/.test(getComputedStyle(scroller).overflowY)) scroller = scroller.parentElement;
  const box = scroller?.getBoundingClientRect() ?? { top: 0, height: innerHeight };
  const { top, height } = range.getBoundingClientRect();
  (scroller ?? window).scrollBy({ top: top + height / 2 - box.top - box.height / 2, behavior: 'instant' });
}

const highlights = globalThis.CSS?.highlights;

/** Marks places: by the browser's highlights, which leave the page as it is, or else by elements. */
function mark(places) {
  if (highlights) {
    highlights.set('found', new Highlight(...places.map(({ paragraph, from, to }) => new StaticRange(boundaries(paragraph, from, to)))));
    return;
  }
  for (const { paragraph, from, to } of places.toReversed()) { // what is in front keeps its offsets
    const nodes = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    const parts = [];
    for (let before = 0, node = nodes.nextNode(); node; before += node.length, node = nodes.nextNode()) {
      if (before < to && from < before + node.length) parts.push([node, Math.max(from - before, 0), Math.min(to - before, node.length)]);
    }
    for (const [node, start, end] of parts) {
      node.splitText(end);
      const part = node.splitText(start);
      const found = el('span', { className: 'found' });
      part.replaceWith(found);
      found.append(part);
    }
  }
}

function unmark(record) {
  highlights?.delete('found');
  highlights?.delete('found-now');
  const touched = new Set();
  for (const found of record.querySelectorAll('.found')) {
    touched.add(found.parentNode);
    found.replaceWith(...found.childNodes);
  }
  touched.forEach((parent) => parent.normalize());
}

/** Shows which of the places is looked at, and scrolls there. */
function look(record, { turn, paragraph, from, to }) {
  record.querySelectorAll('.turn.now').forEach((other) => other.classList.remove('now'));
  if (turn) {
    turn.classList.add('now');
    reveal(turn, 'start');
    return;
  }
  const range = new Range();
  const { startContainer, startOffset, endContainer, endOffset } = boundaries(paragraph, from, to);
  range.setStart(startContainer, startOffset);
  range.setEnd(endContainer, endOffset);
  highlights?.set('found-now', Object.assign(new Highlight(range), { priority: 1 }));
  if (!highlights) {
    record.querySelectorAll('.found.now').forEach((other) => other.classList.remove('now'));
    startContainer.parentNode.classList.add('now');
  }
  reveal(range);
}

// The field.

/** Puts the search into the tools of a transcript. Returns what walks through other places, {turn} of a name. */
export function within(record) {
  const field = el('input', { type: 'search', name: 'within', placeholder: 'Search within', ariaLabel: 'Search within this transcript', autocomplete: 'off', spellcheck: false });
  const count = el('output', { role: 'status' });
  const step = (name, sign, by) => {
    const button = el('button', { type: 'button', className: 'step', ariaLabel: name, title: name, hidden: true }, sign);
    button.addEventListener('click', () => go(by));
    return button;
  };
  const steps = [step('Previous', '↑', -1), step('Next', '↓', 1)];
  const form = el('form', { className: 'within', role: 'search' }, field, count, ...steps);
  record.querySelector('.tools').prepend(form);

  let places = [];
  let at = -1;
  let name = ''; // of whom the places are, if they are a speaker's turns
  let paragraphs; // of the transcript with their texts, read when first searched

  function draw(none = '') {
    steps.forEach((button) => { button.hidden = places.length === 0; });
    count.textContent = places.length ? `${name ? `${name}: ` : ''}${at + 1} of ${places.length}` : none;
  }
  function go(by) {
    if (!places.length) return;
    at = (at + by + places.length) % places.length;
    draw();
    look(record, places[at]);
  }
  /** Begins with the first place that is not above what is being read. */
  function show(found) {
    places = found;
    const top = record.querySelector('.tools').getBoundingClientRect().bottom;
    const turnOf = (place) => place.turn ?? place.paragraph.closest('.turn');
    at = Math.max(0, places.findIndex((place) => turnOf(place).getBoundingClientRect().bottom > top));
    go(0);
  }
  function clear() {
    unmark(record);
    record.querySelectorAll('.turn.now').forEach((other) => other.classList.remove('now'));
    [places, at, name] = [[], -1, ''];
  }
  function search() {
    clear();
    const pattern = patternOf(field.value);
    if (!pattern) return draw();
    paragraphs ??= [...record.querySelectorAll('.words p')].map((paragraph) => [paragraph, paragraph.textContent]);
    const found = paragraphs.flatMap(([paragraph, text]) => Array.from(text.matchAll(pattern),
      (match) => ({ paragraph, from: match.index, to: match.index + match[0].length })));
    draw('Nothing matches');
    if (!found.length) return;
    mark(found);
    show(found);
  }

  let typing;
  field.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(search, 120);
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  field.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const by = { Enter: event.shiftKey ? -1 : 1, ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by) {
      event.preventDefault();
      go(by);
    }
    if (event.key === 'Escape' && field.value) {
      event.preventDefault();
      event.stopPropagation();
      field.value = '';
      search();
    }
  });
  return (who, turns) => {
    field.value = '';
    clear();
    name = who;
    show(turns);
    steps[1].focus({ preventScroll: true });
  };
}
