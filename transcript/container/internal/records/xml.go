package records

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// sgml are files whose tags do not pair as those of XML must.
var sgml = regexp.MustCompile(`(?i)^\s*(?:<!doctype\s+hansard\s+public|<html[\s>])`)

// readXML makes a tree of XML. No entities are expanded but the five of XML and those of
// HTML, so that a small file cannot become a large one.
func readXML(ctx context.Context, plain string) (*node, error) {
	d := xml.NewDecoder(content.Reader(ctx, strings.NewReader(plain)))
	d.Entity = xml.HTMLEntity
	d.Strict = !sgml.MatchString(plain)
	d.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	t := newTree(len(plain))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return t.open[0], nil
		}
		var broken *xml.SyntaxError
		if errors.As(err, &broken) {
			return nil, content.Invalid("the XML is malformed in line %d: %s", broken.Line, text.OneLine(broken.Msg))
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			return nil, content.Invalid("the XML cannot be read at byte %d", d.InputOffset())
		}
		if err := t.token(token, d.InputOffset()); err != nil {
			return nil, err
		}
	}
}

// token adds a token of XML that ends at a byte of the file.
func (t *tree) token(token xml.Token, at int64) error {
	switch token := token.(type) {
	case xml.Directive:
		if strings.Contains(string(token), "<!ENTITY") {
			return content.Unsupported("the XML declares entities of its own, which are not expanded; save it without its DOCTYPE")
		}
	case xml.StartElement:
		n := &node{name: t.nameOf(token.Name.Local)}
		if len(token.Attr) > 0 {
			n.attrs = token.Copy().Attr
		}
		return t.begin(n, at)
	case xml.EndElement:
		t.end()
	case xml.CharData:
		if len(t.open) == 1 {
			return nil
		}
		run := " "
		if strings.TrimSpace(string(token)) != "" {
			run = string(token)
		}
		return t.add(&node{text: run})
	}
	return nil
}
