// What the scripts of all pages share: making elements, naming places, asking the server.
//
// Everything that comes from the server enters a page as text, never as markup.

export const $ = (id) => document.getElementById(id);

/** Makes an element. A string becomes text; an absent child becomes nothing. */
export function el(tag, properties, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children.filter(Boolean));
  return node;
}

export const plural = (n, word) => `${n.toLocaleString('en-GB')} ${word}${n === 1 ? '' : 's'}`;
/** Words with the stop at their end that a sentence has. */
export const sentence = (text) => (/[.!?…]$/.test(text) ? text : `${text}.`);
export const joined = (separator, ...words) => words.filter(Boolean).join(separator);
/** What turns do, as people are told. */
export const roles = { question: 'Question', answer: 'Answer', statement: 'Statement', moderator: 'Moderator', narration: 'Editorial text' };
export const titled = (title) => title || 'Untitled transcript';

/** What a transcript prints, without marks of quotation, brackets and numbers of citations: it is not to pass for a quotation in words of ours. */
const fit = (printed) => (printed || '').replace(/[\[{<［【〔][^\p{L}]*[\]}>］】〕]/gu, ' ').replace(/[[\]{}<>［］【】〔〕]/gu, ' ')
  .replace(/(?<!\p{L})['’]|['’](?!\p{L})|(?!['’])[\p{Quotation_Mark}`´′″\p{Bidi_Control}]/gu, '').replace(/\s+/gu, ' ').trim();

/** A name or an affiliation as a byline has it: it ends at a colon or a line's end, behind which somebody speaks. */
const name = (printed) => fit((printed || '').trim().split(/[:：\n\r\u2028\u2029]/u)[0]);

/** For whom somebody speaks, unless who does is uncertain. */
export const affiliation = (turn) => (turn.doubt ? '' : name(turn.affiliation));

/** Who speaks. Who is uncertain is never named plainly. */
export function named({ speaker, label, role, doubt }) {
  if (!doubt) return name(speaker) || (role === 'narration' ? 'Editorial text' : 'Speaker not named');
  return joined(' ', 'Speaker uncertain', name(label) ? `(printed: ${name(label)})` : name(speaker) && `(perhaps ${name(speaker)})`);
}

/** Who speaks and for whom. */
export const attributed = (turn) => joined(', ', named(turn), affiliation(turn));

/** Who speaks, in bold; why that is uncertain shows when it is pointed at. */
export const credited = (turn) => el('b', { className: turn.doubt ? 'doubt' : '', title: turn.doubt || '' }, named(turn));

/** How much of a quotation, or of a hit, its speaker reads aloud, in the words of a byline. */
export function quoting({ read_aloud_spans: spans = [], start_char_index: from, end_char_index: to, start = from, end = to }) {
  if (!spans.length) return '';
  return spans[0].start <= start && end <= spans[0].end ? 'quoting' : 'quoting in part';
}

export const longDate = (iso) => iso && new Date(iso).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** Milliseconds into a recording as people write them: 12:05, 1:02:05. */
export function clock(ms) {
  const [seconds, minutes, hours] = [1000, 60_000, 3_600_000].map((unit) => Math.floor(ms / unit));
  const padded = (n) => String(n % 60).padStart(2, '0');
  return hours ? `${hours}:${padded(minutes)}:${padded(seconds)}` : `${minutes}:${padded(seconds)}`;
}

/** Where words stand, for a reader. */
export function source({ transcript_title: title, date, start_ms: ms }) {
  return joined(', ', titled(fit(title)), longDate(date), ms != null && `at ${clock(ms)}`);
}

/** The same as a link: to the quotation of a citation, or to the turn of a hit. */
export function place({ transcript_id: id, turn, start_char_index: start, end_char_index: end }) {
  const span = start == null ? '' : `?start=${start}&end=${end}`;
  return new URL(`t/${encodeURIComponent(id)}${span}#turn-${turn}`, document.baseURI).href;
}

/** A quotation with its byline and its place, to be put into a text. */
export const bylined = (citation) => `“${citation.quote}”\n— ${joined(', ', attributed(citation), quoting(citation))}. ${source(citation)}.\n${citation.url || place(citation)}\n`;

/** Asks before something goes for good; resolves to whether it shall. */
export function confirmed(question, name, consequences, verb) {
  const stay = el('button', { className: 'quiet', value: '', autofocus: true }, 'Cancel');
  const go = el('button', { className: 'primary', value: 'go' }, verb);
  const dialog = el('dialog', { className: 'confirm' }, el('form', { method: 'dialog' },
    el('h2', { id: 'confirm-title' }, question), el('p', { className: 'name', dir: 'auto' }, name), ...consequences.map((words) => el('p', {}, words)), el('div', { className: 'row' }, stay, go)));
  dialog.setAttribute('aria-labelledby', 'confirm-title');
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      done(dialog.returnValue === 'go');
    });
  });
}

// Talking to the server.

export const query = (fields) => `?${new URLSearchParams(Object.entries(fields).filter(([, value]) => value))}`;

/** Fetches, and makes of every failure an Error in words: the detail of an RFC 9457 problem where there is one. */
export async function request(path, options) {
  const response = await fetch(path, options).catch((failure) => {
    if (failure.name === 'AbortError') throw failure;
    throw new Error('Pullquote cannot be reached. Is it still running?');
  });
  if (response.ok) return response;
  throw await failureOf(response);
}

/** A refusal as an Error in words. */
export async function failureOf(response) {
  const problem = await response.json().catch(() => ({}));
  const failure = new Error(problem.detail || problem.title || `The server answered ${response.status}.`);
  failure.status = response.status;
  return failure;
}
