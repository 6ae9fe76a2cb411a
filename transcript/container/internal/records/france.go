package records

import (
	"cmp"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// The Assemblée nationale's records have a paragraph for each time somebody speaks, with
// the speaker and the text beside each other. Directions stand in italics and brackets
// within the text. The president is named in the head, and called Mme la présidente.
//
//	<paragraphe roledebat="president"><orateurs><orateur><nom>Mme la présidente</nom></orateur></orateurs>
//	  <texte>La séance est ouverte. <italique>(Applaudissements.)</italique></texte></paragraphe>
func readAssemblee(w *writer, root *node) {
	w.markup = markup{inline: frenchInline, breaks: text.WordSet(`br`), dropped: text.WordSet(`metadonnees sommaire orateurs uid seanceref sessionref`)}
	w.fact("language", "fr")
	w.fact("title", root.first("quantiemes").value("journee"))
	w.fact("date", root.value("dateseance"))
	a := assemblee{writer: w, people: cast{}}
	for n := range root.all("orateur") {
		a.people.learn(n.value("id"), speaker.FullName(n.value("nom")))
	}
	presidents := cast{}
	for n := range root.all("presidentseance") {
		presidents.learn("seance", speaker.PresidedBy(n.words()))
	}
	a.president = presidents["seance"]
	w.own = a.element
	w.paragraph(root)
}

var frenchInline = text.WordSet(`italique gras exposant indice souligne i b em strong sup sub a span lien`)

type assemblee struct {
	*writer
	people    cast
	president string
	speeches  stretch
	level     int // of the agenda's items that are open

	inParagraph bool
}

func (a *assemblee) element(n *node) bool {
	switch {
	case n.name == "paragraphe":
		a.say(a.voiceOf(n), false)
		a.inParagraph = true
		a.prose(n)
		a.inParagraph = false
		a.silence()
	case n.name == "point":
		a.level++
		a.paragraph(n)
		a.level--
	case n.name == "texte":
		raised(n)
		a.start = secondsIn(n.attr("stime"))
		return a.heads(n)
	case n.name == "italique" && text.IsBracketed(n.words()):
		a.aside(n)
	case n.name == "intitule":
		return a.heads(n)
	default:
		return false
	}
	return true
}

// heads writes the text of an item of the agenda as a heading; ok reports whether it is one.
func (a *assemblee) heads(n *node) (ok bool) {
	if a.voice != nil || n.name == "texte" && (a.level == 0 || a.inParagraph) {
		return false
	}
	a.heading(a.level, n.words())
	a.speeches.end()
	return true
}

// secondsIn reads the seconds into the recording, as milliseconds.
func secondsIn(stime string) *int64 {
	seconds, err := strconv.ParseFloat(stime, 64)
	if err != nil || seconds < 0 || seconds > longestSitting {
		return nil
	}
	ms := int64(math.Round(seconds * 1000))
	return &ms
}

const longestSitting = 48 * 3600 // seconds

// raised takes the marks off letters that are raised: n[[o]] 7.
func raised(n *node) {
	if n.name == "" && strings.Contains(n.text, "[[") {
		n.text = raisedLetters.ReplaceAllString(n.text, "$1")
	}
	for _, c := range n.children {
		raised(c)
	}
}

var raisedLetters = regexp.MustCompile(`\[\[([^\[\]]{1,4})\]\]`)

// voiceOf is who speaks in a paragraph; nobody where it has no speaker.
func (a *assemblee) voiceOf(n *node) *content.Voice {
	orateur := n.at("orateurs", "orateur")
	label := strings.TrimRight(orateur.child("nom").words(), " .,:")
	if label == "" {
		a.speeches.end()
		return nil
	}
	v := nameLabel(label)
	v.Name = cmp.Or(v.Name, a.people[orateur.child("id").words()])
	v.Affiliation = cmp.Or(strings.Trim(orateur.child("qualite").words(), " .,"), v.Affiliation)
	if n.attr("roledebat") == "president" || speaker.Presides(label) {
		v.Role, v.Name = "moderator", cmp.Or(v.Name, a.president)
	}
	return a.speeches.voice(v)
}

// readJournal reads the records that the Sénat, and the Journal officiel for both houses,
// publish: paragraphs of which those that begin a speech have a speaker within.
//
//	<Para><Orateur><Nom>M. Jean Poe, </Nom><Qualite>ministre.</Qualite></Orateur> Le quai est fermé.</Para>
func readJournal(w *writer, root *node) {
	w.markup = markup{inline: journalInline, breaks: text.WordSet(`br`), dropped: text.WordSet(`metadonnees sommaire`)}
	w.fact("language", "fr")
	w.fact("date", root.value("dateseance"))
	presidents := cast{}
	for n := range root.all("presidentseance") {
		presidents.learn("seance", speaker.PresidedBy(titled(n)))
	}
	j := journal{writer: w, president: presidents["seance"]}
	w.own = j.element
	w.paragraph(root)
}

var journalInline = text.WordSet(`italique gras exposant indice souligne i b em strong sup sub a span lien ital exp`)

type journal struct {
	*writer
	president string
}

// titled is the first text inside an element: what stands before its other elements.
func titled(n *node) string {
	if first := n.firstPiece(); first != nil {
		return first.words()
	}
	return ""
}

func (j *journal) element(n *node) bool {
	switch n.name {
	case "para":
		if orateur := n.first("orateur"); orateur != nil {
			j.say(j.voiceOf(orateur), true)
		}
		if text.IsBracketed(n.words()) {
			j.outside(n.words())
			return true
		}
		j.paragraph(n)
	case "orateur":
	case "mouvement", "qualitemouvement", "didascalie":
		j.aside(n)
	case "presidentseance":
		j.silence()
		j.outside(n.words())
	case "intitule", "titrestruct", "quantiemes":
		j.heading(1, n.words())
	default:
		if !j.markup.inline[n.name] && !j.markup.dropped[n.name] && strings.Contains(n.name, "section") {
			j.silence()
		}
		return false
	}
	return true
}

// voiceOf is the voice of a speaker. The president is called by the office alone.
func (j *journal) voiceOf(orateur *node) *content.Voice {
	label := strings.Trim(orateur.value("nom"), " .,:")
	v := &content.Voice{Label: label, Name: speaker.FullName(label), Affiliation: strings.Trim(orateur.value("qualite"), " .,")}
	if v.Name == "" && speaker.Presides(label) {
		v.Name = j.president
	}
	return v
}
