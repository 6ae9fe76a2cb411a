// Clippings: verified quotations that a reader keeps, in this browser alone. What is kept is
// where the words stand; who shows or exports them reads the words from the record anew.

const key = 'clippings';

/** Tells every page of the browser that the clippings have changed: `storage` tells the others. */
const tell = () => dispatchEvent(new Event('clippings'));
addEventListener('storage', (event) => { if (event.key === key || event.key === null) tell(); });

const place = /^[-0-9a-f]{36}$/;
const isClipping = (c) => c && place.test(c.transcript_id) && [c.turn, c.start_char_index, c.end_char_index].every((n) => Number.isSafeInteger(n) && n >= 0) && c.end_char_index > 0;

/** The id of a citation among the clippings: its place. */
export const clippingID = (citation) => `${citation.transcript_id} ${citation.start_char_index} ${citation.end_char_index}`;

/** What is kept, in the reader's order: of each { id, transcript_id, turn, start_char_index, end_char_index, quote }. */
export function clippings() {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isClipping).map((c) => ({ ...c, id: clippingID(c) })) : [];
  } catch { // not ours, or the browser keeps nothing
    return [];
  }
}

function keep(all) {
  try {
    localStorage.setItem(key, JSON.stringify(all));
  } catch {
    throw new Error('The browser does not keep it: its storage is full, or switched off.');
  }
  tell();
}

/** Keeps a citation, once. */
export function clip({ transcript_id, turn, start_char_index, end_char_index, quote }) {
  const clipping = { transcript_id, turn, start_char_index, end_char_index, quote };
  if (!isClipping(clipping)) throw new Error('This quotation has no place in the record.');
  const all = clippings();
  if (!all.some(({ id }) => id === clippingID(clipping))) keep([...all, clipping]);
}

/** Takes a clipping out. Returns what puts it back, to where it was or as near as may be by then. */
export function remove(id) {
  const all = clippings();
  const at = all.findIndex((c) => c.id === id);
  if (at < 0) return () => {}; // another window has
  const [removed] = all.splice(at, 1);
  keep(all);
  return () => {
    const now = clippings();
    if (!now.some((c) => c.id === id)) keep(now.toSpliced(at, 0, removed));
  };
}

/** Moves a clipping by so many places. */
export function move(id, by) {
  const all = clippings();
  const from = all.findIndex((c) => c.id === id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= all.length) return;
  all.splice(to, 0, ...all.splice(from, 1));
  keep(all);
}

/** Writes into elements of the class clipped-count how many are kept. */
function count() {
  const n = clippings().length;
  for (const place of document.querySelectorAll('.clipped-count')) place.textContent = n ? ` (${n})` : '';
}
addEventListener('clippings', count);
count();
