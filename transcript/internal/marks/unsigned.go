package marks

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/labels/styles"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// findUnsigned marks paragraphs behind whose label the sign was forgotten: MS ROE Since when?
// Only a label in capitals, of several words, that begins turns elsewhere can be told from
// the words behind it.
func (j *judge) findUnsigned() {
	known, begun := map[string]*labels.Label{}, false
	for _, m := range j.marks {
		if m.Kind == LineTurn && m.Label.Upper && len(strings.Fields(m.Label.Text)) > 1 {
			known[withoutStops(m.Label.Text)] = m.Label
		}
	}
	for i, m := range j.marks {
		begun = begun || m.Kind == LineTurn
		if !begun || m.Kind != LineText || m.Label != nil || !j.lines[i].Gap {
			continue
		}
		if label, rest := cutUnsigned(j.lines[i].Text, known); label != nil {
			j.marks[i] = Mark{Cut: &styles.Cut{Label: label, Rest: rest, First: true}, Kind: LineTurn, Doubt: doubtForm}
		}
	}
}

// cutUnsigned takes one of the known labels off a text whose next word has a capital and then
// small letters; nil if it begins with none.
func cutUnsigned(text string, known map[string]*labels.Label) (label *labels.Label, rest string) {
	head, from := letters.Head(text, labels.LongestLabel), 0
	for range midlineWords {
		at := strings.IndexByte(head[from:], ' ')
		if at < 0 {
			break
		}
		from += at
		if l := known[withoutStops(head[:from])]; l != nil {
			label, rest = l, strings.TrimSpace(text[from:])
		}
		from++
	}
	word, _, _ := strings.Cut(rest, " ")
	first, _ := utf8.DecodeRuneInString(word)
	if !unicode.IsUpper(first) || strings.ToUpper(word) == word && len(word) > 1 {
		return nil, ""
	}
	return label, rest
}

// withoutStops is a label without the full stops behind its titles.
func withoutStops(text string) string { return strings.ReplaceAll(text, ".", "") }
