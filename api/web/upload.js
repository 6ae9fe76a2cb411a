// Adding transcripts, on every page: files are chosen, or dropped anywhere. Each is read by
// the server without being stored, and shown as it was read; only what somebody keeps is
// stored. Everything that waits stands in a dialog, which can be closed and opened again.
// Once all is decided on, the page leads on to asking.
//
// An element that takes dropped files itself prevents the event's default before it gets here.

import './clippings.js'; // counts them in every page's masthead
import './keys.js';
import { credited, el, failureOf, joined, plural, query, quoting, request, titled } from './page.js';

const base = new URL('./', import.meta.url); // of the pages, from wherever this one stands
const turnsShown = 6;
const atOnce = 2; // files that are sent at the same time
const MiB = 1 << 20;

const size = (bytes) => (bytes >= MiB ? `${Math.ceil(bytes / MiB)} MiB` : `${Math.max(1, Math.round(bytes / 1024))} KiB`);

// The dialog.

const collection = el('input', { name: 'collection', placeholder: 'default', autocomplete: 'off', maxLength: 100 });
collection.setAttribute('list', 'collections-known');
const known = el('datalist', { id: 'collections-known' });
const chosen = () => collection.value.trim() || 'default';
const list = el('ol', { className: 'files' });
const summary = el('p', { className: 'summary', role: 'status' });
const keepAll = button('Keep all', () => keepEvery(), 'primary');
const againAll = button('Try all again', () => items.filter(failedForNow).forEach((item) => item.again()), 'quiet');
const ask = el('a', { className: 'primary', href: base.href, hidden: true }, 'Ask a question');
const closing = button('Close', () => dialog.close(), 'plain');
const more = filesInput();
const title = el('h2', { id: 'uploads-title', tabIndex: -1 }, 'Add transcripts');
const dialog = el('dialog', { className: 'uploads' },
  el('header', {}, title, closing),
  el('p', {}, 'This is how the files are read. Nothing is stored before you keep it.'),
  el('label', { className: 'into' }, 'Into the collection ', collection), known, summary, list,
  el('footer', {}, keepAll, againAll, ask, el('label', { className: 'drop' }, el('strong', {}, 'More files'), more)));
dialog.setAttribute('aria-labelledby', title.id);
dialog.lang = 'en';
const waiting = button('', () => open(), 'waiting');
waiting.hidden = true;
document.body.append(waiting, dialog);

function button(words, press, className) {
  const made = el('button', { type: 'button', className }, words);
  made.addEventListener('click', press);
  return made;
}

function filesInput() {
  const input = el('input', { type: 'file', multiple: true });
  input.dataset.upload = '';
  return input;
}

async function open() {
  if (dialog.open) return;
  dialog.showModal();
  title.focus();
  const { collections } = await (await request(new URL('v1/collections', base))).json().catch(() => ({ collections: [] }));
  known.replaceChildren(...collections.map(({ name }) => el('option', { value: name })));
}

const failedForNow = ({ state, refused }) => state === 'failed' && !refused;
const refusal = (words) => Object.assign(new Error(words), { refused: true });

/** What is left to do, in words, and what can be done with all of it. */
function draw() {
  const count = (...states) => items.filter(({ state }) => states.includes(state)).length;
  const [reading, read, kept, failed] = [count('waiting', 'reading', 'keeping'), count('read'), count('kept'), count('failed')];
  summary.textContent = joined(' · ', reading && `${plural(reading, 'file')} in work`, read && `${read} to decide on`, kept && `${kept} kept`, failed && `${failed} not taken`);
  keepAll.hidden = !read;
  keepAll.textContent = read === 1 ? 'Keep it' : `Keep all ${read}`;
  againAll.hidden = items.filter(failedForNow).length < 2;
  ask.hidden = !(kept + count('present')) || Boolean(read + reading);
  ask.href = base.href + asking();
  waiting.hidden = dialog.open || !(read + reading + failed);
  waiting.textContent = `${plural(read + reading + failed, 'file')} waiting`;
}

/** The query with which the ask page asks the collection that the files went into. */
const asking = () => (chosen() === 'default' ? '' : query({ collection: chosen() }));

