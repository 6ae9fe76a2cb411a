// An answer on the page: its text, the cards of its citations, and what can be done with them.
//
// Everything that comes from the server enters the page as text, never as markup.
// Offsets count Unicode code points, as everywhere in the API, never UTF-16 units.

import { affiliation, attributed, bylined, credited, el, joined, place, plural, quoting, roles, source } from './page.js';
import { clip, clippingID, clippings, remove } from './clippings.js';
import { exportMenu } from './exporting.js';
import { withoutLack } from './lack.js';
import { hear } from './media.js';
import { ratingControl } from './rating.js';

const reasons = {
  fabricated: 'Not in the record:',
  altered: 'Close to the record, but not its words:',
  misattributed: 'Said by somebody else:',
  stitched: 'Joined from several places:',
  ambiguous: 'Said in several places, none of which could be chosen:',
  unsupported: 'Without support in the record:',
  claim: 'The model’s own words, for which the record does not vouch:',
};
const meanings = {
  exact: 'These words stand in the record, character for character, inside one turn of this speaker.',
  normalized: 'The words are the record’s. Quotation marks, dashes or spaces had differed, and its own were put in.',
};

/** Turns each [1] into a link to its card, kept on the line of the word before it. */
function numbered(text, key) {
  return text.split(/\s*\[(\d+)\]/).flatMap((part, i) => (i % 2 === 0 ? [part]
    : ['\u00a0', el('a', { className: 'number', href: `#${key}-${part}`, ariaLabel: `Source ${part}` }, part)]));
}

/** Sets an answer in paragraphs; marks and numbers beside quoted words stay with them, and long quotations stand apart. */
function prose({ text, citations }, key) {
  const body = el('div', {}, el('p'));
  const points = Array.from(text);
  const say = (words) => words.split(/\n+/).forEach((line, i) => {
    if (i > 0 && body.lastChild.hasChildNodes()) body.append(el('p'));
    body.lastChild.append(...numbered(line, key).filter(Boolean));
  });
  let from = 0;
  for (const cited of citations.filter(({ redacted }) => !redacted).toSorted((a, b) => a.answer_start - b.answer_start)) {
    const start = cited.answer_start - (points[cited.answer_start - 1] === '“' ? 1 : 0);
    if (start < from || start >= points.length) continue;
    const rest = points.slice(cited.answer_end).join('');
    const beside = /^”?(\s*\[\d+\])*[.,;]?/.exec(rest)[0];
    const apart = cited.answer_end - start > 70 && /^\s*($|\p{Lu}|“)/u.test(rest.slice(beside.length));
    const quoted = points.slice(start, cited.answer_end).join(''); // the record's: brackets in it are no numbers of ours
    say(points.slice(from, start).join(''));
    body.lastChild.append(el('q', { className: apart ? 'apart' : '' }, quoted, ...numbered(beside, key)));
    from = cited.answer_end + beside.length;
  }
  say(points.slice(from).join(''));
  return body;
}

// The cards of citations.

function copyButton(citation) {
  const button = el('button', { type: 'button', className: 'plain', hidden: !navigator.clipboard }, 'Copy quotation');
  button.addEventListener('click', () => navigator.clipboard.writeText(bylined(citation)).then(
    () => { button.textContent = 'Copied'; }, () => { button.textContent = 'The browser did not allow copying'; }));
  return button;
}

/** Says on a button whether its citation is kept. */
function drawClip(button, kept = clippings()) {
  button.ariaPressed = String(kept.some(({ id }) => id === button.value));
  button.textContent = button.ariaPressed === 'true' ? 'Clipped' : 'Clip';
}

/** Keeps a citation among the clippings of this browser, or takes it out again. */
function clipButton(citation) {
  const button = el('button', { type: 'button', className: 'plain clip', value: clippingID(citation) });
  button.addEventListener('click', () => {
    try {
      if (button.ariaPressed === 'true') remove(button.value);
      else clip(citation);
    } catch (failure) {
      button.textContent = failure.message;
    }
  });
  drawClip(button);
  return button;
}

addEventListener('clippings', () => {
  const kept = clippings();
  document.querySelectorAll('button.clip').forEach((button) => drawClip(button, kept));
});

/** The question that was asked, cut short until it is opened, and the quotation among its neighbours. */
function context({ question, quote, prefix, suffix }) {
  return el('details', { className: 'context' },
    el('summary', {}, ...(question ? [el('b', { title: question.doubt || '' }, attributed(question), ' asked: '), question.text] : ['In context'])),
    el('p', {}, `…${prefix || ''}`, el('mark', {}, quote), `${suffix || ''}…`));
}

