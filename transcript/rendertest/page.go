package rendertest

import (
	"html"
	"math/rand/v2"
	"strings"
)

// page writes the document as a web page.
func (d *document) page(r *rand.Rand) []string {
	several, unended, broken := chance(r, .5), chance(r, .25), chance(r, .4)
	var out []string
	d.titled = true
	title := html.EscapeString(d.title)
	out = append(out, "<!DOCTYPE html>", `<html lang="`+d.language+`"><head><meta charset="utf-8"><title>`+title+"</title></head><body>")
	if chance(r, .5) {
		out = append(out, `<nav><a href="/">Home</a> <a href="/archive">Archive</a></nav>`)
	}
	out = append(out, "<h1>"+title+"</h1>")
	if d.dated = chance(r, .7); d.dated {
		out = append(out, "<p>"+html.EscapeString(d.day)+"</p>")
	}
	for i := range d.turns {
		paragraphs := d.paragraphsOf(r, i, several, unended)
		out = append(out, d.formOf(i).htmlTurn(d.head(i), paragraphs, broken)...)
		d.note(i, paragraphs)
	}
	if chance(r, .5) {
		out = append(out, "<footer>Harbour Archive</footer>")
	}
	return append(out, "</body></html>")
}

// htmlTurn writes a turn as paragraphs; broken sets what stands below the label behind a
// line break.
func (f Form) htmlTurn(head string, paragraphs []string, broken bool) []string {
	var texts []string
	for _, p := range paragraphs {
		texts = append(texts, html.EscapeString(unglued(p)))
	}
	body := strings.Join(texts, "</p>\n<p>") + "</p>"
	label, own := strings.CutSuffix(head, "\n")
	switch {
	case f.adornment.name == "heading":
		return []string{label, "<p>" + body}
	case own && !broken:
		return []string{"<p>" + strings.ReplaceAll(label, "\n", "<br>") + "</p>", "<p>" + body}
	}
	return []string{"<p>" + strings.ReplaceAll(head, "\n", "<br>\n") + body}
}