/** Leads on to asking, once nothing is left to decide on. The ask page takes over from the dialog, unless it tells of files that were not taken. */
function leadOn() {
  if (ask.hidden) return;
  const kept = items.filter(({ state }) => state === 'kept').map(({ record }) => record);
  const added = new CustomEvent('added', { detail: kept, cancelable: true });
  if (!items.some(({ state }) => state === 'failed') && !document.dispatchEvent(added)) dialog.close();
  else if (dialog.open) ask.focus();
}

dialog.addEventListener('close', draw);
addEventListener('beforeunload', (event) => { // what waits would be lost without a word
  if (items.some(({ state }) => ['waiting', 'reading', 'read', 'keeping'].includes(state))) event.preventDefault();
});

// Sending.

const limit = request(new URL('readyz', base)).then((response) => response.json()).then((ready) => ready.max_upload_bytes).catch(() => Infinity);
let free = atOnce;
const queue = [];

/** Waits for a turn to send; work gets it as soon as there is one. */
async function inTurn(work) {
  if (free === 0) await new Promise((go) => { queue.push(go); });
  else free -= 1;
  try {
    return await work();
  } finally {
    if (queue.length) queue.shift()();
    else free += 1;
  }
}

/** Sends a file. fetch does not tell how far it is. */
function send(file, about, signal, progress) {
  return new Promise((done, fail) => {
    const sending = new XMLHttpRequest();
    sending.open('POST', new URL(`v1/transcripts${query(about)}`, base));
    sending.upload.addEventListener('progress', (event) => progress(event.loaded / event.total));
    sending.addEventListener('load', () => {
      const response = new Response(sending.responseText, { status: sending.status });
      if (response.ok) response.json().then(done, fail);
      else failureOf(response).then(fail);
    });
    sending.addEventListener('abort', () => fail(new DOMException('', 'AbortError')));
    sending.addEventListener('error', () => file.slice(0, 1).arrayBuffer().then(
      () => fail(new Error('Pullquote cannot be reached. Is it still running? What was kept stays; try this file again.')),
      () => fail(refusal('The file cannot be read any more. Choose it again.'))));
    signal.addEventListener('abort', () => sending.abort());
    sending.send(file);
  });
}

// The files.

const items = [];

/** A file on its way. Its state: waiting, reading, read, keeping, kept, present, failed, left. */
class Item {
  constructor(file, path) {
    this.file = file;
    this.name = path || file.name;
    this.row = el('li', {});
    this.given = {}; // title and date, where they are changed
    this.read();
  }

  show(state, ...parts) {
    const held = this.row.contains(document.activeElement);
    this.state = state;
    this.row.className = state;
    this.row.replaceChildren(el('p', { className: 'name' }, el('bdi', {}, this.name)), ...parts.filter(Boolean));
    if (held) (this.row.querySelector('button, a') ?? title).focus();
    draw();
  }

  fail(failure) {
    if (failure.name === 'AbortError') return; // whoever stopped it has said so
    this.refused = failure.refused || failure.status < 500 && failure.status !== 409; // to try again would be to hear the same again
    this.show('failed', el('p', { className: 'problem', role: 'alert' }, failure.message),
      el('div', { className: 'row' }, !this.refused && button('Try again', () => this.again(), 'quiet'), button('Leave out', () => this.leave(), 'plain')));
  }

  leave() {
    this.sending?.abort();
    if (this.state === 'keeping') return this.fail(new Error('Stopped while it was being kept, and perhaps too late. Try again: nothing is kept twice.'));
    this.show('left', el('p', {}, 'Left out. ', button('Take it back', () => this.again(), 'plain')));
    this.decideTwins();
  }

  again() {
    return this.preview && this.into === chosen() ? this.decide() : this.read();
  }

  /** Sends the file, showing how far it is. */
  send(state, doing, about) {
    const bar = el('progress', { max: 1, value: 0 });
    bar.ariaLabel = `${doing} ${this.name}`;
    const words = el('span', {}, 'Waiting…');
    this.sending = new AbortController();
    const { signal } = this.sending;
    this.show(state, el('div', { className: 'row' }, bar, words, button('Cancel', () => this.leave(), 'plain')));
    return inTurn(() => {
      signal.throwIfAborted();
      words.textContent = `${doing}…`;
      return send(this.file, { filename: this.file.name, collection: chosen(), ...about }, signal, (done) => { bar.value = done; });
    });
  }

