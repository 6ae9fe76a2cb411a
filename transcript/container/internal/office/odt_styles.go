package office

import (
	"encoding/xml"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/internal/flow"
)

// odtStyle is what a style of an OpenDocument text says of text.
type odtStyle struct {
	parent  string
	bold    bool
	plain   bool // states that it is not bold
	slanted bool
	hidden  bool
	raised  bool
}

// define begins a style.
func (r *odtReader) define(t xml.StartElement) {
	family, _ := xmlAttr(t, "family")
	name, _ := xmlAttr(t, "name")
	parent, _ := xmlAttr(t, "parent-style-name")
	r.defining = family + "/" + name
	r.styles[r.defining] = odtStyle{parent: family + "/" + parent}
}

// setStyle reads the properties of the style that is being defined.
func (r *odtReader) setStyle(t xml.StartElement) {
	style, known := r.styles[r.defining]
	if !known {
		return
	}
	if weight, set := xmlAttr(t, "font-weight"); set {
		style.bold = flow.IsBoldWeight(weight)
		style.plain = !style.bold
	}
	slant, _ := xmlAttr(t, "font-style")
	style.slanted = slant == "italic" || slant == "oblique"
	display, _ := xmlAttr(t, "display")
	style.hidden = display == "none"
	position, _ := xmlAttr(t, "text-position")
	style.raised = strings.HasPrefix(position, "super")
	r.styles[r.defining] = style
}

// apply gives a run the formatting of a style, or of those that it is based on.
func (r *odtReader) apply(to *run, name string) {
	known := false
	for _, style := range r.chain(name) {
		if !known && (style.bold || style.plain) {
			to.Bold, known = style.bold, true
		}
		to.Slanted = to.Slanted || style.slanted
		to.hidden = to.hidden || style.hidden
		to.raised = to.raised || style.raised
	}
}

// chain is a style and those that it is based on, with their names.
func (r *odtReader) chain(name string) func(yield func(string, odtStyle) bool) {
	return func(yield func(string, odtStyle) bool) {
		const longest = 20 // because a circle of styles has no end
		for range longest {
			style := r.styles[name]
			if !yield(name, style) || style.parent == "" {
				return
			}
			name = style.parent
		}
	}
}
