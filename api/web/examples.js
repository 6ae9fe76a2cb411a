// Questions that the record answers within the filters that are set, for whoever does not know
// what to ask; and a word where the filters leave nothing that could be asked.

import { $, el, query, request } from './page.js';
import { filter } from './filters.js';

let asking; // aborts what is no longer wanted
let last = '';

/** Has examples offered anew, as when the record has become another. */
export function renewExamples() { last = ''; }

/** Offers examples, which go to ask when they are pressed; where a conversation has begun, only says whether the filters leave anything. */
export async function offerExamples(begun, ask) {
  const about = { ...filter(), limit: begun ? 1 : 4 };
  $('examples').hidden = begun || !$('examples').querySelector('button');
  if (last === (last = JSON.stringify(about))) return;
  asking?.abort();
  const { signal } = asking = new AbortController();
  $('filters-leave').textContent = '';
  if (begun && Object.keys(about).length === 1) return;
  const { questions, notice = '' } = await (await request(`v1/questions${query(about)}`, { signal })).json();
  $('filters-leave').textContent = Object.keys(filter()).length ? notice : '';
  if (begun) return;
  $('examples').querySelector('ul').replaceChildren(...questions.map(({ question }) => {
    const button = el('button', { type: 'button', className: 'plain', dir: 'auto' }, question);
    button.addEventListener('click', () => ask(question));
    return el('li', {}, button);
  }));
  $('examples').hidden = !questions.length;
}
