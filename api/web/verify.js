// The page that checks a draft: its own text, each verdict beside its words. As everywhere,
// what comes from the server or from the draft enters the page as text, and offsets count code
// points.

import { offerCollections } from './choices.js';
import { bind } from './keys.js';
import { hear } from './media.js';
import { $, attributed, el, joined, place, plural, query, quoting, request, source } from './page.js';

/** What verdicts are called, and of which kind they are. */
const verdicts = {
  exact: ['Exact', 'holds'],
  normalized: ['Exact, but for typography', 'holds'],
  unchanged: ['Unchanged', 'holds'],
  moved: ['Still said, in a newer version', 'holds'],
  edited: ['Edited', 'edited'],
  unchecked: ['Not checked', 'open'],
  ambiguous: ['Said by several', 'open'],
  altered: ['Altered', 'fails'],
  misattributed: ['Said by somebody else', 'fails'],
  stitched: ['Put together', 'fails'],
  not_found: ['Not in the record', 'fails'],
  changed: ['Changed in the record', 'fails'],
  gone: ['No longer in the record', 'fails'],
};
const signs = { holds: '✓', edited: '✎', open: '?', fails: '✗' }; // beside the colours of the kinds
const named = (status) => verdicts[status]?.[0] ?? status;
const kindOf = (status) => verdicts[status]?.[1] ?? 'fails';
const passes = ({ status }) => ['holds', 'edited'].includes(kindOf(status));
const tags = { equal: 'span', delete: 'del', insert: 'ins' };

// A verdict.

/** The words of a draft, what has to go struck through and what is missing marked. */
function differences(parts) {
  return parts.flatMap(({ op, text }, i) => [i > 0 && !/^[.,;:!?…)’”]/.test(text) ? ' ' : '', el(tags[op], {}, text)]);
}

function placed(citation) {
  return el('p', {}, el('b', { title: citation.doubt || '' }, joined(', ', attributed(citation), quoting(citation))), ` “${citation.quote}” `,
    el('a', { href: place(citation) }, source(citation)), ' ', hear(citation));
}

/** What an editor changed, and what the record has there. */
const changed = ({ kind, original }) => el('small', {}, kind.replace('_', ' '), original ? `: “${original}” in the record` : '');

/** Has something belong to a verdict, by whose number it is found. */
function belonging(number, node) {
  node.dataset.verdict = number;
  return node;
}

function card({ quote, claimed_speaker: speaker, line, status, edits, citation, closest, places, note, number, start }) {
  const found = closest ? [closest.citation] : places.length ? places : [citation].filter(Boolean);
  return belonging(number, el('li', { className: kindOf(status), id: `verdict-${number}`, tabIndex: -1 },
    el('p', {}, start == null ? el('span', { className: 'number' }, String(number)) : el('a', { className: 'number', href: `#words-${number}`, ariaLabel: `${number}: its words in the draft` }, String(number)), ' ',
      el('b', {}, `${signs[kindOf(status)]} ${named(status)}`), el('small', {}, joined(', ', line && `line ${line}`, speaker && `credited to ${speaker}`))),
    closest ? el('q', {}, ...differences(closest.diff)) : start == null ? el('q', {}, quote) : '',
    ...edits.map(changed), note && el('small', {}, note), ...found.map(placed)));
}

// The draft's text.

/** The words from one place to another, those of quotations marked, each by the innermost that they are in; a number stands where one ends. */
function marked(points, from, to, quoted) {
  const edges = new Set([from, to, ...quoted.flatMap(({ start, end }) => [start, end]).filter((at) => from < at && at < to)]);
  const cuts = [...edges].toSorted((a, b) => a - b);
  return cuts.slice(1).flatMap((end, i) => {
    const words = points.slice(cuts[i], end).join('');
    const inner = quoted.findLast((quote) => quote.start <= cuts[i] && quote.end >= end);
    const numbers = quoted.filter((quote) => quote.end === end).map(({ number, status }) => belonging(number, el('a', {
      className: `number ${kindOf(status)}`, href: `#verdict-${number}`, ariaLabel: `Verdict ${number}: ${named(status)}` }, `${signs[kindOf(status)]} ${number}`)));
    return [inner ? belonging(inner.number, el('mark', { className: kindOf(inner.status) }, words)) : words, ...numbers];
  });
}

