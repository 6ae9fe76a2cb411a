// The list of conversations beside the one that is read: the newest first, to be opened,
// named and deleted.

import { $, confirmed, el, longDate, plural, query, request } from './page.js';
import { beginNew, current, entitle, open } from './conversation.js';

const pageSize = 20;
const most = 200; // that the server lists at a time
const wide = matchMedia('(min-width: 75rem)');
const [list, more, said] = ['conversations-list', 'conversations-more', 'conversations-said'].map($);

const path = (id) => `v1/conversations/${encodeURIComponent(id)}`;
const say = (words) => { said.textContent = words; };
const called = ({ title, question }) => title || question || 'Nothing asked yet';
const button = (words, press, about = '') => {
  const made = el('button', { type: 'button', className: 'plain', ariaLabel: about && `${words}: ${about}` }, words);
  made.addEventListener('click', press);
  return made;
};

function entry(conversation) {
  const item = el('li');
  const name = called(conversation);
  const link = el('a', { href: `./${query({ conversation: conversation.id })}`, dir: 'auto', title: name }, name);
  if (conversation.id === current().id) link.setAttribute('aria-current', 'page');
  link.addEventListener('click', (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!wide.matches) $('conversations-fold').open = false;
    open(conversation.id);
  });
  item.append(link, el('small', {}, longDate(conversation.updated_at)),
    el('span', { className: 'row' }, button('Rename', () => rename(conversation, item), name), button('Delete', () => drop(conversation), name)));
  return item;
}

/** Puts a form in the place of an entry; without a title the question tells again what it is about. */
function rename(conversation, item) {
  const field = el('input', { name: 'title', value: conversation.title || '', placeholder: conversation.question || '', maxLength: 200, autocomplete: 'off', ariaLabel: 'Title' });
  const problem = el('p', { className: 'problem', role: 'alert' });
  const close = () => {
    const kept = entry(conversation);
    form.replaceWith(kept);
    kept.querySelector('button').focus();
  };
  const form = el('li', {}, el('form', {}, field, el('span', { className: 'row' }, el('button', { className: 'plain' }, 'Save'), button('Cancel', close)), problem));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      const response = await request(path(conversation.id), { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ title: field.value.trim() || null }) });
      conversation.title = (await response.json()).title;
      close();
      if (conversation.id === current().id) entitle(conversation.title || '');
    } catch (failure) {
      if (failure.status === 404) vanished(conversation);
      else problem.textContent = failure.message;
    }
  });
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    close();
  });
  item.replaceWith(form);
  field.focus();
  field.select();
}

/** Tells that a conversation is no longer there, and takes it from the list. */
async function vanished(conversation) {
  if (conversation.id === current().id) await beginNew();
  await draw();
  say('That conversation was deleted elsewhere.');
}

async function drop(conversation) {
  const answers = plural(conversation.answer_count, 'answer');
  if (!await confirmed('Delete this conversation?', called(conversation), [
    `It goes for good, with its ${answers}, what readers thought of them, and the links to them. The transcripts stay.`], 'Delete')) return;
  try {
    await request(path(conversation.id), { method: 'DELETE' });
    if (conversation.id === current().id) await beginNew();
    await draw();
    say('The conversation was deleted.');
  } catch (failure) {
    if (failure.status === 404) await vanished(conversation);
    else say(failure.message);
  }
}

let drawing = 0; // of several lists that are asked for, the last is drawn

/** Draws the list anew, as long as it is. */
async function draw(cursor = '') {
  const turn = ++drawing;
  const limit = cursor ? pageSize : Math.min(most, Math.max(pageSize, list.children.length));
  const page = await (await request(`v1/conversations${query({ cursor, limit })}`)).json();
  if (turn !== drawing) return;
  const focused = document.activeElement?.closest('#conversations-list a')?.href;
  list[cursor ? 'append' : 'replaceChildren'](...page.conversations.map(entry));
  if (focused) [...list.querySelectorAll('a')].find(({ href }) => href === focused)?.focus();
  more.hidden = !page.next_cursor;
  more.onclick = () => draw(page.next_cursor).catch((failure) => say(failure.message));
  $('conversations').hidden = !list.children.length && !current().title;
}

/** Shows the list, and keeps it to what is asked, named and deleted on the page. */
export function listConversations() {
  const fold = () => { $('conversations-fold').open = wide.matches; };
  wide.addEventListener('change', fold);
  fold();
  const redraw = () => {
    say('');
    if (!list.querySelector('form')) draw().catch((failure) => say(failure.message));
  };
  let last;
  document.addEventListener('conversation', () => { // while an answer is made the list stays as it is
    if (last !== (last = `${current().id} ${$('conversation').children.length} ${Boolean(document.querySelector('.answer[aria-busy=true]'))}`)) redraw();
  });
  redraw();
}
