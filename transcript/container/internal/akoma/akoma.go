// Package akoma opens the XML of parliaments: Akoma Ntoso, and others like it, as
// well as TEI. Each speech or utterance says by an attribute or an element whose it
// is, and the document's head, or a list of people, who that is. All other text
// (headings, scenes, votes) is nobody's words.
package akoma

import (
	"context"
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

// Is recognises XML by its declaration, or by an element for speeches.
func Is(data []byte, o content.Options) bool {
	text := strings.TrimSpace(decode.Sniff(data, o))
	return strings.HasPrefix(text, "<?xml") || strings.HasPrefix(text, "<") && speechXML.MatchString(text)
}

var xmlEncoding = regexp.MustCompile(`^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']`)

// Open reads the speeches and what stands between them.
func Open(ctx context.Context, data []byte, o content.Options) (*content.Content, error) {
	if m := xmlEncoding.FindSubmatch(data[:min(len(data), 200)]); m != nil && decode.Charset(o.ContentType) == "" {
		o.ContentType = "text/xml; charset=" + string(m[1])
	}
	text, warnings, err := decode.Text(data, o.ContentType)
	if err != nil {
		return nil, err
	}
	r := reader{people: map[string]string{}, facts: map[string]string{}}
	if err := r.read(ctx, text); err != nil {
		return nil, err
	}
	if !r.spoken {
		return nil, content.NoTranscript("no turns found", "the XML has no speeches; each needs an element such as <speech by=\"#id\"> or <u who=\"#id\">")
	}
	return &content.Content{Fields: r.fields(), Lines: r.lines, Warnings: warnings}, nil
}

// reader reads the XML of a debate from start to end.
type reader struct {
	open     []element         // the innermost last
	head     int               // how many open elements are of the document's head
	asides   int               // how many open elements hold what nobody says
	sections int               // how many open elements are sections
	voices   []*content.Voice  // of the speeches that are open, the innermost last
	text     strings.Builder   // since the last block
	people   map[string]string // full names by identifier
	person   person            // the open person of a list
	facts    map[string]string // the first of each, by the name of its element
	lines    []content.Line
	spoken   bool
}

const deepestXML = 256

// read takes one token after the other. No entities are expanded but the five of XML
// and those of HTML, so that a small file cannot become a large one.
func (r *reader) read(ctx context.Context, text string) error {
	d := xml.NewDecoder(content.Reader(ctx, strings.NewReader(text)))
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	for {
		if err := content.CheckLines(len(r.lines), len(text)); err != nil {
			return err
		}
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
			if len(r.open) >= deepestXML {
				return content.Invalid("the XML is nested more than %d deep at byte %d; give a flatter file", deepestXML, d.InputOffset())
			}
			r.start(t)
		case xml.EndElement:
			r.end()
		case xml.CharData:
			r.text.Write(t)
		}
	}
}

func (r *reader) start(t xml.StartElement) {
	name := t.Name.Local
	e := element{name: name, head: headElements[name], speech: r.head == 0 && isSpeech(t), section: sectionElements[name]}
	e.block = e.speech || !inlineElements[name] && name != "u"
	e.aside = asideElements[name]
	switch {
	case e.block:
		r.flush()
	case name == "br" || name == "eol":
		r.text.WriteByte(' ')
	}
	if e.speech {
		r.voices = append(r.voices, r.voiceOf(t))
	}
	r.open = append(r.open, e)
	r.count(e, 1)
	r.note(t)
}

// count counts an element that begins, by 1, or ends, by -1.
func (r *reader) count(e element, by int) {
	if e.head {
		r.head += by
	}
	if e.aside {
		r.asides += by
	}
	if e.section {
		r.sections += by
	}
}

func (r *reader) end() {
	last := len(r.open) - 1
	e := r.open[last]
	switch {
	case r.head > 0:
		r.endFact(e.name)
	case labelElements[e.name] && len(r.voices) > 0:
		r.label()
	case e.name == "docTitle" || e.name == "docDate" || e.name == "date":
		r.fact(e.name, r.text.String())
	}
	if e.block {
		r.flush()
	}
	if e.speech {
		r.voices = r.voices[:len(r.voices)-1]
	}
	r.open = r.open[:last]
	r.count(e, -1)
}

// take takes the text since the last block.
func (r *reader) take() string {
	taken := text.OneLine(r.text.String())
	r.text.Reset()
	return taken
}

// flush makes a line of the text since the last block.
func (r *reader) flush() {
	text := r.take()
	if text == "" || r.head > 0 || len(r.open) == 0 {
		return
	}
	l := content.Line{Text: text, Gap: true}
	switch name := r.open[len(r.open)-1].name; {
	case headingElements[name]:
		l.Heading = max(1, r.sections)
		if name == "minor-heading" {
			l.Heading = 2
		}
	case len(r.voices) > 0 && r.asides == 0:
		l.Voice = r.voices[len(r.voices)-1]
	}
	r.lines = append(r.lines, l)
}
