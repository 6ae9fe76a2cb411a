// The keys of a page: a module binds what its page can do, and a question mark lists all.

import { el } from './page.js';

const bound = []; // { key, words, run }
const always = [['Enter', 'Send, or do what has the focus'], ['Esc', 'Close what is open'], ['?', 'List the keys']];
const names = { Enter: 'Enter', ArrowUp: '↑', ArrowDown: '↓' };

/** Binds a key, which works where no text is being typed. */
export const bind = (key, words, run) => bound.push({ key, words, run });

const dialog = el('dialog', { className: 'keys', ariaLabel: 'Keys', lang: 'en' });

/** Lists the keys. */
export function listKeys() {
  const row = (key, words) => el('div', {}, el('dt', {}, el('kbd', {}, names[key] ?? key)), el('dd', {}, words));
  const close = el('button', { type: 'submit', className: 'quiet' }, 'Close');
  dialog.replaceChildren(el('h2', {}, 'Keys'), el('dl', {}, ...bound.map(({ key, words }) => row(key, words)), ...always.map(([key, words]) => row(key, words))),
    el('form', { method: 'dialog' }, close));
  document.body.append(dialog);
  dialog.showModal();
}

const typing = ({ target }) => target.isContentEditable || target.matches?.('textarea, select, input:not([type=button], [type=submit], [type=checkbox], [type=radio])');

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event) || document.querySelector('dialog:modal')) return;
  const run = event.key === '?' ? listKeys : bound.find(({ key }) => key === event.key)?.run;
  if (!run) return;
  event.preventDefault();
  run();
});
for (const button of document.querySelectorAll('button.list-keys')) button.addEventListener('click', listKeys);

const question = document.querySelector('#question');
if (question) bind('/', 'Write a question', () => question.focus());

// A transcript is read: its modules bind nothing, so what it can do is bound here.
const record = document.querySelector('main.record');
if (record) {
  const turns = () => [...record.querySelectorAll('.turn')];
  const step = (by) => {
    const all = turns();
    const current = all.findIndex((turn) => turn.getBoundingClientRect().bottom > 80);
    const next = all[Math.min(all.length - 1, Math.max(0, (current < 0 ? all.length : current) + by))];
    next?.scrollIntoView({ block: 'start' });
    next?.querySelector('.permalink')?.focus({ preventScroll: true });
  };
  bind('/', 'Search in the transcript', () => record.querySelector('input[type=search]')?.focus());
  bind('j', 'The next turn', () => step(1));
  bind('k', 'The turn before', () => step(-1));
}
