// The ask page: its form, and what begins when it is opened.

import { $, plural, titled } from './page.js';
import { ask, beginNew, current, isAsking, settled, stop, visit } from './conversation.js';
import { listConversations } from './conversations.js';
import { offerExamples, renewExamples } from './examples.js';
import * as filters from './filters.js';
import { showLack } from './lack.js';

const invitation = $('conversation-title').textContent;
const isBegun = () => $('conversation').hasChildNodes();

function draw() {
  const begun = isBegun();
  const button = $('ask').querySelector('[type=submit]');
  const { title } = current();
  button.textContent = isAsking() ? 'Stop' : 'Ask';
  if (isAsking()) $('added').textContent = '';
  button.formNoValidate = isAsking(); // stopping needs no question
  $('question-label').textContent = begun ? 'Ask a follow-up' : 'Your question';
  $('intro').querySelector('p').hidden = begun;
  $('conversation-title').className = begun ? 'unseen' : '';
  $('conversation-title').textContent = begun ? `Conversation: ${title}` : invitation;
  document.title = title ? `${title} – Pullquote` : 'Pullquote';
  offer();
}

/** Offers what can be asked; whatever cannot be told, a question will tell. */
const offer = () => offerExamples(isBegun(), (question) => isAsking() || ask(question)).catch(() => {});

async function submit(event) {
  event.preventDefault();
  if (isAsking()) return stop();
  await settled();
  await filters.settled();
  const question = $('question').value.trim();
  if (!question || isAsking() || !$('ask').reportValidity()) return;
  $('question').value = '';
  ask(question);
}

/** Reads what the record has, and invites to add transcripts where there are none. */
const read = () => filters.load().then((any) => { $('empty').hidden = any; }).catch(() => {});

/** Goes on to asking what was added on this page, in the collection that it went into. */
async function askAdded(event) {
  event.preventDefault(); // the dialog has done its part
  const records = event.detail;
  const [{ title, filename, collection }] = records;
  $('added').textContent = `${records.length === 1 ? `Kept: ${titled(title || filename)}` : `Kept: ${plural(records.length, 'transcript')}`}. What would you like to know?`;
  if (collection === (filters.filter().collection || 'default')) $('question').focus();
  else await beginNew({ collection: collection === 'default' ? '' : collection });
}

async function start() {
  $('ask').addEventListener('submit', submit);
  $('question').addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!isAsking()) $('ask').requestSubmit();
  });
  $('restart').addEventListener('click', (event) => {
    event.preventDefault();
    beginNew();
  });
  filters.follow();
  document.addEventListener('conversation', draw);
  document.addEventListener('filters', offer);
  document.addEventListener('kept', () => { // by upload.js
    renewExamples();
    read();
  });
  document.addEventListener('added', askAdded); // likewise
  addEventListener('popstate', visit);
  listConversations();
  showLack().catch(() => {}); // whatever is wrong, a question will tell
  read();
  const asked = new URLSearchParams(location.search).get('q');
  await visit();
  if (asked && !isBegun()) ask(asked);
}

start();
