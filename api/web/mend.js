// Mending a transcript by hand: its title, date and place; of a turn who speaks and in
// which role, where it is to be divided, that it goes on in the next one. Each change makes
// a new version, which the page then shows. An embargo makes none.

import { el, request } from './page.js';

const roles = ['question', 'answer', 'statement', 'moderator', 'narration'];
const record = document.querySelector('main[data-current]'); // none where a newer version is there
const path = `../v1/transcripts/${record?.dataset.transcript}`;

const field = (text, input) => el('label', {}, text, input);
const fetched = async (of) => (await request(of)).json();

/** Sends a change, and shows the version that it makes at a turn. */
async function send(to, change, fragment = '') {
  const response = await request(to, { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(change) });
  const { id } = await response.json();
  if (id === record.dataset.transcript) throw new Error('It is so already.');
  location.assign(`${encodeURIComponent(id)}${fragment}`);
}

/** The form by which an administrator keeps the transcript or a turn from everybody until a time. */
function embargoForm(to, embargo = '', fragment = '') {
  const until = el('input', { name: 'embargo', value: embargo, autocomplete: 'off', placeholder: '2026-01-31, or for-good' });
  return form('Set the embargo', [field('Shown to nobody before', until)], async (given) => {
    await request(to, { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ embargo: given.embargo.value || null }) });
    if (fragment) location.hash = fragment;
    location.reload();
  });
}

/** Where words stand in a turn, in code points of the canonical text. White space may differ: the page shows it in lines of its own. */
function placeOf(words, turn) {
  const pattern = words.trim().split(/\s+/).map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('\\s+');
  const found = [...turn.text.matchAll(new RegExp(pattern, 'g'))];
  if (found.length === 0) throw new Error('The turn does not have these words; copy them from it.');
  if (found.length > 1) throw new Error(`The turn has these words ${found.length} times; give more of them.`);
  return turn.start + [...turn.text.slice(0, found[0].index)].length;
}

/** A form that says of each submission that failed why. */
function form(text, fields, submit) {
  const status = el('p', { role: 'status', className: 'status problem' });
  const made = el('form', {}, el('div', { className: 'fields' }, ...fields), el('button', { type: 'submit', className: 'quiet' }, text), status);
  made.addEventListener('submit', async (event) => {
    event.preventDefault();
    status.textContent = '';
    await submit(made.elements).catch((failure) => { status.textContent = failure.message; });
  });
  return made;
}

function titleForms(stored) {
  const names = ['title', 'date', 'place'];
  const fields = [
    field('Title', el('input', { name: 'title', value: stored.title ?? '' })),
    field('Date', el('input', { name: 'date', type: 'date', value: stored.date ?? '' })),
    field('Place', el('input', { name: 'place', value: stored.place ?? '' })),
  ];
  return [form('Change', fields, (given) => {
    const changed = names.filter((name) => given[name].value !== (stored[name] ?? ''));
    return send(path, Object.fromEntries(changed.map((name) => [name, given[name].value || null])));
  }), embargoForm(path, stored.embargo)];
}

const speakerField = (text, value = '') => field(text, el('input', { name: 'speaker', value, autocomplete: 'off' }));
const roleField = (text, role) => field(text, el('select', { name: 'role' }, ...roles.map((value) => el('option', { value, selected: value === role }, value))));

function turnForms(turn, last, selected, embargo) {
  const [at, fragment] = [`${path}/turns/${turn.index}`, `#turn-${turn.index}`];
  const said = ({ speaker, role }) => ({ speaker: speaker.value || null, ...(role.value !== turn.role && { role: role.value }) });
  const who = form('Change', [speakerField('Speaker', turn.speaker ?? ''), roleField('Role', turn.role)],
    (given) => send(at, said(given), fragment));
  const words = field('Another turn begins with', el('input', { name: 'words', value: selected, required: true, autocomplete: 'off', placeholder: 'words of this turn' }));
  const divide = form('Divide', [words, speakerField('Said by'), roleField('Role', turn.role)],
    async (given) => send(at, { split_at: placeOf(given.words.value, turn), ...said(given) }, `#turn-${turn.index + 1}`));
  const join = form('Join with the next turn', [], () => send(at, { join: true }, fragment));
  return [who, divide, ...(last ? [] : [join]), embargoForm(at, embargo, fragment)];
}

/** What is selected in an element, as far as it says where. */
function selectedIn(element) {
  const selection = getSelection();
  return element.contains(selection.anchorNode) ? selection.toString().trim().slice(0, 80) : '';
}

/** Shows the forms behind a button, made when they are first wanted, or hides them. */
async function toggle(button, after, makeForms) {
  let forms = after.nextElementSibling;
  if (!forms?.matches('.mending')) {
    forms = el('div', { className: 'mending', hidden: true, lang: 'en' });
    after.after(forms);
  }
  const shown = forms.hidden;
  if (shown) forms.replaceChildren(...await makeForms().catch((failure) => [el('p', { className: 'status problem' }, failure.message)]));
  forms.hidden = !shown;
  button.ariaExpanded = String(shown);
  if (shown) forms.querySelector('input')?.focus();
}

let turns; // of the transcript, fetched once
async function formsOf(turn, words) {
  const index = Number(turn.id.replace('turn-', ''));
  const selected = selectedIn(words);
  turns ??= (await fetched(`${path}/turns`)).turns;
  const embargo = turn.querySelector('.embargo')?.dataset.until;
  return turnForms(turns.find((t) => t.index === index), index === turns.at(-1).index, selected, embargo);
}

function press({ target: button }) {
  if (!button.matches('.mend')) return;
  const turn = button.closest('.turn');
  const after = turn ? turn.querySelector('.words') : record.querySelector('.dateline');
  toggle(button, after, turn ? () => formsOf(turn, after) : async () => titleForms(await fetched(path)));
}

if (record) {
  record.addEventListener('mousedown', (event) => { if (event.target.matches('.mend')) event.preventDefault(); }); // what is selected stays so
  record.addEventListener('click', press);
}
