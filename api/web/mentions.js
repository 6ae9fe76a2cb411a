// The page of all mentions of a word or a phrase: how many, by whom and when, and each place
// under its byline. What it shows stands in its address, so that it can be linked and gone
// back to.

import { choose, offerCollections } from './choices.js';
import { $, affiliation, credited, el, joined, longDate, place, plural, query, request, source } from './page.js';

const fields = ['phrase', 'collection', 'speaker', 'from', 'to'];
const asked = Object.fromEntries(fields.map((name) => [name, new URLSearchParams(location.search).get(name)?.trim() || '']));

async function find(cursor) {
  const { phrase, ...filter } = asked;
  const body = { phrase, filter: Object.fromEntries(Object.entries(filter).filter(([, value]) => value)), cursor, limit: 50 };
  return (await request('v1/mentions', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).json();
}

const other = (change) => `mentions${query({ ...asked, ...change })}`;

/** A list of counts. Each leads to its mentions alone, if there is a name to ask by. */
function tally(heading, counts) {
  return el('section', {}, el('h2', {}, heading), el('ol', {}, ...counts.map(({ name, change, count }) =>
    el('li', {}, change ? el('a', { href: other(change) }, name) : el('span', {}, name), ' ', el('small', {}, String(count))))));
}

const bySpeaker = ({ speaker, count }) => ({ name: speaker || 'Not named, or not for certain', change: speaker && { speaker }, count });
const byYear = ({ year, count }) => ({ name: year ? String(year) : 'Undated', change: year && { from: `${year}-01-01`, to: `${year}-12-31` }, count });

/** A place as links and bylines have it: in the terms of a citation. */
const cited = (mention) => ({ ...mention, start_char_index: mention.start, end_char_index: mention.end });

/** Words before or behind a mention, whole ones. There are fewer than so many characters where the turn begins or ends. */
const contextCharacters = 32;
const more = (words) => [...words].length >= contextCharacters;
const before = (words) => (more(words) ? `…${words.replace(/^\S*\s+/, '')}` : words);
const behind = (words) => (more(words) ? `${words.replace(/\s+\S*$/, '')}…` : words);

function entry(mention) {
  return el('li', {},
    el('p', { className: 'who' }, credited(mention), joined(' · ', affiliation(mention), mention.role === 'question' && 'asking', mention.read_aloud && 'quoting')),
    el('p', { className: 'among', dir: 'auto' }, before(mention.prefix), el('mark', {}, mention.quote), behind(mention.suffix)),
    el('a', { href: place(cited(mention)) }, source(cited(mention))));
}

/** What the counts are narrowed to, and the way back to all. */
function narrowed() {
  const to = joined(', ', asked.speaker, asked.from && `from ${longDate(asked.from)}`, asked.to && `to ${longDate(asked.to)}`);
  return to && el('p', { className: 'narrowed' }, `Narrowed: ${to}. `, el('a', { href: other({ speaker: '', from: '', to: '' }) }, 'Show all'));
}

function show(found) {
  const { total, complete, notice, by_speaker: speakers, by_year: years } = found;
  const places = el('ol', { className: 'places' });
  const more = el('button', { type: 'button', className: 'quiet' }, 'Show more');
  const problem = el('p', { className: 'problem', role: 'status' });
  const append = ({ mentions, next_cursor: cursor }) => {
    places.append(...mentions.map(entry));
    more.hidden = !cursor;
    more.onclick = () => {
      problem.textContent = '';
      find(cursor).then(append, (failure) => { problem.textContent = failure.message; });
    };
  };
  append(found);
  const outcome = total ? `${complete ? '' : 'At least '}${plural(total, 'mention')}` : 'Nobody says these words in the record.';
  $('mentions').replaceChildren(el('p', { className: 'outcome', role: 'status' }, outcome),
    narrowed() || '', notice ? el('p', { className: 'notice' }, notice) : '',
    total ? el('div', { className: 'tallies' }, tally('By speaker', speakers.map(bySpeaker)), tally('By year', years.map(byYear))) : '', places, more, problem);
}

for (const name of fields.filter((name) => name !== 'collection')) $('phrase').elements[name].value = asked[name];
choose($('phrase').elements.collection, asked.collection);
offerCollections($('phrase').elements.collection).catch(() => {}); // whatever is wrong, the mentions will tell
$('filters').open = Boolean(asked.collection || asked.speaker || asked.from || asked.to);
$('phrase').addEventListener('formdata', ({ formData }) => { // the address names what is asked, and nothing else
  for (const name of fields) if (!formData.get(name)) formData.delete(name);
});
if (asked.phrase) {
  document.title = `${asked.phrase} – All mentions – Pullquote`;
  const heading = $('intro').querySelector('h1');
  Object.assign(heading, { className: 'unseen', textContent: `All mentions of “${asked.phrase}”` });
  $('intro').replaceChildren(heading);
  $('mentions').replaceChildren(el('p', { className: 'status', role: 'status' }, 'Reading the record…'));
  find().then(show).catch((failure) => $('mentions').replaceChildren(el('p', { className: 'status problem', role: 'status' }, failure.message)));
} else {
  $('words').focus();
}
