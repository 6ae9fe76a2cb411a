package records

import (
	"cmp"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// TEI, and its corpora of parliaments (ParlaMint), has utterances that say by an
// identifier whose they are. The label stands in a note before the utterance, or in a
// speaker element within it; the head, or another file, lists the people. The first date
// of the head is when the corpus was published, that of the setting is the sitting's.
//
//	<note type="speaker">The CHAIR:</note><u who="#RoeJane" ana="#chair"><seg>Order.</seg></u>
func readTEI(w *writer, root *node) {
	w.markup = markup{inline: teiInline, asides: teiAsides, dropped: text.WordSet(`teiheader pb fw standoff linkgrp`), breaks: text.WordSet(`lb cb`), quotes: text.WordSet(`quote cit`)}
	t := tei{writer: w, names: teiPeople(root)}
	w.own = t.element
	header := root.first("teiheader")
	w.fact("language", root.attr("lang"))
	if w.facts["language"] == "" {
		w.fact("language", root.first("text").attr("lang"))
	}
	w.fact("title", teiTitle(header, w.facts["language"]))
	w.fact("date", cmp.Or(dateIn(header.first("setting")), dateIn(header.first("sourcedesc")), dateIn(root.first("text").first("docdate")), dateIn(header.first("creation"))))
	w.fact("place", teiPlace(header.first("setting")))
	for n := range root.all("text") {
		dropBlanks(n)
		w.paragraph(n)
	}
}

var (
	teiInline = text.WordSet(`abbr add c choice corr date del distinct emph expan foreign g hi m measure mentioned name num orgname orig pc persname
		phr placename ref reg rs s said sic soCalled socalled subst supplied surname forename term time title unclear w`)
	teiAsides = text.WordSet(`note incident kinesic vocal stage desc gap writing shift pause bibl`)
)

type tei struct {
	*writer
	names    map[string]string // by identifier
	label    string            // that the next utterance has
	speeches stretch
	depth    int // of divisions
	begins   int // lines before the open utterance
}

func (t *tei) element(n *node) bool {
	switch n.name {
	case "u", "sp":
		if n.name == "u" && n.attr("who") == "" && len(n.attrs) == 0 && t.label == "" {
			t.prose(n) // that underlines, as in HTML
			return true
		}
		outer := t.voice
		t.say(t.voiceOf(n), false)
		t.begins = len(t.lines)
		t.prose(n)
		t.say(outer, false)
		t.label = ""
	case "speaker":
		if t.voice != nil {
			relabel(t.voice, n.words())
		}
	case "note":
		if n.attr("type") != "speaker" {
			return false
		}
		t.note(strings.TrimRight(n.words(), ":. \u00a0–—-"))
	case "head":
		outer := t.voice
		t.heading(t.depth, n.words())
		t.voice = outer
		t.speeches.end()
	case "div", "div1", "div2", "div3":
		t.depth++
		t.paragraph(n)
		t.depth--
	case "w", "pc":
		t.token(n)
	default:
		return false
	}
	return true
}

// note takes the label that a note has: of the next utterance, or of the open one, where it
// is the first thing in it. Further on it is nobody's words.
func (t *tei) note(label string) {
	switch {
	case t.voice == nil:
		t.label = label
	case t.begins == len(t.lines) && strings.TrimSpace(t.text.String()) == "":
		relabel(t.voice, label)
	default:
		t.outside(label)
	}
}

// token writes a word or a mark of an annotated text, between which the blanks of the
// file tell nothing: a blank stands behind each unless it is joined to the next.
func (t *tei) token(n *node) {
	t.text.WriteString(n.words())
	if n.attr("join") != "right" && n.attr("join") != "both" {
		t.text.WriteByte(' ')
	}
}

// dropBlanks takes out the blanks between the tokens of an annotated text.
func dropBlanks(n *node) {
	tokens := n.child("w") != nil || n.child("pc") != nil
	kept := n.children[:0]
	for _, c := range n.children {
		if !tokens || c.name != "" || c.text != " " {
			kept = append(kept, c)
		}
		dropBlanks(c)
	}
	n.children = kept
}

// voiceOf is who says an utterance.
func (t *tei) voiceOf(n *node) *content.Voice {
	id := strings.TrimPrefix(n.attr("who"), "#")
	name := t.names[id]
	v := &content.Voice{Label: cmp.Or(t.label, name, readableID(id))}
	if v.Label != name {
		v.Name = name
	}
	for kind := range strings.FieldsSeq(n.attr("ana")) {
		if kind == "#chair" {
			v.Role = "moderator"
		}
	}
	return t.speeches.voice(v)
}

// teiPeople are the people whom the head lists, by identifier.
func teiPeople(root *node) map[string]string {
	names := map[string]string{}
	for p := range root.all("person") {
		if id := p.attr("id"); id != "" && names[id] == "" {
			names[id] = teiName(p.first("persname"))
		}
	}
	return names
}

// teiName is a name in parts, in their usual order: Jane Roe.
func teiName(n *node) string {
	if n == nil {
		return ""
	}
	var parts []string
	for _, part := range []string{"forename", "namelink", "surname", "addname"} {
		for p := range n.all(part) {
			if words := p.words(); words != "" && part != "addname" {
				parts = append(parts, words)
			}
		}
	}
	return cmp.Or(strings.Join(parts, " "), n.words())
}

// teiTitle is the main title of the head, in the language of the text where there are
// several; the corpus's mark in brackets is no part of it.
func teiTitle(header *node, language string) string {
	best := ""
	for title := range header.first("titlestmt").all("title") {
		if title.attr("type") == "sub" {
			continue
		}
		words, _, _ := strings.Cut(title.words(), " [ParlaMint")
		if best == "" || language != "" && title.attr("lang") == language {
			best = words
			if title.attr("lang") == language {
				break
			}
		}
	}
	return best
}

// dateIn is the first date in an element.
func dateIn(n *node) string {
	for d := range n.all("date") {
		if when := cmp.Or(d.attr("when", "from"), d.words()); when != "" {
			return when
		}
	}
	return ""
}

// teiPlace is the town of the setting.
func teiPlace(setting *node) string {
	for n := range setting.all("name") {
		if kind := n.attr("type"); kind == "city" || kind == "town" || kind == "place" {
			return n.words()
		}
	}
	return setting.value("placename")
}
