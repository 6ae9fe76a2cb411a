// Reads pairs of a text and its Markdown as JSON, and prints those that the parsers of
// Open WebUI (marked) and LibreChat (micromark) would show otherwise, or as markup.
import { readFileSync } from 'node:fs';
import { marked } from 'marked';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

const parsers = {
  marked: (text) => marked.parse(text),
  micromark: (text) => micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true }),
};
const characters = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
const shown = (html) => html.replace(/<[^>]*>/g, '').replace(/&(lt|gt|quot|#39|amp);/g, (_, name) => characters[name]);
const words = (text) => text.replace(/\s+/g, '');

const cases = JSON.parse(readFileSync(0, 'utf8'));
for (const [text, markdown] of cases) {
  for (const [parser, parse] of Object.entries(parsers)) {
    const html = parse(markdown);
    const tags = [...html.matchAll(/<(\w+)/g)].map((match) => match[1]).filter((tag) => tag !== 'p' && tag !== 'br');
    if (words(shown(html)) !== words(text) || tags.length > 0) console.log(parser, JSON.stringify({ text, markdown, html }));
  }
}
console.log(`${cases.length} texts`);
