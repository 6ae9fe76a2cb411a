package records

import (
	"cmp"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// The Bundestag's records, since its 19th term, name who speaks in a paragraph of its own
// class, with the parts of the name beside the label. Whoever presides has a name element
// between the paragraphs. Comments hold what others call out.
//
//	<p klasse="redner"><redner id="1"><name><vorname>Jana</vorname><nachname>Roe</nachname><fraktion>XPD</fraktion></name></redner>Jana Roe (XPD):</p>
//	<p klasse="J_1">Der Kai ist geschlossen.</p><kommentar>(Beifall bei der XPD)</kommentar>
func readBundestag(w *writer, root *node) {
	w.markup = markup{inline: text.WordSet(`sup sub b i u a fett kursiv xref`), asides: text.WordSet(`kommentar fussnote`), breaks: text.WordSet(`br`), quotes: text.WordSet(`zitat`)}
	head := root.first("kopfdaten")
	w.fact("language", "de")
	w.fact("title", affiliated(head.value("plenarprotokoll-nummer"), head.value("sitzungstitel")))
	w.fact("date", cmp.Or(root.attr("sitzung-datum"), head.first("datum").attr("date")))
	w.fact("place", cmp.Or(root.attr("sitzung-ort"), head.value("ort")))
	b := bundestag{writer: w}
	w.own = b.element
	for n := range root.all("sitzungsverlauf") {
		w.paragraph(n)
	}
}

type bundestag struct {
	*writer
	presider *content.Voice // whoever presides
}

func (b *bundestag) element(n *node) bool {
	switch n.name {
	case "rede":
		b.silence()
		b.paragraph(n)
		b.onlyPresider()
	case "tagesordnungspunkt", "sitzungsende":
		b.onlyPresider()
		b.paragraph(n)
	case "name":
		b.presides(strings.TrimRight(n.words(), ": \u00a0"))
	case "p":
		b.classed(n)
	default:
		return false
	}
	return true
}

// onlyPresider ends everybody's speech but that of whoever presides, who goes on from one
// item of the agenda to the next.
func (b *bundestag) onlyPresider() {
	if b.flush(); b.voice != b.presider {
		b.silence()
	}
}

// presides begins the words of whoever presides: Präsidentin Jana Roe.
func (b *bundestag) presides(label string) {
	_, name, _ := strings.Cut(label, " ")
	b.presider = &content.Voice{Label: label, Name: speaker.FullName(withoutDegrees(name)), Role: "moderator"}
	b.say(b.presider, false)
}

// classed reads a paragraph by its class: that of a speaker, a heading of the agenda, or
// words.
func (b *bundestag) classed(n *node) {
	class := n.attr("klasse")
	switch {
	case n.child("redner") != nil:
		b.say(rednerVoice(n), false)
	case strings.HasPrefix(class, "T"):
		b.aside(n)
		b.gap = true
	default:
		b.paragraph(n)
	}
}

// rednerVoice is the voice of a paragraph that names who speaks.
func rednerVoice(n *node) *content.Voice {
	redner := n.child("redner")
	name := redner.child("name")
	v := &content.Voice{
		Name:        strings.Join(strings.Fields(name.child("vorname").words()+" "+name.child("namenszusatz").words()+" "+name.child("nachname").words()), " "),
		Affiliation: cmp.Or(name.child("fraktion").words(), name.at("rolle", "rolle_lang").words()),
	}
	var printed strings.Builder
	for _, c := range n.children {
		if c != redner {
			c.gather(&printed)
		}
	}
	v.Label = cmp.Or(text.OneLine(strings.TrimRight(printed.String(), ": \u00a0\n")), v.Name)
	return v
}

// withoutDegrees is a name without what stands before it in small letters: h. c.
func withoutDegrees(name string) string {
	words := strings.Fields(name)
	for len(words) > 0 && (speaker.IsTitle(words[0]) || words[0] == "h." || words[0] == "c.") {
		words = words[1:]
	}
	return strings.Join(words, " ")
}

// readBundestagText reads the records of earlier terms, in which the whole sitting is one
// text: its labels are read as in any text.
func readBundestagText(w *writer, root *node) {
	w.fact("language", "de")
	w.fact("title", affiliated("Plenarprotokoll "+root.value("nr"), root.value("titel")))
	w.fact("date", root.value("datum"))
	w.plain(root.first("text"))
}
