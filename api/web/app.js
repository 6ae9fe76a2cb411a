// The ask page, and the few comforts that the transcript page gains from a script.
//
// Everything that comes from the server enters the page as text, never as markup.
// Offsets count Unicode code points, as everywhere in the API, never UTF-16 units.

import { $, affiliation, attributed, credited, el, joined, longDate, place, plural, query, quoting, request, source } from './page.js';
import { hear } from './media.js';
import { ratingControl, ratingsOf } from './rating.js';

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

/** Reads server-sent events as [name, data] pairs; the server writes each datum on one line. */
async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const blocks = (buffer + read.value).split('\n\n');
    buffer = blocks.pop();
    for (const block of blocks) {
      const data = /^data: ?(.*)$/m.exec(block)?.[1];
      if (data) yield [/^event: ?(.*)$/m.exec(block)?.[1], JSON.parse(data)];
    }
  }
}

/** Asks, hands every state of the draft to show, and returns the whole answer. */
async function answer(body, signal, show) {
  const response = await request('v1/answers', {
    method: 'POST', signal, body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
  });
  const draft = { text: '', citations: [], withheld: [] };
  for await (const [name, data] of events(response)) {
    if (name === 'done') return data;
    if (name === 'error') throw new Error(data.detail || data.title);
    if (name === 'retrieval') draft.hits = data.hits;
    if (name === 'citation') draft.citations.push(data);
    if (name === 'withheld') draft.withheld.push(data);
    if (name === 'delta') draft.text += data.text;
    show(draft);
  }
  throw new Error('The connection broke before the answer was complete. Please ask again.');
}

