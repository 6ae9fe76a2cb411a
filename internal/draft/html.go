package draft

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
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
			tag, _ := r.tokens.TagName()
			r.start(atom.Lookup(tag), kind == html.SelfClosingTagToken)
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
	nested int       // block quotations that are open
	quoted int       // block quotations so far, those inside others not counted
	figure int       // of those, how many came before the figure that is open
	cited  atom.Atom // the open element whose content names a block quotation's source
}

// Elements whose content is not the draft's, and elements that end a paragraph.
var (
	hiddenElements = []atom.Atom{atom.Head, atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Svg, atom.Math,
		atom.Textarea, atom.Select, atom.Pre, atom.Del, atom.S, atom.Iframe}
	blockElements = []atom.Atom{atom.P, atom.Div, atom.Blockquote, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Dd, atom.H1, atom.H2, atom.H3,
		atom.H4, atom.H5, atom.H6, atom.Table, atom.Tr, atom.Td, atom.Th, atom.Section, atom.Article, atom.Aside, atom.Header, atom.Footer,
		atom.Nav, atom.Main, atom.Figure, atom.Figcaption, atom.Hr, atom.Body, atom.Form, atom.Address, atom.Details, atom.Summary}
	voidElements = []atom.Atom{atom.Br, atom.Hr, atom.Img, atom.Input, atom.Meta, atom.Link, atom.Wbr}
)

func (r *htmlReader) start(tag atom.Atom, closed bool) {
	closed = closed && slices.Contains(voidElements, tag)
	switch {
	case r.hidden != 0:
		if tag == r.hidden && !closed {
			r.depth++
		}
		return
	case slices.Contains(hiddenElements, tag):
		r.hidden, r.depth = tag, 1
		return
	case slices.Contains(blockElements, tag):
		r.end()
	}
	switch tag {
	case atom.Blockquote:
		if r.nested++; r.nested == 1 {
			r.quoted++
		}
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
		r.open.add("\n", r.line)
	case atom.Cite, atom.Footer, atom.Figcaption:
		if r.cited == 0 && (r.nested > 0 || tag == atom.Figcaption && r.quoted > r.figure) {
			r.end()
			r.cited = tag
		}
	}
}

func (r *htmlReader) finish(tag atom.Atom) {
	if r.hidden != 0 {
		if tag == r.hidden {
			if r.depth--; r.depth == 0 {
				r.hidden = 0
			}
		}
		return
	}
	switch {
	case tag == r.cited && r.cited != 0:
		r.cite()
	case tag == atom.Q && r.inline > 0:
		r.mark("”", "’")
		r.inline--
	case tag == atom.Code && r.code > 0:
		r.code--
	case tag == r.italic && r.italic != 0:
		r.italic = 0
		r.open.add("”", r.line)
	case slices.Contains(blockElements, tag):
		r.end()
	}
	if tag == atom.Blockquote && r.nested > 0 {
		r.nested--
	}
}

// mark sets a quotation mark for a q element: outer or inner.
func (r *htmlReader) mark(outer, inner string) {
	if r.inline%2 == 0 {
		outer = inner
	}
	r.open.add(outer, r.line)
}

// text adds text to the open paragraph, line by line.
func (r *htmlReader) text(text string) {
	for i, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if i > 0 {
			r.line++
			line = " " + line
		}
		if r.hidden == 0 && (len(r.open.text) > 0 || strings.TrimSpace(line) != "") {
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
	if r.nested > 0 {
		r.open.quoted = r.quoted
	}
	if !r.open.empty() {
		r.blocks = append(r.blocks, r.open)
	}
	r.open = block{}
}

// cite takes the open text for the source of the block quotation before it.
func (r *htmlReader) cite() {
	source := strings.TrimLeft(words.OneLine(string(r.open.text)), "–—- ")
	r.open, r.cited = block{}, 0
	for i := range r.blocks {
		if r.blocks[i].quoted == r.quoted {
			r.blocks[i].source = source
		}
	}
}
