package draft

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript/container"
)

// readHTML reads a web page. It goes by the tokens rather than by a tree, because
// only they tell the lines; a page's nesting matters for block quotations alone.
func readHTML(file []byte, contentType string) ([]block, error) {
	encoding, _, declared := charset.DetermineEncoding(file, contentType)
	if declared || !utf8.Valid(file) {
		decoded, err := encoding.NewDecoder().Bytes(file)
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "the page is not in the encoding that it says; save it as UTF-8")
		}
		file = decoded
	}
	r := htmlReader{tokens: html.NewTokenizer(bytes.NewReader(file)), line: 1}
	for {
		kind := r.tokens.Next()
		lines := bytes.Count(r.tokens.Raw(), []byte("\n"))
		switch kind {
		case html.ErrorToken:
			if r.tokens.Err() != io.EOF {
				return nil, fault.Wrap(r.tokens.Err(), fault.Invalid, "the page cannot be read as HTML; save it again")
			}
			r.end()
			return r.blocks, nil
		case html.TextToken:
			r.text(string(r.tokens.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			r.start(r.tag(), kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			tag, _ := r.tokens.TagName()
			r.finish(atom.Lookup(tag))
		}
		if kind != html.TextToken {
			r.line += lines
		}
	}
}

type htmlReader struct {
	tokens *html.Tokenizer
	blocks []block
	open   block
	line   int
	hidden atom.Atom // the open element whose content is left out
	depth  int       // of elements of its kind inside it
	inline int       // q elements that are open
	code   int       // code elements that are open
	italic atom.Atom // the open element whose italics quote, behind a colon
	nested []int     // block quotations that are open, by number, the innermost last
	quoted int       // block quotations so far
	pulled atom.Atom // the open element that is a quotation by its class, as a pull quote
	depths int       // of elements of its kind inside it, with itself
	figure int       // of those, how many came before the figure that is open
	cited  atom.Atom // the open element whose content names a block quotation's source
	source span      // of the open paragraph: what a cite element in a block quotation holds
	raised raised    // the element that may hold a note's number
	rows   int       // rows of tables and entries of definition lists so far
	row    int       // the one that is open; 0 outside of any
	id     string    // the latest identifier in the open paragraph or before it, by which a note is referred to
}

// span is a part of the open paragraph, in characters.
type span struct{ start, end int }

// raised is an element that may hold the number of a note.
type raised struct {
	tag   atom.Atom // 0 for none
	start int       // in the open paragraph
	link  bool      // it is, or holds, a link within the page
	note  bool      // it says that it refers to a note
	to    string    // the identifier that it links to
}

// htmlTag is a start tag with what is read of its attributes.
type htmlTag struct {
	name    atom.Atom
	hidden  bool
	inPage  bool   // it links to a place of the page
	to, id  string // the identifier of that place, and its own
	noteRef bool   // it says that it refers to a note
	pulled  bool   // its class says that it is a quotation
}

// tag reads the start tag that is next.
func (r *htmlReader) tag() htmlTag {
	name, more := r.tokens.TagName()
	t := htmlTag{name: atom.Lookup(name)}
	for more {
		var key, value []byte
		key, value, more = r.tokens.TagAttr()
		v := strings.ToLower(string(value))
		switch string(key) {
		case "hidden":
			t.hidden = v != "until-found"
		case "style":
			style := strings.ReplaceAll(v, " ", "")
			t.hidden = t.hidden || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
		case "href":
			t.to, t.inPage = strings.CutPrefix(v, "#")
		case "id":
			t.id = v
		case "class", "role", "epub:type":
			t.noteRef = t.noteRef || slices.ContainsFunc(strings.Fields(v), isNoteReference)
			t.pulled = t.pulled || (t.name == atom.Aside || t.name == atom.P) && slices.ContainsFunc(strings.Fields(v), isQuoteClass)
		}
	}
	return t
}

// isQuoteClass reports whether a class, as page makers call it, says that an element is a quotation.
func isQuoteClass(class string) bool {
	switch class {
	case "quote", "quotation", "pullquote", "pull-quote", "pulled-quote", "blockquote", "doc-pullquote":
		return true
	}
	return false
}

// isNoteReference reports whether a class or a role, as page makers call it, says that an
// element refers to a note.
func isNoteReference(class string) bool {
	switch class {
	case "footnote", "footnote-ref", "footnote-reference", "footnoteref", "footnote-anchor", "fnref", "noteref", "doc-noteref",
		"msofootnotereference", "msoendnotereference", "endnote-ref", "note-ref":
		return true
	}
	return false
}

// Elements whose content is not the draft's; elements of a page's head, whose end tag may be
// missing; elements that are hidden with all that they hold, because they have an end tag; and
// elements that end a paragraph.
var (
	hiddenElements = []atom.Atom{atom.Head, atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Svg, atom.Math,
		atom.Textarea, atom.Select, atom.Pre, atom.Del, atom.S, atom.Iframe, atom.Rt, atom.Rp}
	headElements  = []atom.Atom{atom.Title, atom.Meta, atom.Link, atom.Style, atom.Script, atom.Base, atom.Noscript, atom.Template, 0}
	endedElements = []atom.Atom{atom.P, atom.Div, atom.Span, atom.Section, atom.Article, atom.Aside, atom.Nav, atom.Header, atom.Footer,
		atom.Blockquote, atom.Figure, atom.Ul, atom.Ol, atom.Table, atom.Form, atom.Dialog, atom.Details, atom.Button, atom.Label, atom.A,
		atom.Em, atom.Strong, atom.B, atom.I, atom.Sup}
	blockElements = []atom.Atom{atom.P, atom.Div, atom.Blockquote, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Dd, atom.H1, atom.H2, atom.H3,
		atom.H4, atom.H5, atom.H6, atom.Table, atom.Tr, atom.Td, atom.Th, atom.Section, atom.Article, atom.Aside, atom.Header, atom.Footer,
		atom.Nav, atom.Main, atom.Figure, atom.Figcaption, atom.Hr, atom.Body, atom.Form, atom.Address, atom.Details, atom.Summary}
	voidElements = []atom.Atom{atom.Br, atom.Hr, atom.Img, atom.Input, atom.Meta, atom.Link, atom.Wbr}
)

func (r *htmlReader) start(t htmlTag, closed bool) {
	tag := t.name
	closed = closed && slices.Contains(voidElements, tag)
	if r.endsHidden(tag) {
		r.hidden = 0
	}
	switch {
	case r.hidden != 0:
		if tag == r.hidden && !closed {
			r.depth++
		}
		return
	case slices.Contains(hiddenElements, tag), t.hidden && slices.Contains(endedElements, tag):
		if slices.Contains(blockElements, tag) {
			r.end()
		}
		r.hidden, r.depth = tag, 1
		return
	case slices.Contains(blockElements, tag):
		r.end()
	}
	if t.id != "" && r.open.empty() {
		r.id = t.id
	}
	r.pull(t)
	switch tag {
	case atom.Tr, atom.Dt:
		r.rows++
		r.row = r.rows
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		r.open.heading = true
	case atom.Blockquote:
		r.quoted++
		r.nested = append(r.nested, r.quoted)
	case atom.Figure:
		r.figure = r.quoted
	case atom.Q:
		r.inline++
		r.mark("“", "‘")
	case atom.Code:
		r.code++
	case atom.Em, atom.I:
		if text := strings.TrimSpace(string(r.open.text)); r.italic == 0 && (strings.HasSuffix(text, ":") || strings.HasSuffix(text, "：")) {
			r.italic = tag
			r.open.add("“", r.line)
		}
	case atom.Br:
		r.breakLine()
	case atom.Sup, atom.A:
		r.raise(t)
	case atom.Cite:
		if r.cited == 0 && len(r.nested) > 0 {
			r.source = span{len(r.open.text), 0}
		}
	case atom.Footer, atom.Figcaption:
		if r.cited == 0 && (len(r.nested) > 0 || tag == atom.Figcaption && r.quoted > r.figure) {
			r.end()
			r.cited = tag
		}
	}
}

// pull begins a block quotation with an element that is one by its class. It ends with its first
// paragraph: what follows in an aside names whose words they are.
func (r *htmlReader) pull(t htmlTag) {
	switch begins := slices.Contains(blockElements, t.name); {
	case begins && (r.pulled == atom.P || r.pulled != 0 && r.hasPulled()):
		r.unpull()
	case r.pulled != 0 && r.pulled == t.name:
		r.depths++
	}
	if t.pulled && r.pulled == 0 && len(r.nested) == 0 {
		r.pulled, r.depths = t.name, 1
		r.quoted++
		r.nested = append(r.nested, r.quoted)
	}
}

// hasPulled reports whether the open pull quote has a paragraph already.
func (r *htmlReader) hasPulled() bool {
	n := len(r.blocks)
	return n > 0 && r.blocks[n-1].pulled && r.blocks[n-1].quoted == r.quoted
}

func (r *htmlReader) unpull() {
	r.pulled, r.nested = 0, r.nested[:0]
}

// endsHidden reports whether an element ends the hidden one before it, which has no end tag:
// a body the head, a block a paragraph.
func (r *htmlReader) endsHidden(tag atom.Atom) bool {
	switch r.hidden {
	case atom.Head:
		return !slices.Contains(headElements, tag)
	case atom.P:
		return slices.Contains(blockElements, tag)
	case atom.Rt, atom.Rp:
		return tag == atom.Rb || tag == atom.Rt || tag == atom.Rp
	}
	return false
}

func (r *htmlReader) finish(tag atom.Atom) {
	if r.hidden != 0 {
		if tag == r.hidden {
			r.depth--
		}
		if r.depth == 0 || tag == atom.Ruby && (r.hidden == atom.Rt || r.hidden == atom.Rp) {
			r.hidden = 0
		}
		return
	}
	switch {
	case tag == r.cited && r.cited != 0:
		r.cite()
	case tag == atom.Cite:
		r.source.end = len(r.open.text)
	case tag == atom.Q && r.inline > 0:
		r.mark("”", "’")
		r.inline--
	case tag == atom.Code && r.code > 0:
		r.code--
	case tag == r.italic && r.italic != 0:
		r.italic = 0
		r.open.add("”", r.line)
	case tag == r.raised.tag:
		r.dropNoteNumber()
	case slices.Contains(blockElements, tag):
		r.end()
	}
	if tag == atom.Table || tag == atom.Dl {
		r.row = 0
	}
	if n := len(r.nested); tag == atom.Blockquote && n > 0 && (r.pulled == 0 || n > 1) {
		r.nested = r.nested[:n-1]
	}
	if r.pulled != 0 && tag == r.pulled {
		if r.depths--; r.depths == 0 {
			r.unpull()
		}
	}
}

// mark sets a quotation mark for a q element: outer or inner.
func (r *htmlReader) mark(outer, inner string) {
	if r.inline%2 == 0 {
		outer = inner
	}
	r.open.add(outer, r.line)
}

// breakLine ends a line; two that end one after the other end a paragraph.
func (r *htmlReader) breakLine() {
	if r.inline == 0 && strings.Contains(string(r.open.text[withoutSpace(r.open.text):]), "\n") {
		r.end()
		return
	}
	r.open.add("\n", r.line)
}

// raise begins an element that may hold the number of a note. One within another is a part
// of it.
func (r *htmlReader) raise(t htmlTag) {
	if r.raised.tag == 0 {
		r.raised = raised{tag: t.name, start: len(r.open.text)}
	}
	r.raised.link = r.raised.link || t.inPage
	r.raised.note = r.raised.note || t.noteRef
	r.raised.to = cmp.Or(r.raised.to, t.to)
}

// dropNoteNumber takes the number of a note out again. A link that is not set above the line
// has to stand close behind a word, or to say what it is.
func (r *htmlReader) dropNoteNumber() {
	e := r.raised
	r.raised = raised{}
	if e.start > len(r.open.text) {
		return
	}
	if len(r.open.text)-e.start > longestNumber {
		return
	}
	before := string(r.open.text[max(0, e.start-longestNumber):e.start])
	number := strings.TrimSpace(string(r.open.text[e.start:]))
	bracketed := strings.HasPrefix(number, "[") && strings.HasSuffix(number, "]")
	behindWord := before == strings.TrimRightFunc(before, unicode.IsSpace)
	refers := e.note || e.link && (e.tag == atom.Sup || bracketed || behindWord)
	switch {
	case refers && bracketed, refers && container.IsNoteNumber("", number), e.tag == atom.Sup && container.IsNoteNumber(before, number):
		r.open.cut(e.start)
		if e.to != "" {
			r.open.notes = append(r.open.notes, noteRef{e.start, e.to})
		}
	}
}

const longestNumber = 40 // characters of a note's number, or a word in its place: [citation needed]

// withoutSpace is the length of a text without the white space at its end.
func withoutSpace(text []rune) int {
	n := len(text)
	for n > 0 && unicode.IsSpace(text[n-1]) {
		n--
	}
	return n
}

// text adds text to the open paragraph, line by line.
func (r *htmlReader) text(text string) {
	for i, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if i > 0 {
			r.line++
			line = " " + line
		}
		if len(r.open.text) == 0 {
			line = strings.TrimLeftFunc(line, unicode.IsSpace)
		}
		if r.hidden == 0 && line != "" {
			r.addText(line)
		}
	}
}

func (r *htmlReader) addText(line string) {
	if r.code > 0 {
		r.open.addCode(line, r.line)
	} else {
		r.open.add(line, r.line)
	}
}

// end ends the open paragraph.
func (r *htmlReader) end() {
	if r.cited != 0 {
		return
	}
	r.italic = 0
	r.open.cut(withoutSpace(r.open.text))
	source, cited := r.takeSource()
	if n := len(r.nested); n > 0 {
		r.open.quoted = r.nested[n-1]
	}
	if !r.open.empty() {
		r.open.row, r.open.note, r.open.pulled = r.row, r.id, r.pulled != 0
		r.blocks = append(r.blocks, r.open)
		r.id = ""
	}
	if cited {
		r.credit(r.open.quoted, source)
	}
	r.open, r.inline, r.code, r.source, r.raised = block{}, 0, 0, span{}, raised{}
}

// takeSource takes the source of a block quotation off the end of the open paragraph, if a
// cite element has it and nothing but a sentence's end or a dash before it.
func (r *htmlReader) takeSource() (source string, cited bool) {
	text := r.open.text
	if r.source.end <= r.source.start || r.source.end > len(text) || strings.TrimSpace(string(text[r.source.end:])) != "" {
		return "", false
	}
	before := strings.TrimRightFunc(string(text[:r.source.start]), unicode.IsSpace)
	said := strings.TrimRight(before, "–—―- \n\t")
	if last, _ := utf8.DecodeLastRuneInString(said); said == before && said != "" && unicode.In(last, unicode.L, unicode.N) {
		return "", false // it goes on with the sentence
	}
	source = string(text[r.source.start:r.source.end])
	r.open.cut(utf8.RuneCountInString(said))
	return source, true
}

// cite takes the open text for the source of the block quotation before it.
func (r *htmlReader) cite() {
	quoted := r.quoted
	if n := len(r.nested); n > 0 {
		quoted = r.nested[n-1]
	}
	source := string(r.open.text)
	r.open, r.cited, r.source, r.raised = block{}, 0, span{}, raised{}
	r.credit(quoted, source)
}

// credit says whom a block quotation is by.
func (r *htmlReader) credit(quoted int, source string) {
	source = strings.TrimLeft(words.OneLine(source), "–—- ")
	for i := range r.blocks {
		if r.blocks[i].quoted == quoted {
			r.blocks[i].source = source
		}
	}
}
