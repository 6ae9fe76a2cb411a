// The page of the transcripts: finding them, and mending or deleting what is known of them,
// of their collections and of the people who speak in them.
//
// Everything that comes from the server enters the page as text, never as markup.

import { $, confirmed, el, joined, longDate, plural, query, request, titled } from './page.js';

const find = $('find').elements;
const pageSize = 25;

const say = (words, problem = false) => {
  $('said').textContent = words;
  $('said').className = problem ? 'status problem' : 'status';
};
const json = async (path, options) => (await request(path, options)).json();
const change = (path, fields) => json(path, { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(fields) });
const button = (words, press, className = 'plain') => {
  const made = el('button', { type: 'button', className }, words);
  made.addEventListener('click', press);
  return made;
};
const field = (words, input) => el('label', {}, words, input);

/** A form in the place where it is asked for. It says why a submission failed, and closes after one that did not. */
function form(fields, verb, submit, close) {
  const status = el('p', { className: 'status problem', role: 'alert' });
  const made = el('form', { className: 'mending' }, el('div', { className: 'fields' }, ...fields),
    el('div', { className: 'row' }, el('button', { className: 'quiet' }, verb), button('Cancel', close)), status);
  made.addEventListener('submit', async (event) => {
    event.preventDefault();
    status.textContent = '';
    await submit(made.elements).catch((failure) => { status.textContent = failure.message; });
  });
  made.addEventListener('keydown', (event) => { if (event.key === 'Escape') close(); });
  return made;
}

// Transcripts.

function row(record) {
  const item = el('li', { id: `transcript-${record.id}` });
  item.append(...shown(record, item));
  return item;
}

function shown(record, item) {
  const name = titled(record.title || record.filename);
  const people = record.speakers.map((speaker) => speaker.name);
  const edit = button('Edit', () => {
    item.append(editing(record, item));
    edit.hidden = true;
    item.querySelector('form input').focus();
  });
  edit.ariaLabel = `Edit ${name}`;
  const remove = button('Delete', () => deleteTranscript(record, item));
  remove.ariaLabel = `Delete ${name}`;
  return [el('a', { href: `t/${encodeURIComponent(record.id)}`, dir: 'auto' }, name),
    el('small', {}, joined(' · ', longDate(record.date), record.place, plural(record.turn_count, 'turn'), record.embargo && `embargo ${record.embargo}`, record.embargoed_turns && `${record.embargoed_turns.length} under embargo`)),
    el('small', { className: 'people' }, joined(' and ', people.slice(0, 4).join(', '), people.length > 4 && `${people.length - 4} more`)),
    el('small', {}, joined(' · ', `added ${longDate(record.created_at)}`, record.filename && record.title && record.filename,
      record.warnings.length > 0 && plural(record.warnings.length, 'doubt'), record.pending_passages > 0 && 'found by words; by meaning in a moment')),
    el('div', { className: 'row' }, edit, remove)];
}

/** Draws a transcript anew, and leaves the focus on it. */
function redraw(item, record) {
  item.id = `transcript-${record.id}`;
  item.replaceChildren(...shown(record, item));
  item.querySelector('button').focus();
}

/** What happens to a transcript that was deleted or changed elsewhere: it is said, and the list follows. */
async function meanwhile(failure, record, item) {
  if (failure.status === 404) {
    item.remove();
    say(`${titled(record.title || record.filename)}: deleted meanwhile, in another window or by somebody else.`, true);
    await collections();
  } else if (failure.status === 409) {
    const { current_id: id } = await json(`v1/transcripts/${encodeURIComponent(record.id)}`);
    redraw(item, await json(`v1/transcripts/${encodeURIComponent(id)}`));
    say('It was changed meanwhile, in another window or by somebody else. This is how it is now; change it again.', true);
  } else throw failure;
}

function editing(record, item) {
  const names = ['title', 'date', 'place'];
  const fields = [field('Title', el('input', { name: 'title', value: record.title ?? '', maxLength: 1000 })),
    field('Date of the event', el('input', { name: 'date', type: 'date', value: record.date ?? '' })),
    field('Place', el('input', { name: 'place', value: record.place ?? '', maxLength: 1000 }))];
  const close = () => redraw(item, record);
  const made = form(fields, 'Save', async (given) => {
    const changed = names.filter((name) => given[name].value !== (record[name] ?? ''));
    if (!changed.length) return close();
    try {
      redraw(item, await change(`v1/transcripts/${encodeURIComponent(record.id)}`, Object.fromEntries(changed.map((name) => [name, given[name].value || null]))));
      say('Saved.');
    } catch (failure) {
      await meanwhile(failure, record, item);
    }
  }, close);
  made.append(el('p', {}, el('a', { href: `t/${encodeURIComponent(record.id)}` }, 'Who speaks a turn, and where it begins'), ', is mended in the transcript itself.'));
  return made;
}

