package records

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// The Riksdag gives speeches as XML or JSON, each with the speaker, the party, and the
// words as a piece of a web page.
//
//	<anforande><talare>Jane Roe (X)</talare><parti>X</parti><anforandetext>&lt;p&gt;Fru talman!&lt;/p&gt;</anforandetext></anforande>
func readRiksdag(w *writer, root *node) {
	w.fact("language", "sv")
	w.fact("title", root.value("dok_titel"))
	w.fact("date", root.value("dok_datum"))
	section := ""
	if root.name == "anforande" {
		root = &node{children: []*node{root}}
	}
	for n := range root.all("anforande") {
		if heading := n.value("avsnittsrubrik"); heading != section {
			section = heading
			w.heading(1, heading)
		}
		v := nordicVoice(n.value("talare"))
		v.Affiliation = cmp.Or(n.value("parti"), v.Affiliation)
		w.say(v, false)
		w.speak(webParagraphs(n.first("anforandetext").raw())...)
	}
	w.silence()
}

// nordicVoice is the voice of a label in which a minister's office may stand before the
// name: Finansminister Jana Roe (X).
func nordicVoice(label string) *content.Voice {
	v := nameLabel(label)
	if office, name, ok := strings.Cut(notes.ReplaceAllString(v.Label, ""), " "); ok && ministers.MatchString(office) {
		v.Name = speaker.FullName(name)
	}
	return v
}

var ministers = regexp.MustCompile(`(?i)(?:minister(?:n|en)?|statsråd(?:et|en)?)$`)

// The Storting's records have main speeches, replies, and the words of whoever presides.
// The label, with the time of day, stands at the start of the first paragraph.
//
//	<Replikk><A><Navn>Jane Roe (X) [10:01:22]:</Navn> President! Kaia er stengt.</A></Replikk>
func readStorting(w *writer, root *node) {
	w.markup = markup{inline: text.WordSet(`navn uth kur halvfet sperret b i em strong sup sub ref`), breaks: text.WordSet(`br`),
		dropped: text.WordSet(`dagsorden vedlegg president`), asides: text.WordSet(`merknad handling votering`), quotes: text.WordSet(`blokksitat sitat`)}
	w.fact("language", "nb")
	w.fact("title", root.value("tittel"))
	w.fact("date", root.value("tittel"))
	w.own = func(n *node) bool {
		switch n.name {
		case "hovedinnlegg", "replikk", "presinnlegg":
			w.say(innleggVoice(n), true)
			w.prose(n)
			w.silence()
		case "navn":
		case "saktittel", "tittel":
			w.heading(1, n.words())
		default:
			return false
		}
		return true
	}
	w.paragraph(root)
}

var clock = regexp.MustCompile(`\s*\[?\(?\b\d{1,2}[:.]\d\d(?:[:.]\d\d)?\)?\]?\s*`)

func innleggVoice(n *node) *content.Voice {
	label := text.OneLine(clock.ReplaceAllString(n.value("navn"), " "))
	if label = strings.TrimRight(label, " :."); label == "" {
		return nil
	}
	v := nordicVoice(label)
	if n.name == "presinnlegg" {
		v.Role = "moderator"
	}
	return v
}

// The Folketing's records have the orator's names, party and role beside the label as it
// is printed, and the words in characters of lines.
//
//	<Tale><Taler><MetaSpeakerMP><OratorFirstName>Jane</OratorFirstName><OratorLastName>Roe</OratorLastName>…</MetaSpeakerMP></Taler>
//	  <TaleSegment><TekstGruppe><Exitus><Linea><Char>Kajen er lukket.</Char></Linea></Exitus></TekstGruppe></TaleSegment></Tale>
func readFolketing(w *writer, root *node) {
	w.markup = markup{inline: text.WordSet(`linea char taletype`), breaks: text.WordSet(`br`), dropped: text.WordSet(`taler talertitel metaspeakermp metaspeechsegment
		metameeting metaftagendaitem metaagendaitem sagsoplysning dagsordenplan`)}
	w.fact("language", "da")
	w.fact("date", root.value("dateofsitting"))
	w.fact("title", cmp.Or(root.value("moedetitel"), root.value("titel")))
	w.own = func(n *node) bool {
		switch n.name {
		case "tale":
			w.say(talerVoice(n), false)
			w.prose(n)
			w.silence()
		case "punkttekst", "titelgruppe":
			w.heading(1, n.words())
		default:
			return false
		}
		return true
	}
	w.paragraph(root)
}

// talerVoice is the voice of an orator. One without a surname is a mark of the record, such
// as its end.
func talerVoice(tale *node) *content.Voice {
	surname := tale.value("oratorlastname")
	if surname == "" {
		return nil
	}
	v := &content.Voice{Name: text.OneLine(tale.value("oratorfirstname") + " " + surname), Affiliation: tale.value("groupnameshort")}
	v.Label = cmp.Or(strings.TrimRight(tale.value("talertitel"), " :."), v.Name)
	if role := strings.ToLower(tale.value("oratorrole")); role == "formand" || strings.HasSuffix(role, "næstformand") {
		v.Role = "moderator"
	}
	return v
}
