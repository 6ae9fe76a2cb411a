// The page that checks a draft. As everywhere, what comes from the server or from
// the draft enters the page as text.

import { hear } from './media.js';
import { $, attributed, el, joined, place, plural, query, quoting, request, source } from './page.js';

const labels = {
  exact: 'Exact',
  normalized: 'Exact, but for typography',
  edited: 'Edited',
  unchecked: 'Not checked',
  altered: 'Altered',
  misattributed: 'Said by somebody else',
  stitched: 'Put together',
  ambiguous: 'Said by several',
  not_found: 'Not in the record',
  unchanged: 'Unchanged',
  moved: 'Still said, in a newer version',
  changed: 'Changed in the record',
  gone: 'No longer in the record',
};
const passes = ({ status }) => ['exact', 'normalized', 'edited', 'unchanged', 'moved'].includes(status);
const tags = { equal: 'span', delete: 'del', insert: 'ins' };

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

function row(verdict) {
  const { quote, claimed_speaker: speaker, line, status, edits, citation, closest, places, note } = verdict;
  const found = closest ? [closest.citation] : places.length ? places : [citation].filter(Boolean);
  return el('tr', { className: passes(verdict) ? 'holds' : 'fails' },
    el('td', {}, el('b', {}, labels[status] || status), el('small', {}, joined(', ', line && `line ${line}`, speaker && `credited to ${speaker}`))),
    el('td', {}, el('q', {}, ...(closest ? differences(closest.diff) : [quote])), ...edits.map(changed), note ? el('small', {}, note) : ''),
    el('td', {}, ...found.map(placed)));
}

function show({ quotes, short }) {
  const failed = quotes.filter((quote) => !passes(quote)).length;
  const heads = ['Verdict', 'In the draft', 'In the record'].map((name) => el('th', { scope: 'col' }, name));
  $('verdicts').replaceChildren(
    el('p', { className: 'outcome' }, quotes.length === 0 ? 'The draft quotes nobody.'
      : `${plural(quotes.length, 'quotation')}; ${failed ? `${failed} to mend` : 'all of them hold'}.`),
    el('p', { hidden: !short }, `${plural(short, 'short one')} not checked: three words or fewer that nobody is credited with.`),
    el('table', { className: 'verdicts', hidden: !quotes.length }, el('caption', {}, 'The quotations of the draft'),
      el('thead', {}, el('tr', {}, ...heads)), el('tbody', {}, ...quotes.map(row))));
}

/** Sends the file where one is chosen, else the text, with the filter beside it. */
function check() {
  const { text, ...filter } = Object.fromEntries(new FormData($('check')));
  const file = $('file').files[0];
  const body = new FormData();
  body.append('file', file || new File([text], 'draft.md', { type: 'text/markdown' }));
  return request(`v1/verify${query(filter)}`, { method: 'POST', body });
}

async function submit(event) {
  event.preventDefault();
  $('verdicts').replaceChildren(el('p', { className: 'status', role: 'status' }, 'Comparing with the record…'));
  try {
    show(await (await check()).json());
  } catch (failure) {
    $('verdicts').replaceChildren(el('p', { className: 'status problem', role: 'status' }, failure.message));
  }
}

$('check').addEventListener('submit', submit);
$('file').addEventListener('change', () => { $('draft').required = !$('file').files.length; });