  async read() {
    const into = chosen();
    try {
      this.show('waiting');
      const most = await limit;
      if (this.file.size > most) throw refusal(`The file has ${size(this.file.size)}; Pullquote takes up to ${size(most)}. It was not sent. Divide it, or take the text alone.`);
      if (!this.file.size) throw refusal('The file is empty.');
      this.preview = await this.send('reading', 'Reading', { dry_run: true });
      this.preview.turns = this.preview.turns.slice(0, turnsShown);
      delete this.preview.text; // files may be large, and many
      this.into = into;
      if (this.state === 'reading') this.decide();
    } catch (failure) {
      this.fail(failure);
    }
  }

  /** Shows how the file was read, to be kept or left out. */
  decide() {
    const { preview } = this;
    const twin = this.twins().find((item) => ['read', 'keeping', 'kept'].includes(item.state) && items.indexOf(item) < items.indexOf(this));
    if (twin) return this.show('present', el('p', {}, 'The same file as ', el('bdi', {}, twin.name), ' above, to the letter.'));
    if (preview.present) return this.show('present', el('p', {}, 'Is in the record already: ', this.link(preview.present)));
    const titleField = el('input', { name: 'title', value: this.given.title ?? preview.title ?? '', maxLength: 1000, placeholder: 'none found in the file' });
    const dateField = el('input', { name: 'date', type: 'date', value: this.given.date ?? preview.date ?? '' });
    for (const field of [titleField, dateField]) {
      field.addEventListener('input', () => { this.given[field.name] = field.value === (preview[field.name] ?? '') ? undefined : field.value; });
    }
    const doubts = preview.turns.filter((turn) => turn.doubt).length;
    this.show('read',
      el('p', {}, joined(' · ', plural(preview.turn_count, 'turn'), plural(preview.speaker_count, 'speaker'), `read as ${preview.format}`, preview.place)),
      preview.replaces && el('p', { className: 'notice' }, 'Becomes a new version of ', this.link(preview.replaces), ', which it replaces.'),
      el('div', { className: 'fields' }, el('label', {}, 'Title', titleField), el('label', {}, 'Date of the event', dateField)),
      el('p', { className: 'people' }, el('span', {}, 'Who speaks: '), preview.speakers.length ? names(preview.speakers) : 'nobody is named'),
      ...preview.warnings.map((warning) => el('p', { className: 'notice' }, warning)),
      doubts > 0 && el('p', { className: 'notice' }, `Of ${plural(doubts, 'turn')} below it is uncertain who speaks; it is dotted, and can be mended when the transcript is kept.`),
      el('details', { open: items.length <= 3 }, el('summary', {}, preview.turn_count > turnsShown ? `The first ${turnsShown} turns` : 'The turns'),
        el('ol', { className: 'turns' }, ...preview.turns.map(turnLine))),
      el('div', { className: 'row' }, button('Keep', () => this.keep(), 'primary'), button('Leave out', () => this.leave(), 'plain')));
    this.decideTwins();
  }

  /** The same file under other names, or chosen again. */
  twins() {
    return this.preview ? items.filter((item) => item !== this && item.preview?.sha256 === this.preview.sha256) : [];
  }

  /** Of the same file the first one is decided on, which this may have become or left to be. */
  decideTwins() {
    const later = this.twins().filter((item) => items.indexOf(item) > items.indexOf(this));
    for (const item of later) if (['read', 'present'].includes(item.state)) item.decide();
  }

