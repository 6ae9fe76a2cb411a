package records

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/decode"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// The European Parliament's debates have interventions with an orator: the label as it is
// printed, with the political group, and attributes for the name. Titles of chapters stand
// in every language.
//
//	<INTERVENTION><ORATEUR PP="PPX" LIB="Jane | Roe"><EMPHAS NAME="B">Jane Roe (<PP>PPX</PP>).</EMPHAS></ORATEUR>
//	  <PARA> – Madam President, the quay is closed.</PARA></INTERVENTION>
func readEuroparl(w *writer, root *node) {
	w.markup = markup{inline: text.WordSet(`emphas pp b i em strong a span sup sub exposant`), breaks: text.WordSet(`br lf`),
		dropped: text.WordSet(`head numero orateur meta`), asides: text.WordSet(`comment`)}
	w.fact("date", cmp.Or(dayInText(root.first("head").words()), dayInID(root.first("numero").attr("vod-start")), dayInText(root.attr("date"))))
	e := europarl{writer: w}
	w.own = e.element
	w.paragraph(root)
}

var anyDay = regexp.MustCompile(`\b(?:\d{1,2}[./-]\d{1,2}[./-]\d{4}|[12]\d{3}-\d\d-\d\d)\b`)

func dayInText(words string) string { return anyDay.FindString(words) }

type europarl struct{ *writer }

func (e *europarl) element(n *node) bool {
	switch n.name {
	case "chapter":
		e.heading(1, chapterTitle(n))
		e.paragraph(n)
	case "tl-chap":
	case "intervention":
		e.say(orateurVoice(n.first("orateur")), true)
		e.prose(n)
		e.silence()
	default:
		return false
	}
	return true
}

// chapterTitle is the title of a chapter in English, or else the first.
func chapterTitle(chapter *node) string {
	title := chapter.child("tl-chap").words()
	for n := range chapter.all("tl-chap") {
		if n.attr("vl") == "EN" {
			title = n.words()
		}
	}
	return title
}

// orateurVoice is the voice of an orator; nobody's without one.
func orateurVoice(n *node) *content.Voice {
	name := text.OneLine(strings.ReplaceAll(n.attr("lib"), "|", " "))
	printed := strings.TrimRight(n.words(), " .,:–—-")
	if name == "" && printed == "" {
		return nil
	}
	v := &content.Voice{Label: cmp.Or(printed, name), Name: cmp.Or(name, speaker.FullName(notes.ReplaceAllString(printed, "")))}
	if party := n.attr("pp"); party != "" && !strings.EqualFold(party, "null") {
		v.Affiliation = party
	}
	return v
}

// The Europarl corpus is text with tags on lines of their own: a chapter, whose title
// follows; a speaker; a paragraph.
//
//	<SPEAKER ID="12" NAME="Jane Roe" LANGUAGE="EN" AFFILIATION="PPX">
//	Madam President, the quay is closed.
var (
	corpusTag  = regexp.MustCompile(`(?i)^\s*<(?:chapter|speaker)\s+id\s*=[^<>]*>\s*\n`)
	corpusLine = regexp.MustCompile(`(?i)^<(chapter|speaker|p)\b([^<>]*)>\s*(.*)$`)
	corpusAttr = regexp.MustCompile(`(?i)\b(name|affiliation)\s*=\s*(?:"([^"]*)"|(\S+))`)
)

// readCorpus reads the lines of the Europarl corpus.
func readCorpus(plain string, warnings []string) (*content.Content, error) {
	if _, _, err := decode.Lines([]byte(plain), ""); err != nil {
		return nil, err
	}
	w := newWriter()
	for line := range strings.SplitSeq(plain, "\n") {
		line = strings.TrimSpace(line)
		m := corpusLine.FindStringSubmatch(line)
		switch {
		case m == nil && strings.HasPrefix(line, "<") && strings.HasSuffix(line, ">"):
			w.flush()
		case m == nil && text.IsBracketed(line):
			w.outside(line)
		case m == nil:
			w.text.WriteString(line + " ")
		case strings.EqualFold(m[1], "chapter"):
			w.silence()
		case strings.EqualFold(m[1], "speaker"):
			w.say(corpusVoice(m[2]), true)
		default:
			w.flush()
		}
		if m != nil {
			w.text.WriteString(m[3] + " ")
		}
	}
	w.flush()
	if !w.spoken {
		return nil, content.NoTranscript("no turns found", "the file has tags of the Europarl corpus, and no speaker with words behind it")
	}
	return w.content(warnings), nil
}

// corpusVoice reads the attributes of a speaker; nobody's without a name.
func corpusVoice(attributes string) *content.Voice {
	v := &content.Voice{}
	for _, m := range corpusAttr.FindAllStringSubmatch(attributes, -1) {
		value := text.OneLine(m[2] + m[3])
		if strings.EqualFold(m[1], "name") {
			v.Label = strings.TrimRight(value, " .,:")
		} else {
			v.Affiliation = value
		}
	}
	if v.Label == "" {
		return nil
	}
	return v
}
