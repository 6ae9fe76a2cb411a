// Choices of what the record has, for the filters of every page.

import { el, request } from './page.js';

export const option = (value, words = value) => el('option', { value }, words);

/** Puts a value into a select, which offers it even if it has gone from the record. */
export function choose(select, value = '') {
  if (![...select.options].some((offer) => offer.value === value)) select.append(option(value));
  select.value = value;
}

/** Offers the collections that there are, keeping the one that is chosen. Resolves to them, as the server describes them. */
export async function offerCollections(select) {
  const { collections } = await (await request('v1/collections')).json();
  const chosen = select.value;
  const names = collections.map(({ name }) => name);
  select.replaceChildren(...names.map((name) => option(name === 'default' ? '' : name, name)));
  if (!names.length) select.append(option('', 'default'));
  if (chosen || names.includes('default')) choose(select, chosen);
  return collections;
}