/** What it means that a quotation is verified, and what it does not mean. */
function meaning(citation) {
  return joined(' ', meanings[citation.status], citation.doubt && `Who speaks is uncertain: ${citation.doubt}.`,
    quoting(citation) && 'The speaker reads words aloud, or repeats another’s.');
}

/** The card of a citation: it tells whose the words are, or why there are none any more. */
function card(citation, key) {
  if (citation.redacted) return el('li', { id: `${key}-${citation.number}`, value: citation.number }, el('p', { className: 'where problem' }, `Redacted: ${citation.redacted_reason}`));
  return el('li', { id: `${key}-${citation.number}`, value: citation.number },
    el('p', { className: 'who' }, credited(citation), joined(' · ', affiliation(citation), quoting(citation))),
    context(citation),
    el('p', { className: 'where' }, citation.role ? `${roles[citation.role]} · ` : '', el('a', { href: place(citation) }, source(citation))),
    el('div', { className: 'actions' },
      el('details', {}, el('summary', {}, `✓ Verified, ${citation.status}`), meaning(citation)),
      hear(citation), copyButton(citation), clipButton(citation)));
}

// What stands below an answer.

function nearest(hits) {
  return el('section', { className: 'nearest' }, el('h3', {}, 'The nearest the record comes'),
    ...hits.slice(0, 5).map((hit) => el('a', { href: place(hit) }, el('b', { title: hit.doubt || '' }, joined(', ', attributed(hit), quoting(hit))),
      el('span', { className: 'excerpt' }, hit.text), el('small', {}, source(hit)))));
}

/** What a model wrote and the answer does not show: folded, and as text, whatever it may look like. */
function withheld(items) {
  const summary = `${plural(items.length, 'statement')} ${items.length === 1 ? 'was' : 'were'} withheld`;
  return el('details', { className: 'withheld' }, el('summary', {}, summary),
    el('ul', {}, ...items.map((item) => el('li', {}, el('b', {}, reasons[item.reason] || item.reason), ` ${item.text}`))));
}

/** Who wrote an answer, once it is whole, and how its question was understood. */
function made({ mode, model, answerable, notice, question, standalone_question: understood }) {
  if (!mode) return '';
  const by = mode === 'llm' ? `Written by ${model}; the program put the quotations in, from the record.`
    : answerable && !notice && 'Made of the record’s own sentences, not written by a model.';
  return el('p', { className: 'made' }, joined(' ', understood !== question && `Understood as: ${understood}`, by));
}

/** The place of one question and its answer; its parts are drawn again as the answer grows. */
export function exchange(question, key) {
  const status = el('p', { className: 'status', role: 'status' }, 'Searching the record…');
  const body = el('div', { className: 'answer', ariaLive: 'polite', ariaBusy: 'true' });
  const cards = el('ol', { className: 'sources', ariaLabel: 'Sources', hidden: true });
  const closing = el('div');
  const article = el('article', { className: 'exchange' }, el('h2', { dir: 'auto' }, question), status, el('div', { className: 'reply' }, body, closing), cards);
  let cited = '[]';
  const show = (told) => {
    const draft = { ...told, notice: withoutLack(told.notice) };
    if (draft.hits && !draft.text) status.textContent = `Reading ${plural(draft.hits.length, 'turn')}…`;
    body.replaceChildren(prose(draft, key), draft.notice ? el('p', { className: 'notice' }, draft.notice) : '',
      draft.answerable === false && draft.nearest?.length ? nearest(draft.nearest) : '',
      made(draft), draft.withheld?.length ? withheld(draft.withheld) : '');
    if (cited === JSON.stringify(draft.citations)) return; // cards left open stay open
    cited = JSON.stringify(draft.citations);
    cards.replaceChildren(...draft.citations.map((citation) => card(citation, key)));
    cards.hidden = !draft.citations.length;
  };
  const offer = (whole, ratings = []) => {
    closing.replaceChildren(ratingControl(whole.id, ratings), exportMenu(whole));
    whole.citations.forEach(({ number, redacted }, i) => redacted || cards.children[i].append(ratingControl(whole.id, ratings, number)));
  };
  const end = (problem = '', ...ways) => {
    body.ariaBusy = 'false';
    status.replaceChildren(problem, ...ways);
    status.classList.add('problem');
  };
  return { article, show, offer, end };
}