async function deleteTranscript(record, item) {
  const name = titled(record.title || record.filename);
  const path = `v1/transcripts/${encodeURIComponent(record.id)}`;
  const save = record.has_original ? el('span', {}, 'It can be added again from its file: ', el('a', { href: `${path}/original`, download: '' }, 'save that first'), '.') : '';
  const sure = await confirmed('Delete this transcript?', name, [
    `It leaves the record with its ${plural(record.turn_count, 'turn')}, all versions, corrections and the file. In answers that quote it the quotations are redacted. This cannot be undone.`, save], 'Delete');
  if (!sure) return;
  try {
    await request(path, { method: 'DELETE' });
    const next = item.nextElementSibling ?? item.previousElementSibling;
    item.remove();
    say(`Deleted: ${name}.`);
    (next?.querySelector('button') ?? find.words).focus();
    await collections();
  } catch (failure) {
    await meanwhile(failure, record, item).catch(() => say(failure.message, true));
  }
}

// The list.

let listing = 0; // the newest request: what an earlier one brings is not shown any more

async function list(cursor = '') {
  listing += 1;
  const mine = listing;
  $('library').ariaBusy = 'true';
  const { collection, words, order } = find;
  history.replaceState(history.state, '', `library${query({ collection: collection.value === 'default' ? '' : collection.value, words: words.value, order: order.value === '-added' ? '' : order.value })}`.replace(/\?$/, ''));
  try {
    const page = await json(`v1/transcripts${query({ collection: collection.value, words: words.value, order: order.value, cursor, limit: pageSize })}`);
    if (mine !== listing) return;
    const rows = page.transcripts.map(row);
    if (!cursor) $('transcripts').replaceChildren();
    $('transcripts').append(...rows);
    if (cursor) rows[0]?.querySelector('a').focus();
    $('more').hidden = !page.next_cursor;
    $('more').onclick = () => list(page.next_cursor);
    if (!$('transcripts').hasChildNodes()) say(words.value ? 'No title, speaker or file has these words.' : 'There are no transcripts here yet. Add some above, or drop their files anywhere.');
    else if (!cursor) say('');
  } catch (failure) {
    say(failure.message, true);
  }
  $('library').ariaBusy = 'false';
}

// Collections.

/** Reads the collections anew, keeping the one that is chosen while it is there. */
async function collections(wanted = find.collection.value) {
  const { collections: all } = await json('v1/collections');
  const usual = all.some(({ name }) => name === 'default') ? 'default' : all[0]?.name ?? 'default'; // a key may be for others alone
  const names = new Set([usual, ...all.map(({ name }) => name)]);
  if (wanted && !names.has(wanted)) say(`The collection ${wanted} is not there, or has no transcripts any more.`, true);
  if (!names.has(wanted)) wanted = usual;
  find.collection.replaceChildren(...[...names].map((name) => {
    const count = all.find((one) => one.name === name)?.transcript_count ?? 0;
    return el('option', { value: name, selected: name === wanted }, `${name} (${count})`);
  }));
  about(all.find(({ name }) => name === wanted));
}

/** What can be done with the collection that is chosen. */
function about(collection) {
  if (!collection) return $('about').replaceChildren();
  const dates = collection.first_date === collection.last_date ? longDate(collection.first_date) : joined(' to ', longDate(collection.first_date), longDate(collection.last_date));
  const place = el('div');
  const tools = el('div', { className: 'row' },
    el('small', {}, joined(' · ', plural(collection.transcript_count, 'transcript'), plural(collection.turn_count, 'turn'), dates)),
    button('Who speaks', () => people(collection.name, place).catch((failure) => say(failure.message, true))),
    button('Rename collection', () => rename(collection, place)),
    button('Delete collection', () => deleteCollection(collection)));
  $('about').replaceChildren(tools, place);
}

function rename({ name }, place) {
  const close = () => place.replaceChildren();
  place.replaceChildren(form([field('Name of the collection', el('input', { name: 'name', value: name, required: true, maxLength: 100 }))], 'Rename', async (given) => {
    const renamed = await change(`v1/collections/${encodeURIComponent(name)}`, { name: given.name.value.trim() });
    await collections(renamed.name);
    await list();
    say(`The collection is called ${renamed.name} now.`);
  }, close));
  place.querySelector('input').select();
}

