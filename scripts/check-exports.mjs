// Checks a folder of exports (see check-exports.sh) with parsers of others: every quotation of the JSON export has
// to stand in the other formats, and every note.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import formats from 'ajv-formats';
import { Cite } from '@citation-js/core';
import '@citation-js/plugin-ris';
import * as bibtex from '@retorquere/bibtex-parser';

const [exports, office, schema] = process.argv.slice(2);
const read = (path) => readFileSync(path, 'utf8');
const json = (path) => JSON.parse(read(path));
// What typesetting decides: presentation forms, white space, and marks of direction.
const folded = (text) => text.normalize('NFKC').replace(/[\u200e\u200f\u2066-\u2069\u202a-\u202e]/g, '').replace(/\s+/g, '');
// pdftotext puts the clauses of a right-to-left sentence within a left-to-right line in another order, and a PDF of
// ours has a square, explained at its end, for what lies beyond the first plane of Unicode.
const pieces = (quote) => (/[\u0590-\u08ff]/.test(quote) ? quote.split(/\p{P}+/u) : [quote]).map(folded);
const square = (text) => text.replace(/[\u{10000}-\u{10ffff}]/gu, '□');
const has = (text, quote) => pieces(quote).every((piece) => folded(text).includes(piece));
let failures = 0;
const check = (holds, what) => { if (!holds) { failures += 1; console.log(`FAILED: ${what}`); } };

const ajv = new Ajv({ strict: false });
formats(ajv);

const validate = ajv.compile(json(schema));

for (const style of ['chicago', 'apa', 'mla']) {
  const file = (extension) => `${exports}/${style}${extension}`;
  const citations = json(file('.json')).answers.flatMap((answer) => answer.citations);
  const sources = new Set(citations.map((citation) => citation.transcript_id)).size;

  check(validate(json(file('.csl.json'))), `${style} CSL-JSON: ${ajv.errorsText(validate.errors)}`);

  const ris = new Cite(read(file('.ris'))).data;
  check(ris.length === sources, `${style} RIS: ${ris.length} entries of ${sources}`);
  const bib = bibtex.parse(read(file('.bib')));
  check(bib.entries.length === sources && bib.errors.length === 0, `${style} BibLaTeX: ${bib.entries.length} entries, ${JSON.stringify(bib.errors)}`);

  const word = read(`${office}/${style}.pdf.txt`);
  const footnotes = (word.match(/SHA-256/g) || []).length; // one in each
  check(footnotes === citations.length, `${style} Word: ${footnotes} footnotes of ${citations.length}`);
  const pdf = read(`${file('.pdf')}.txt`);
  for (const { number, quote } of citations) {
    check(has(word, quote), `${style} Word: quotation ${number} is not in it: ${quote}`);
    check(has(pdf, square(quote)), `${style} PDF: quotation ${number} is not in it: ${quote}`);
  }
  console.log(`${style}: ${citations.length} quotations of ${sources} transcripts, ${footnotes} footnotes in Word`);
}
process.exitCode = failures ? 1 : 0;
