// Package akoma opens the XML of parliaments, Akoma Ntoso and others: speeches say
// by an attribute or an element whose they are, and the document's head, or a list
// of people, who that is. So do the utterances of TEI. All other text (headings,
// scenes, votes) is nobody's words.
package akoma

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/decode"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

var speechXML = regexp.MustCompile(`<(?:[\w-]+:)?(?:akomaNtoso|TEI|teiCorpus|speech|sp|u|intervention|utterance)[\s>]`)

// Is recognises XML by its declaration, or by an element for speech.
func Is(data []byte, o content.Options) bool {
	text := strings.TrimSpace(decode.Sniff(data, o))
	return strings.HasPrefix(text, "<?xml") || strings.HasPrefix(text, "<") && speechXML.MatchString(text)
}

var xmlEncoding = regexp.MustCompile(`^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']`)

// Open reads the speeches and what stands between them.
func Open(data []byte, o content.Options) (*content.Content, error) {
	if m := xmlEncoding.FindSubmatch(data[:min(len(data), 200)]); m != nil && decode.Charset(o.ContentType) == "" {
		o.ContentType = "text/xml; charset=" + string(m[1])
	}
	text, warnings, err := decode.Text(data, o.ContentType)
	if err != nil {
		return nil, err
	}
	a := akoma{people: map[string]string{}, facts: map[string]string{}}
	if err := a.read(text); err != nil {
		return nil, err
	}
	if !a.spoken {
		return nil, content.Invalid("the XML has no speeches; each needs an element such as <speech by=\"#id\"> or <u who=\"#id\">")
	}
	return &content.Content{Fields: a.fields(), Lines: a.lines, Warnings: warnings}, nil
}

// akoma reads the XML of a debate from start to end.
type akoma struct {
	open     []element
	head     int // how many open elements are of the document's head
	asides   int // how many hold what is not said
	sections int
	voices   []*content.Voice // of the speeches that are open
	text     strings.Builder
	people   map[string]string // full names by id
	person   person            // of a list, who is open
	facts    map[string]string // the first of each, by the name of its element
	lines    []content.Line
	spoken   bool
}

const deepestXML = 256

// read takes one token after the other. Go's decoder knows no entities but the
// five of XML and, here, those of HTML, so that nothing grows.
func (a *akoma) read(text string) error {
	d := xml.NewDecoder(strings.NewReader(text))
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		var broken *xml.SyntaxError
		if errors.As(err, &broken) {
			return content.Invalid("the XML is malformed in line %d: %s", broken.Line, broken.Msg)
		}
		if err != nil {
			return content.Invalid("the XML cannot be read at byte %d", d.InputOffset())
		}
		switch t := token.(type) {
		case xml.Directive:
			if strings.Contains(string(t), "<!ENTITY") {
				return content.Unsupported("the XML declares entities of its own, which are not expanded; save it without its DOCTYPE")
			}
		case xml.StartElement:
			if len(a.open) >= deepestXML {
				return content.Invalid("the XML is nested more than %d deep at byte %d; give a flatter file", deepestXML, d.InputOffset())
			}
			a.start(t)
		case xml.EndElement:
			a.end()
		case xml.CharData:
			a.text.Write(t)
		}
	}
}

func (a *akoma) start(t xml.StartElement) {
	name := t.Name.Local
	e := element{name: name, head: headElements[name], speech: a.head == 0 && isSpeech(t), section: sectionElements[name]}
	e.block = e.speech || !inlineElements[name] && name != "u"
	e.aside = asideElements[name]
	switch {
	case e.block:
		a.flush()
	case name == "br" || name == "eol":
		a.text.WriteByte(' ')
	}
	if e.speech {
		a.voices = append(a.voices, a.voiceOf(t))
	}
	a.open = append(a.open, e)
	a.count(e, 1)
	a.note(t)
}

// count notes that an element begins, or ends.
func (a *akoma) count(e element, by int) {
	if e.head {
		a.head += by
	}
	if e.aside {
		a.asides += by
	}
	if e.section {
		a.sections += by
	}
}

func (a *akoma) end() {
	last := len(a.open) - 1
	e := a.open[last]
	switch {
	case a.head > 0:
		a.endFact(e.name)
	case labelElements[e.name] && len(a.voices) > 0:
		a.label()
	case e.name == "docTitle" || e.name == "docDate" || e.name == "date":
		a.fact(e.name, a.text.String())
	}
	if e.block {
		a.flush()
	}
	if e.speech {
		a.voices = a.voices[:len(a.voices)-1]
	}
	a.open = a.open[:last]
	a.count(e, -1)
}

// take is the text since the last block, which is done with.
func (a *akoma) take() string {
	taken := text.OneLine(a.text.String())
	a.text.Reset()
	return taken
}

// flush makes a line of the text since the last block.
func (a *akoma) flush() {
	text := a.take()
	if text == "" || a.head > 0 || len(a.open) == 0 {
		return
	}
	l := content.Line{Text: text, Gap: true}
	switch name := a.open[len(a.open)-1].name; {
	case headingElements[name]:
		l.Heading = max(1, a.sections)
		if name == "minor-heading" {
			l.Heading = 2
		}
	case len(a.voices) > 0 && a.asides == 0:
		l.Voice = a.voices[len(a.voices)-1]
	}
	a.lines = append(a.lines, l)
}
