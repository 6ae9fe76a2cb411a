// The filters of a question: choices of what the record has, shown as they are set, and each to
// be taken away. What does not exist is refused with a word.

import { choose, offerCollections, option } from './choices.js';
import { $, el, joined, longDate, query, request, roles, titled } from './page.js';

const fields = $('ask').elements;
const said = $('filters-said');
const json = async (path) => (await request(path)).json();
const isID = (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
const described = (record) => joined(', ', titled(record.title || record.filename), longDate(record.date));

let collections = [];
let offered = new Map(); // transcripts by the words that the list has for them
let checking = Promise.resolve(); // until what was typed is known to exist

/** The collection that is searched, as the server describes it. */
const collection = () => collections.find(({ name }) => name === (fields.collection.value || 'default'));

/** What is set, as the API has it. */
export function filter() {
  const set = {
    collection: fields.collection.value, transcript: fields.transcript.dataset.id, speaker: fields.speaker.value.trim(),
    role: fields.role.value, from: fields.from.value, to: fields.to.value,
  };
  return Object.fromEntries(Object.entries(set).filter(([, value]) => value));
}

/** Resolves once what was typed is known to exist or not. */
export const settled = () => checking;

// What there is to choose from.

/** Offers what the chosen collection has. */
async function offer() {
  const { roles: has = [], first_date: first = '', last_date: last = '' } = collection() ?? {};
  const role = fields.role.value;
  fields.role.replaceChildren(option('', 'any'), ...has.map((value) => option(value, roles[value])));
  choose(fields.role, role);
  for (const field of [fields.from, fields.to]) {
    Object.assign(field, { min: first || '', max: last || '', disabled: !first && !field.value });
  }
  const { speakers } = await json(`v1/speakers${query({ collection: fields.collection.value, limit: 200 })}`);
  const names = speakers.flatMap((speaker) => [speaker.name, ...speaker.aliases.map((alias) => alias.name)]);
  $('speakers').replaceChildren(...[...new Set(names)].map((name) => option(name)));
  await offerTranscripts();
}

/** Offers the transcripts in whose title, speakers or file the words stand. */
async function offerTranscripts(words = '') {
  const { transcripts } = await json(`v1/transcripts${query({ collection: fields.collection.value, words, limit: 50 })}`);
  offered = new Map();
  for (const record of transcripts) {
    const name = described(record);
    offered.set(offered.has(name) ? `${name} (${record.id})` : name, record);
  }
  $('transcripts-named').replaceChildren(...[...offered.keys()].map((name) => option(name)));
}

let loaded = Promise.resolve(); // once the collections are known

/** Asks the server what collections there are, whereupon the choices follow. Resolves to whether there are any. */
export function load() {
  loaded = readCollections();
  return loaded;
}

async function readCollections() {
  collections = await offerCollections(fields.collection);
  await offer();
  draw();
  return collections.length > 0;
}

// Whether it exists.

const refuse = (field, words = '') => field.setCustomValidity(words);

async function checkSpeaker() {
  const name = fields.speaker.value.trim();
  const { speakers } = !name || isID(name) ? { speakers: [name] } : await json(`v1/speakers${query({ collection: fields.collection.value, name, limit: 1 })}`);
  if (name === fields.speaker.value.trim()) refuse(fields.speaker, speakers.length ? '' : 'Nobody of that name speaks in this collection. Choose one of the list.');
}

async function checkTranscript() {
  const words = fields.transcript.value.trim();
  if (words && !offered.has(words)) await offerTranscripts(words);
  if (words !== fields.transcript.value.trim()) return;
  const found = offered.get(words) ?? (offered.size === 1 && words ? [...offered.values()][0] : null); // as whoever types a part of a title means
  fields.transcript.dataset.id = found?.id ?? '';
  if (found) fields.transcript.value = described(found);
  refuse(fields.transcript, words && !found ? 'No transcript is called that. Choose one of the list.' : '');
}

function checkDates() {
  const { from, to } = fields;
  const bounds = `The transcripts of this collection are of ${longDate(from.min)}${from.max === from.min ? '' : ` to ${longDate(from.max)}`}.`;
  for (const field of [from, to]) refuse(field, field.validity.badInput || field.validity.rangeUnderflow || field.validity.rangeOverflow ? bounds : '');
  if (from.value && to.value && from.value > to.value) refuse(to, 'The last day is before the first.');
}

// How it is shown.

const labels = { collection: 'Collection', transcript: 'Transcript', speaker: 'Speaker', role: 'Role', from: 'From', to: 'To' };
const worded = {
  transcript: () => fields.transcript.value, role: (value) => roles[value] ?? value, from: longDate, to: longDate,
};

/** Shows each filter that is set as a button that takes it away, and what is wrong. */
function draw() {
  const chips = Object.entries(labels).filter(([name]) => fields[name].value && (name !== 'collection' || collections.length > 1 || !collection())).map(([name, label]) => {
    const words = `${label}: ${worded[name]?.(fields[name].value) ?? fields[name].value}`;
    const chip = el('button', { type: 'button', name: `remove-${name}`, ariaLabel: `Remove the filter ${words}`, className: fields[name].validity.valid ? '' : 'problem' }, words, el('span', { ariaHidden: 'true' }, ' ×'));
    chip.addEventListener('click', () => {
      fields[name].value = '';
      if (name === 'transcript') fields.transcript.dataset.id = '';
      fields[name].dispatchEvent(new Event('change', { bubbles: true }));
      ($('filters-set').querySelector('button') ?? $('question')).focus();
    });
    return el('li', {}, chip);
  });
  $('filters-set').replaceChildren(...chips);
  said.textContent = Object.keys(labels).map((name) => fields[name].validationMessage).find(Boolean) ?? '';
  document.dispatchEvent(new Event('filters'));
}

/** Sets filters: those of the address, or of an earlier answer. */
export async function set(wanted = {}) {
  for (const name of ['collection', 'role']) choose(fields[name], wanted[name]);
  for (const name of ['speaker', 'from', 'to']) fields[name].value = wanted[name] || '';
  Object.assign(fields.transcript, { value: wanted.transcript ?? '' }).dataset.id = wanted.transcript ?? '';
  checking = check(async () => {
    await loaded;
    if (wanted.transcript) await name(wanted.transcript);
    await offer();
    // Days before the first that there is, and after the last, leave the same.
    if (fields.from.value && fields.from.value < fields.from.min) fields.from.value = fields.from.min;
    if (fields.to.value && fields.to.max && fields.to.value > fields.to.max) fields.to.value = fields.to.max;
    await checkSpeaker();
  });
  draw();
  await checking;
}

/** Calls the transcript of an id by its title, and chooses its collection. */
async function name(id) {
  refuse(fields.transcript);
  try {
    const record = await json(`v1/transcripts/${encodeURIComponent(id)}`);
    choose(fields.collection, record.collection === 'default' ? '' : record.collection);
    fields.transcript.value = described(record);
  } catch (failure) {
    if (![400, 404].includes(failure.status)) throw failure;
    refuse(fields.transcript, 'There is no such transcript, or it was deleted. Remove the filter, or choose another.');
  }
}

/** Checks, and shows what came of it; what cannot be checked, the answer will tell. */
async function check(steps) {
  await steps().catch(() => {});
  checkDates();
  draw();
}

/** Keeps the choices to what is changed. */
export function follow() {
  const changes = {
    collection: async () => {
      Object.assign(fields.transcript, { value: '' }).dataset.id = '';
      refuse(fields.transcript);
      await offer();
      await checkSpeaker();
    },
    transcript: checkTranscript,
    speaker: checkSpeaker,
  };
  $('filters').addEventListener('change', ({ target }) => {
    checking = check(changes[target.name] ?? (async () => {}));
  });
  fields.transcript.addEventListener('input', () => {
    if (!offered.has(fields.transcript.value)) offerTranscripts(fields.transcript.value.trim()).catch(() => {});
  });
  $('filters').addEventListener('invalid', () => { $('filters').open = true; }, true); // before the browser leads there
}