// An answer on the page.

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
  for (const cited of citations.toSorted((a, b) => a.answer_start - b.answer_start)) {
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

function copyButton(citation) {
  const button = el('button', { type: 'button', className: 'plain', hidden: !navigator.clipboard }, 'Copy quotation');
  const text = `“${citation.quote}”\n— ${joined(', ', attributed(citation), quoting(citation))}. ${source(citation)}.\n${citation.url || place(citation)}\n`;
  button.addEventListener('click', () => navigator.clipboard.writeText(text).then(
    () => { button.textContent = 'Copied'; }, () => { button.textContent = 'The browser did not allow copying'; }));
  return button;
}

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

function card(citation, key) {
  return el('li', { id: `${key}-${citation.number}`, value: citation.number },
    el('p', { className: 'who' }, credited(citation), joined(' · ', affiliation(citation), citation.role === 'question' && 'asking', quoting(citation))),
    context(citation),
    el('a', { href: place(citation) }, source(citation)),
    el('div', { className: 'actions' },
      el('details', {}, el('summary', {}, `✓ Verified, ${citation.status}`), meaning(citation)),
      hear(citation), copyButton(citation)));
}

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

const formats = {
  docx: 'Word', pdf: 'PDF', html: 'Web page', md: 'Markdown', json: 'JSON', csl: 'CSL-JSON', bib: 'BibLaTeX', ris: 'RIS', csv: 'Table (CSV)',
};
const styles = { chicago: 'Chicago', apa: 'APA', mla: 'MLA' };

function choice(label, name, options) {
  return el('label', {}, `${label} `, el('select', { name }, ...Object.entries(options).map(([value, words]) => el('option', { value }, words))));
}

/** Downloads an answer, or the whole conversation, as a document. */
function exportMenu({ id, conversation_id: conversation }) {
  const button = (words, kind, which) => el('button', { type: 'submit', className: 'quiet', formAction: `v1/${kind}/${encodeURIComponent(which)}/export` }, words);
  return el('details', { className: 'export' }, el('summary', {}, 'Export'),
    el('form', { method: 'get' }, choice('Format', 'format', formats), choice('Notes', 'style', styles),
      button('This answer', 'answers', id), button('The conversation', 'conversations', conversation)));
}

/** The place of one question and its answer; its parts are drawn again as the answer grows. */
function exchange(question, key) {
  const status = el('p', { className: 'status', role: 'status' }, 'Searching the record…');
  const body = el('div', { className: 'answer', ariaLive: 'polite', ariaBusy: 'true' });
  const cards = el('ol', { className: 'sources', ariaLabel: 'Sources', hidden: true });
  const closing = el('div');
  const article = el('article', { className: 'exchange' }, el('h2', {}, question), status, el('div', { className: 'reply' }, body, closing), cards);
  let cited = '[]';
  const show = (told) => {
    const draft = { ...told, notice: told.notice?.replace(lack, '').trim() };
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
    whole.citations.forEach(({ number }, i) => cards.children[i].append(ratingControl(whole.id, ratings, number)));
  };
  const end = (problem = '') => {
    body.ariaBusy = 'false';
    status.textContent = problem;
    status.classList.add('problem');
  };
  return { article, show, offer, end };
}

// What searches lack.

let lack = ''; // as the server tells it, here and with the first answer of a conversation

/** Tells what searches lack as the server is set up, until the reader dismisses it. */
async function showLack() {
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

// The conversation.

let conversation = ''; // the id that a follow-up continues
let asking = null; // aborts the answer that is being written

function filter() {
  return Object.fromEntries([...new FormData($('ask'))].filter(([name, value]) => name !== 'q' && value));
}

/** Adds the place of a question to the conversation. */
function append(question) {
  const place = exchange(question, `source-${$('conversation').children.length + 1}`);
  $('conversation').append(place.article);
  drawForm();
  return place;
}

/** Shows an answer that was given before; follow-ups continue its conversation, among the same transcripts. */
async function reopen(id) {
  try {
    const whole = await (await request(`v1/answers/${encodeURIComponent(id)}`)).json();
    const { show, offer, end } = append(whole.question);
    conversation = whole.conversation_id;
    for (const field of $('ask').querySelectorAll('.fields input')) field.value = whole.filter?.[field.name] || '';
    show(whole);
    end();
    offer(whole, await ratingsOf(whole.id).catch(() => [])); // it can be rated anew when what is kept cannot be read
  } catch (failure) {
    append('This answer cannot be shown').end(failure.message);
  }
  drawForm();
}

async function ask(question) {
  const { article, show, offer, end } = append(question);
  const body = { question, filter: filter(), conversation_id: conversation || undefined };
  asking = new AbortController();
  drawForm();
  article.scrollIntoView();
  try {
    const whole = await answer(body, asking.signal, show);
    conversation = whole.conversation_id;
    history.replaceState(null, '', query({ answer: whole.id })); // to load the page again is not to ask again
    show(whole);
    offer(whole);
    end();
  } catch (failure) {
    end(failure.name === 'AbortError' ? 'Stopped.' : failure.message);
    $('question').value ||= question;
  }
  asking = null;
  drawForm();
}

function drawForm() {
  const begun = $('conversation').hasChildNodes();
  const filters = Object.keys(filter()).length;
  const button = $('ask').querySelector('[type=submit]');
  button.textContent = asking ? 'Stop' : 'Ask';
  button.formNoValidate = Boolean(asking); // stopping needs no question
  $('question-label').textContent = begun ? 'Ask a follow-up' : 'Your question';
  $('filters-set').textContent = filters ? ` (${plural(filters, 'filter')} set)` : '';
  $('intro').hidden = begun;
  $('restart').hidden = !begun;
}

function submit(event) {
  event.preventDefault();
  const question = $('question').value.trim();
  if (asking) return asking.abort();
  if (question) ask(question);
  $('question').value = '';
}

// The record.

/** Invites to add transcripts where there are none. */
async function invite() {
  const { collections } = await (await request('v1/collections')).json();
  $('empty').hidden = collections.length > 0;
}

/** Offers the names of the collection's speakers to the filter. */
async function offerSpeakers() {
  const page = await (await request(`v1/speakers${query({ collection: filter().collection, limit: 200 })}`)).json();
  const names = page.speakers.flatMap((speaker) => [speaker.name, ...speaker.aliases.map((alias) => alias.name)]);
  $('speakers').replaceChildren(...[...new Set(names)].map((value) => el('option', { value })));
}

/** Tells what there is to ask; whatever cannot be told, a question will tell. */
const showRecord = () => Promise.all([invite(), offerSpeakers()]).catch(() => {});

function startAskPage() {
  $('ask').addEventListener('submit', submit);
  $('ask').addEventListener('change', drawForm);
  $('ask').elements.collection.addEventListener('change', showRecord);
  document.addEventListener('kept', showRecord); // by upload.js
  $('question').addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!asking) $('ask').requestSubmit();
  });
  showLack().catch(() => {}); // whatever is wrong, a question will tell
  const asked = new URLSearchParams(location.search);
  if (asked.get('answer')) reopen(asked.get('answer')).then(showRecord);
  else showRecord();
  if (asked.get('q')) ask(asked.get('q'));
}

if ($('ask')) startAskPage();
document.querySelectorAll('time').forEach((time) => { time.textContent = longDate(time.dateTime); });
document.querySelector('main mark')?.scrollIntoView({ block: 'center', behavior: 'instant' });
