package htmlpage

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/pullquote/pullquote/transcript/container/internal/flow"
)

// style is the formatting inside an element, given that around it.
func (p *page) style(n *html.Node, s style) style {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		s.heading = int(n.Data[1] - '0')
	case atom.B, atom.Strong, atom.Dt, atom.Th:
		s.Bold = true
	case atom.I, atom.Em:
		s.Slanted = true
	case atom.Blockquote:
		s.quote = true
	case atom.Pre, atom.Listing, atom.Xmp:
		s.preserved = true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "style":
			s.set(a.Val)
		case "class":
			for class := range strings.FieldsSeq(a.Val) {
				s.Bold = s.Bold || boldClass(class) || p.boldClasses[class]
			}
		}
	}
	return s
}

var (
	fontWeight = regexp.MustCompile(`(?i)\bfont(?:-weight)?\s*:\s*(?:(?:italic|oblique|normal|small-caps)\s+)*(\w+)`)
	fontSlant  = regexp.MustCompile(`(?i)\bfont(?:-style)?\s*:\s*(?:italic|oblique)\b`)
	whiteSpace = regexp.MustCompile(`(?i)white-space\s*:\s*(pre|break-spaces)`)
)

// set obeys a style attribute.
func (s *style) set(css string) {
	if m := fontWeight.FindStringSubmatch(css); m != nil {
		s.Bold = flow.IsBoldWeight(m[1])
	}
	s.Slanted = s.Slanted || fontSlant.MatchString(css)
	s.preserved = s.preserved || whiteSpace.MatchString(css)
}

// boldClass reports whether a class is bold by its usual meaning, or marks the name of
// a speaker.
func boldClass(class string) bool {
	switch strings.ToLower(class) {
	case "bold", "strong", "fw-bold", "font-bold", "font-weight-bold", "speaker", "speaker-name", "speakername", "speaker-label",
		"orateur", "orateur_nom", "intervenant":
		return true
	}
	return false
}

var (
	styleRule     = regexp.MustCompile(`([^{}]*)\{([^{}]*)\}`)
	classSelector = regexp.MustCompile(`^\s*\w*\.([\w-]+)\s*$`)
)

// findBoldClasses reads the classes that a style sheet sets in bold, because word
// processors that save web pages give every run a class.
func (p *page) findBoldClasses(css string) {
	for _, rule := range styleRule.FindAllStringSubmatch(css, -1) {
		weight := fontWeight.FindStringSubmatch(rule[2])
		if weight == nil || !flow.IsBoldWeight(weight[1]) {
			continue
		}
		for selector := range strings.SplitSeq(rule[1], ",") {
			if m := classSelector.FindStringSubmatch(selector); m != nil {
				p.boldClasses[m[1]] = true
			}
		}
	}
}

// style is the formatting of the text inside an element.
type style struct {
	flow.Type
	heading   int
	quote     bool
	preserved bool // white space is preserved, as in pre
	code      bool
}
