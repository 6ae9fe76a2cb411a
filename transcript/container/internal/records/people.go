package records

import (
	"regexp"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

var notes = regexp.MustCompile(`\s*\(([^()]*)\)`)

// nameLabel makes a voice of a label as Hansards print it: with constituency and party in
// brackets, or with the name in brackets behind an office.
//
//	Ms Jane Roe (Northport) (Lab)
//	The Secretary of State for Harbours (Mr John Poe)
func nameLabel(label string) *content.Voice {
	label = text.OneLine(strings.TrimRight(label, " :\u00a0"))
	head := strings.TrimRight(strings.TrimSpace(notes.ReplaceAllString(label, "")), " .,:")
	var behind []string
	for _, m := range notes.FindAllStringSubmatch(label, -1) {
		behind = append(behind, text.OneLine(m[1]))
	}
	v := &content.Voice{Label: label, Name: speaker.FullName(head)}
	switch {
	case v.Name != "":
		v.Affiliation = strings.Join(behind, ", ")
	case len(behind) > 0 && speaker.FullName(behind[0]) != "":
		v.Name, v.Affiliation = speaker.FullName(behind[0]), strings.TrimPrefix(head, "The ")
	}
	return v
}

// cast is who an identifier stands for. One that stands for two people names nobody.
type cast map[string]string

func (c cast) learn(id, name string) {
	if id == "" || name == "" {
		return
	}
	if known, ok := c[id]; ok && !strings.EqualFold(known, name) {
		name = ""
	}
	c[id] = name
}

// affiliated joins what somebody belongs to: constituency and party, without those that
// are empty.
func affiliated(parts ...string) string {
	var filled []string
	for _, p := range parts {
		if p = text.OneLine(p); p != "" {
			filled = append(filled, p)
		}
	}
	return strings.Join(filled, ", ")
}

// stretch gives the voice of whoever speaks next: the one before if it is the same
// person's under the same label, so that what one speaker says at a stretch is one turn.
type stretch struct{ last *content.Voice }

func (s *stretch) voice(v *content.Voice) *content.Voice {
	if s.last == nil || *s.last != *v {
		s.last = v
	}
	return s.last
}

// end begins a new stretch.
func (s *stretch) end() { s.last = nil }