/** The draft paragraph by paragraph, with the verdicts on the quotations that begin in each beside it. */
function paragraphs(text, quotes) {
  const points = Array.from(text);
  const quoted = quotes.filter(({ start }) => start != null).toSorted((a, b) => a.start - b.start || b.end - a.end);
  let from = 0;
  return text.split(/\n{2,}/).map((paragraph) => {
    while (points[from] === '\n') from += 1;
    const to = from + Array.from(paragraph).length;
    const here = quoted.filter(({ start, end }) => start < to && end > from);
    const begun = here.filter(({ start }) => start >= from);
    const row = el('div', { className: 'paragraph' }, el('p', { dir: 'auto' }, ...marked(points, from, to, here)), begun.length && list(begun));
    from = to;
    return row;
  });
}

const list = (quotes) => el('ol', { className: 'verdicts' }, ...quotes.toSorted((a, b) => a.number - b.number).map(card));

// Going from one verdict to the next.

const wordsOf = (number) => $('verdicts').querySelector(`mark[data-verdict="${number}"]`); // none where the quotations within have all of them
const linkTo = (number) => $('verdicts').querySelector(`a.number[href="#verdict-${number}"]`);

/** Shows which verdict is looked at, with its words: both where there is room, else what it leads to. */
function look(number, toWords = false) {
  for (const node of $('verdicts').querySelectorAll('[data-verdict]')) node.classList.toggle('now', node.dataset.verdict === number);
  const [words, verdict] = [wordsOf(number), $(`verdict-${number}`)];
  for (const node of toWords ? [verdict, words] : [words, verdict]) node?.scrollIntoView({ block: 'nearest' });
}

function step(by) {
  const all = [...$('verdicts').querySelectorAll('.verdicts > li')];
  const at = all.findIndex((item) => item.classList.contains('now'));
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
  if (!next) return;
  look(next.dataset.verdict);
  next.focus({ preventScroll: true });
}

bind('n', 'The next verdict', () => step(1));
bind('p', 'The verdict before', () => step(-1));

$('verdicts').addEventListener('click', (event) => {
  const node = event.target.closest('[data-verdict]');
  if (!node || !getSelection().isCollapsed || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest('a');
  if (link && !link.classList.contains('number')) return;
  event.preventDefault();
  const { verdict } = node.dataset;
  const toWords = node.matches('li');
  look(verdict, toWords);
  if (link) (toWords ? linkTo(verdict) : $(`verdict-${verdict}`)).focus({ preventScroll: true });
});

// Checking.

function show({ text, quotes, short }, name) {
  const numbered = quotes.map((quote, i) => ({ ...quote, number: String(i + 1) }));
  const noted = numbered.filter(({ start }) => start == null);
  const failed = quotes.filter((quote) => !passes(quote)).length;
  const outcome = quotes.length === 0 ? 'The draft quotes nobody.' : `${plural(quotes.length, 'quotation')}; ${failed ? `${failed} to mend` : 'all of them hold'}.`;
  $('outcome').textContent = joined(': ', name, outcome);
  $('verdicts').replaceChildren(...[
    short && el('p', {}, `${plural(short, 'short one')} not checked: three words or fewer that nobody is credited with.`),
    noted.length && el('section', {}, el('h2', {}, 'Quotations with notes'), list(noted)),
    quotes.length > noted.length && el('section', { ariaLabel: 'The text' }, ...paragraphs(text, numbered))].filter(Boolean));
  for (const { number } of numbered) wordsOf(number)?.setAttribute('id', `words-${number}`);
}

let checking = 0; // the newest: what an earlier one brings is not shown any more

/** Sends a draft with the filter beside it. */
async function check(file, name = '') {
  const mine = ++checking;
  const { text, ...filter } = Object.fromEntries(new FormData($('check')));
  const body = new FormData();
  body.append('file', file ?? new File([text], 'draft.md', { type: 'text/markdown' }));
  $('outcome').className = 'status';
  $('outcome').textContent = 'Comparing with the record…';
  $('verdicts').replaceChildren();
  try {
    const checked = await (await request(`v1/verify${query(filter)}`, { method: 'POST', body })).json();
    if (mine !== checking) return;
    $('outcome').className = 'outcome';
    show(checked, name);
  } catch (failure) {
    if (mine !== checking) return;
    $('outcome').className = 'status problem';
    $('outcome').textContent = failure.message;
  }
}

$('check').addEventListener('submit', (event) => {
  event.preventDefault();
  check();
});
$('file').addEventListener('change', ({ target }) => {
  const [file] = target.files;
  if (file) check(file, file.name);
  target.value = ''; // the same file can be chosen again, and what is typed next is checked next
});
$('check').addEventListener('dragover', (event) => { if (event.dataTransfer.types.includes('Files')) event.preventDefault(); });
$('check').addEventListener('drop', (event) => {
  const [file] = event.dataTransfer.files;
  if (!file) return;
  event.preventDefault();
  check(file, file.name);
});
offerCollections($('check').elements.collection).catch(() => {}); // whatever is wrong, checking will tell