  async keep() {
    const { title: given, date } = this.given;
    if (this.into !== chosen()) { // how it is read there was not shown yet
      await this.read();
      if (this.state !== 'read' || this.preview.replaces) return;
    }
    try {
      const record = await this.send('keeping', 'Keeping', { title: given, date });
      this.show('kept', el('p', {}, 'Kept: ', this.link(record), record.collection !== 'default' ? `, in ${record.collection}` : ''),
        record.pending_passages ? el('p', {}, 'It is found by its words now, and by what it means in a moment.') : '');
      this.record = record;
      document.dispatchEvent(new CustomEvent('kept', { detail: record }));
      leadOn();
    } catch (failure) {
      this.fail(failure);
    }
  }

  link({ id, title: name, filename }) {
    return el('a', { href: new URL(`t/${encodeURIComponent(id)}`, base).href, target: '_blank' }, titled(name || filename));
  }
}

const names = (speakers) => joined(' and ', speakers.slice(0, 8).map((s) => joined(', ', s.name, s.affiliation)).join('; '), speakers.length > 8 && `${speakers.length - 8} more`);

function turnLine(turn) {
  return el('li', { className: turn.role }, el('p', { className: 'who' }, credited(turn), joined(' · ', turn.role, quoting(turn), turn.doubt)),
    el('p', { className: 'excerpt' }, turn.text.slice(0, 400)));
}

async function keepEvery() {
  await Promise.all(items.filter(({ state }) => state === 'read').map((item) => item.keep()));
  if (ask.hidden) title.focus();
}

let typed; // waits until the collection is typed to its end
collection.addEventListener('input', () => { // what it has, or would replace, is another matter there
  clearTimeout(typed);
  typed = setTimeout(() => {
    for (const item of items) if (['read', 'present'].includes(item.state) && item.into !== chosen()) item.read();
  }, 400);
});

/** Takes files as [file, path] pairs. Those that systems hide are passed over with a word. */
function take(found) {
  const shown = found.filter(([file]) => !file.name.startsWith('.') && !['Thumbs.db', 'desktop.ini'].includes(file.name));
  if (!dialog.open && !items.some(({ state }) => ['waiting', 'reading', 'read', 'keeping', 'failed'].includes(state))) {
    items.length = 0; // the last time is over
    list.replaceChildren();
  }
  open();
  for (const [file, path] of shown) {
    const item = new Item(file, path);
    items.push(item);
    list.append(item.row);
  }
  if (shown.length < found.length) list.append(el('li', { className: 'left' }, `${plural(found.length - shown.length, 'hidden file')} passed over.`));
  if (!found.length) list.append(el('li', { className: 'left' }, 'There were no files in what was dropped.'));
  draw();
}

// Where files come from.

/** The files of an entry that was dropped, those of a folder with their paths in it. */
async function filesOf(entry) {
  if (entry.isFile) return [[await new Promise((done, fail) => { entry.file(done, fail); }), entry.fullPath.slice(1)]];
  const reader = entry.createReader();
  const found = [];
  for (;;) { // a reader gives so many at a time, and none at the end
    const entries = await new Promise((done, fail) => { reader.readEntries(done, fail); });
    if (!entries.length) return found;
    for (const inner of entries) found.push(...await filesOf(inner));
  }
}

document.addEventListener('change', (event) => {
  const input = event.target;
  if (input.dataset.upload === undefined || !input.files?.length) return;
  take([...input.files].map((file) => [file, file.webkitRelativePath]));
  input.value = ''; // the same file can be chosen again
});

const carriesFiles = (event) => event.dataTransfer?.types.includes('Files') && !event.target.closest?.('[data-takes-files]');
let depth = 0; // of the elements that the files are above
const hover = (change) => {
  depth = Math.max(0, change);
  document.documentElement.classList.toggle('dropping', depth > 0);
};
addEventListener('dragenter', (event) => { if (carriesFiles(event)) hover(depth + 1); });
addEventListener('dragleave', (event) => { if (carriesFiles(event)) hover(depth - 1); });
addEventListener('dragover', (event) => { if (carriesFiles(event)) event.preventDefault(); });
addEventListener('drop', async (event) => {
  hover(0);
  if (event.defaultPrevented || !carriesFiles(event)) return;
  event.preventDefault();
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
  const files = [...event.dataTransfer.files].map((file) => [file, '']);
  take(entries.length ? await Promise.all(entries.map(filesOf)).then((found) => found.flat(), () => files) : files);
});
