// What readers think of an answer and of its quotations: two buttons for each and, where
// it was no help, why. The words are those of the bot in Slack.

import { el, joined, query, request, sentence } from './page.js';

const words = { up: 'Helpful', down: 'Not helpful' };
const wordsOfCitation = { up: 'Right', down: 'Wrong' };
const complaints = {
  'wrong speaker': 'Wrong speaker',
  'wrong quotation': 'Wrong quotation',
  'missed something': 'It missed something',
  other: 'Something else',
};
const patience = 15_000; // milliseconds

/** The ratings of an answer and of its citations that are kept. */
export async function ratingsOf(id) {
  const response = await request(`v1/feedback${query({ answer: id, limit: 200 })}`, { signal: AbortSignal.timeout(patience) });
  return (await response.json()).feedback;
}

/** Keeps a rating in place of the one before. */
async function keep(id, rating) {
  const response = await request(`v1/answers/${encodeURIComponent(id)}/feedback`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(rating), signal: AbortSignal.timeout(patience),
  });
  return response.json();
}

/** Asks what was wrong, and hands the reason to send. */
function complaintForm(send) {
  const choices = Object.entries(complaints).map(([value, text]) => el('label', {},
    el('input', { type: 'radio', name: 'complaint', value, required: true }), ` ${text}`));
  const form = el('form', { hidden: true },
    el('fieldset', {}, el('legend', {}, 'What was wrong?'), ...choices),
    el('label', {}, 'In your words', el('textarea', { name: 'words', rows: 2, maxLength: 1500 })),
    el('button', { type: 'submit', className: 'quiet' }, 'Send'));
  const chosen = form.elements;
  form.addEventListener('change', () => { chosen.words.required = chosen.complaint.value === 'other'; });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send(joined(': ', chosen.complaint.value, chosen.words.value.trim()));
  });
  return form;
}

/** Rates an answer or, by its number, a citation of it. Ratings are those that are kept of the answer so far. */
export function ratingControl(id, ratings, citation = null) {
  let kept = ratings.find((rating) => rating.citation === citation);
  let sent = Promise.resolve(); // one after the other: the latest press counts
  const buttons = Object.entries(citation ? wordsOfCitation : words).map(([value, text]) => el('button', { type: 'button', value }, text));
  const status = el('p', { role: 'status' });
  const press = (value) => buttons.forEach((button) => { button.ariaPressed = String(button.value === value); });
  const say = (text, className = '') => Object.assign(status, { textContent: text, className });
  const show = () => {
    press(kept?.rating);
    say(kept ? sentence(joined(': ', 'Kept', kept.reason)) : '');
  };
  const rate = (rating, reason = '') => {
    press(rating);
    say(''); // so that the same words are announced again
    sent = sent.then(() => keep(id, { rating, reason, citation })).then((feedback) => {
      kept = feedback;
      show();
    }).catch((failure) => {
      press(kept?.rating);
      say(`Not kept: ${failure.message}`, 'problem');
    });
  };
  const form = complaintForm((reason) => {
    form.hidden = true;
    buttons[1].focus();
    rate('down', reason);
  });
  for (const button of buttons) {
    button.addEventListener('click', () => {
      const again = button.ariaPressed === 'true';
      form.hidden = button.value === 'up' || again && !form.hidden;
      if (!again) rate(button.value);
    });
  }
  show();
  return el('div', { className: 'rating', role: 'group', ariaLabel: citation ? `Rate quotation ${citation}` : 'Rate this answer' },
    ...buttons, status, form);
}