async function deleteCollection({ name, transcript_count: transcripts, turn_count: turns }) {
  const sure = await confirmed('Delete this collection?', name, [
    `It leaves the record with ${plural(transcripts, 'transcript')} and ${plural(turns, 'turn')}, all versions, corrections and files, and what is known of who speaks in them. In answers that quote them the quotations are redacted. This cannot be undone.`], `Delete ${plural(transcripts, 'transcript')}`);
  if (!sure) return;
  try {
    const gone = await json(`v1/collections/${encodeURIComponent(name)}`, { method: 'DELETE' });
    await collections('');
    await list();
    say(`Deleted: the collection ${name}, with ${plural(gone.transcript_count, 'transcript')}.`);
  } catch (failure) {
    if (failure.status === 404) await collections();
    say(failure.message, true);
  }
  find.collection.focus();
}

// Who speaks.

/** The people of a collection, by pages; each can be called otherwise, joined with another, or taken apart again. */
async function people(collection, place, cursor = '') {
  const page = await json(`v1/speakers${query({ collection, cursor, limit: 50 })}`);
  const names = place.querySelector('.speakers') ?? el('ul', { className: 'speakers' });
  if (!cursor) {
    names.replaceChildren();
    place.replaceChildren(el('p', {}, 'Under which name people are found, here and in every filter. Quotations keep the name that the transcript prints.'), names,
      button('Close', () => place.replaceChildren()));
  }
  names.append(...page.speakers.map((speaker) => person(speaker, () => people(collection, place).then(() => place.querySelector('.speakers button')?.focus()))));
  place.querySelector('.further')?.remove();
  if (page.next_cursor) names.after(button('Show more people', () => people(collection, place, page.next_cursor), 'quiet further'));
}

function person(speaker, reload) {
  const others = speaker.aliases.map(({ name }) => name).filter((name) => name !== speaker.name);
  const path = `v1/speakers/${encodeURIComponent(speaker.id)}`;
  const item = el('li');
  const act = async (edits, done) => {
    try {
      for (const edit of edits) await change(path, edit); // the server takes one thing at a time
      await reload();
      say(done);
    } catch (failure) {
      say(failure.status === 404 ? `${speaker.name} is not there any more: joined with another or deleted meanwhile.` : failure.message, true);
    }
  };
  const show = () => {
    const edit = button('Change', () => {
      item.replaceChildren(mending);
      item.querySelector('input').focus();
    });
    edit.ariaLabel = `Change ${speaker.name}`;
    item.replaceChildren(el('bdi', {}, speaker.name),
      el('small', {}, joined(' · ', speaker.affiliations.join(', '), plural(speaker.turn_count, 'turn'), others.length > 0 && `also printed ${others.join(', ')}`)), edit);
  };
  const mending = form([
    field('Is called', el('input', { name: 'name', value: speaker.name, required: true, maxLength: 200 })),
    field('Is the same person as', el('input', { name: 'same', placeholder: 'a name of this list', autocomplete: 'off' }))], 'Save', async ({ name, same }) => {
    const called = name.value.trim();
    const renamed = called === speaker.name ? [] : [{ name: called }];
    if (same.value.trim()) {
      const { speakers } = await json(`v1/speakers${query({ collection: speaker.collection, name: same.value.trim() })}`);
      const found = speakers.filter(({ id }) => id !== speaker.id);
      if (found.length !== 1) throw new Error(found.length ? `These words may be ${found.map((one) => one.name).join(' or ')}; give the whole name.` : 'Nobody else of this collection has that name.');
      return act([{ merge: [found[0].id] }, ...renamed], `${found[0].name} and ${called} are one person now. Change takes them apart again.`);
    }
    return renamed.length ? act(renamed, `${speaker.name} is found as ${called} now.`) : show();
  }, show);
  mending.append(...others.map((other) => button(`${other} is somebody else`, () => act([{ split: { aliases: [other] } }], `${other} is a person of their own now.`))));
  show();
  return item;
}

// The page.

const report = (work) => work.catch((failure) => say(failure.message, true));

async function start() {
  const asked = new URLSearchParams(location.search);
  find.words.value = asked.get('words') ?? '';
  if (asked.get('order')) find.order.value = asked.get('order');
  find.order.value ||= '-added';
  await report(collections(asked.get('collection') ?? ''));
  const told = $('said').textContent;
  await list();
  if (told) say(told, true);
}

let typed; // waits until a word is typed, or files are kept, to the end
find.words.addEventListener('input', () => {
  clearTimeout(typed);
  typed = setTimeout(list, 250);
});
find.order.addEventListener('change', () => list());
find.collection.addEventListener('change', async () => {
  await report(collections());
  await list();
});
$('find').addEventListener('submit', (event) => {
  event.preventDefault();
  list();
});
document.addEventListener('kept', ({ detail }) => { // of many that are kept, the last
  clearTimeout(typed);
  typed = setTimeout(() => report(collections(detail.collection).then(() => list())), 250);
});
addEventListener('pageshow', (event) => { if (event.persisted) start(); }); // it may have changed while another page was read
start();
