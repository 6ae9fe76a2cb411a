// Reading a transcript: what a script adds to what the server has written, on the
// transcript's own page and in the pane beside an answer. There may be thousands of turns:
// nothing is done to each of them before a reader asks for it.

import { contents } from './contents.js';
import { longDate } from './page.js';
import { selection } from './selection.js';
import { reveal, within } from './within.js';

/** Adds to a transcript, an element of the class record, its date in words, the search within, the contents and the choice of words. */
export function furnish(record) {
  for (const time of record.querySelectorAll('.dateline time')) time.textContent = longDate(time.dateTime);
  contents(record, within(record));
  selection(record);
}

const page = document.querySelector('main.record');
if (page) {
  furnish(page);
  const named = document.getElementById(location.hash.slice(1)); // which in a long page may not be :target yet
  const place = page.querySelector('mark') ?? named;
  if (place) reveal(place, place === named ? 'start' : 'center');
  addEventListener('hashchange', () => { if (page.querySelector(':target')) reveal(page.querySelector(':target'), 'start'); });
}
