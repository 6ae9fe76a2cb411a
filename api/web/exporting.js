// The formats in which quotations leave as documents, and the menus that offer them.

import { el } from './page.js';

const formats = {
  docx: 'Word', pdf: 'PDF', html: 'Web page', md: 'Markdown', json: 'JSON', csl: 'CSL-JSON', bib: 'BibLaTeX', ris: 'RIS', csv: 'Table (CSV)',
};
const styles = { chicago: 'Chicago', apa: 'APA', mla: 'MLA' };

function choice(label, name, options) {
  return el('label', {}, `${label} `, el('select', { name }, ...Object.entries(options).map(([value, words]) => el('option', { value }, words))));
}

/** A form that chooses a format, with buttons to submit it. */
export const exportForm = (...buttons) => el('form', { method: 'get' }, choice('Format', 'format', formats), choice('Notes', 'style', styles), ...buttons);

/** Downloads an answer, or the whole conversation, as a document. */
export function exportMenu({ id, conversation_id: conversation }) {
  const button = (words, kind, which) => el('button', { type: 'submit', className: 'quiet', formAction: `v1/${kind}/${encodeURIComponent(which)}/export` }, words);
  return el('details', { className: 'export' }, el('summary', {}, 'Export'),
    exportForm(button('This answer', 'answers', id), button('The conversation', 'conversations', conversation)));
}
