package office

import (
	"encoding/xml"
	"io"

	"github.com/pullquote/pullquote/transcript/container/content"
)

const (
	maxDepth    = 500       // of elements
	maxElements = 2_000_000 // of a part, because a line break takes much more memory than its bytes
)

// xmlHandler is told of the elements and the text of a part, in document order.
type xmlHandler interface {
	skips(element string) bool // is an element left out, with all that it holds
	start(xml.StartElement)
	end(element string)
	text(string)
}

// walk reads the XML of a part for a handler.
func walk(h xmlHandler) func(*xml.Decoder) error {
	return func(d *xml.Decoder) error {
		depth, skipped, elements := 0, 0, 0
		for {
			token, err := d.Token()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return err
			}
			switch t := token.(type) {
			case xml.StartElement:
				if depth++; depth > maxDepth {
					return content.Invalid("the document nests elements more than %d deep; save it again as text", maxDepth)
				}
				if elements++; elements > maxElements {
					return content.TooLarge("the document has more than %d elements; divide it", maxElements)
				}
				if skipped > 0 || h.skips(t.Name.Local) {
					skipped++
				} else {
					h.start(t)
				}
			case xml.EndElement:
				if depth--; skipped > 0 {
					skipped--
				} else {
					h.end(t.Name.Local)
				}
			case xml.CharData:
				if skipped == 0 {
					h.text(string(t))
				}
			}
		}
	}
}

// xmlAttr is the value of an attribute by its local name; known reports whether the
// element has it.
func xmlAttr(t xml.StartElement, name string) (value string, known bool) {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value, true
		}
	}
	return "", false
}
