// The conversation on the page: the address names it, questions continue it, and whoever opens
// it again reads all of its answers. One question is asked at a time.
//
// Whenever it changes the document gets an event, "conversation".

import { $, el, query, request, sentence } from './page.js';
import { exchange } from './answer.js';
import { answer } from './asking.js';
import * as filters from './filters.js';
import { ratingsOf } from './rating.js';

const begun = () => ({ id: '', title: '', asking: null, articles: new Map() }); // articles by the ids of their answers
let shown = begun();
let opening = Promise.resolve(); // until what the address names is on the page

const tell = () => document.dispatchEvent(new Event('conversation'));

/** What is shown: its id, empty until its first answer is whole, and what it is about. */
export const current = () => ({ id: shown.id, title: shown.title || $('conversation').querySelector('h2')?.textContent || '' });
export const isAsking = () => Boolean(shown.asking);
export const settled = () => opening;
export const stop = () => shown.asking?.abort();

/** What a person calls the conversation from now on. */
export function entitle(title) {
  shown.title = title;
  tell();
}

/** Adds the place of a question. */
function append(question) {
  const place = exchange(question, `source-${$('conversation').children.length + 1}`);
  $('conversation').append(place.article);
  return place;
}

/** Leaves what is shown for another conversation, or for none. */
function leave() {
  stop();
  shown = begun();
  $('conversation').replaceChildren();
}

/** Begins anew, as the address says. */
async function begin() {
  leave();
  tell();
  const { transcript, collection } = Object.fromEntries(new URLSearchParams(location.search));
  await filters.set({ transcript, collection });
}

/** Begins a new conversation, with filters of the address. */
export async function beginNew({ collection } = {}) {
  const to = collection ? query({ collection }) : './';
  if (location.search || isAsking() || collection || $('conversation').hasChildNodes()) {
    history.pushState(null, '', to);
    visited = undefined;
    await visit();
  }
  $('question').focus();
}

const beginning = (words) => {
  const link = el('a', { href: './' }, words);
  link.addEventListener('click', (event) => {
    event.preventDefault();
    beginNew();
  });
  return link;
};

/** Shows every answer of a conversation; follow-ups continue it, among the same transcripts. */
async function show({ conversation: id, answer: scrolledTo }) {
  leave();
  tell();
  const opened = shown;
  try {
    const { conversation_id: named } = id ? {} : await (await request(`v1/answers/${encodeURIComponent(scrolledTo)}`)).json();
    const whole = await (await request(`v1/conversations/${encodeURIComponent(id || named)}`)).json();
    if (shown !== opened) return; // another was opened meanwhile
    Object.assign(shown, { id: whole.id, title: whole.title || '' });
    draw(whole.answers);
    tell();
    shown.articles.get(scrolledTo)?.scrollIntoView({ behavior: 'instant' });
    await filters.set(whole.answers.at(-1)?.filter);
  } catch (failure) {
    if (shown !== opened) return;
    append(id ? 'This conversation cannot be shown' : 'This answer cannot be shown').end(`${sentence(failure.message)} `, beginning('Begin a new conversation'));
    tell();
  }
}

/** Draws answers that were given before. What readers thought of them comes after. */
function draw(answers) {
  answers.forEach((whole) => {
    const place = append(whole.question);
    shown.articles.set(whole.id, place.article);
    place.show(whole);
    place.end();
    ratingsOf(whole.id).catch(() => []).then((ratings) => place.offer(whole, ratings)); // it can be rated anew when what is kept cannot be read
  });
}

let visited; // the query of the address that is shown

/** Shows what the address names, unless it is there already: the pane beside the answers moves through the history, too. */
export async function visit() {
  const named = Object.fromEntries(new URLSearchParams(location.search));
  if (location.search === visited) return;
  visited = location.search;
  opening = named.conversation || named.answer ? show(named) : begin();
  await opening;
}

/** Opens a conversation. */
export function open(id) {
  if (id === shown.id) return;
  history.pushState(null, '', query({ conversation: id }));
  visit();
}

/** Names the conversation in the address, so that to load the page again is not to ask again. */
function address(id) {
  const named = query({ conversation: id });
  if (location.search === named) return;
  const begins = !shown.id && !new URLSearchParams(location.search).has('q');
  history[begins ? 'pushState' : 'replaceState'](history.state, '', named);
  visited = named;
}

/** Asks, and puts the question back into its field when it is not answered. */
export async function ask(question) {
  const asked = shown;
  $('conversation').querySelectorAll('.exchange.unanswered').forEach((article) => article.remove());
  const place = append(question);
  asked.asking = new AbortController();
  tell();
  place.article.scrollIntoView();
  try {
    const whole = await answer({ question, filter: filters.filter(), conversation_id: asked.id || undefined }, asked.asking.signal, place.show);
    if (shown !== asked) return;
    address(whole.conversation_id);
    asked.id = whole.conversation_id;
    asked.articles.set(whole.id, place.article);
    place.show(whole);
    place.offer(whole);
    place.end();
  } catch (failure) {
    if (shown !== asked) return;
    unanswered(place, question, failure);
  }
  asked.asking = null;
  tell();
}

function unanswered(place, question, failure) {
  place.article.classList.add('unanswered');
  if (!$('question').value.trim()) $('question').value = question;
  if (failure.name === 'AbortError') return place.end('Stopped.');
  const gone = failure.status === 404 && shown.id;
  place.end(`${sentence(failure.message)} Your question is kept in the field below. `,
    gone ? beginning('The conversation is gone: ask in a new one') : '');
}
