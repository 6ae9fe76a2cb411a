package speaker

import (
	"regexp"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// LabelOf is the label for what a program calls a speaker: of a number alone, "Speaker 2".
func LabelOf(id string) string {
	id = text.OneLine(id)
	if text.IsNumber(id) {
		return "Speaker " + id
	}
	return id
}

// IsAnonymous reports whether a label tells somebody apart from others by a number and names
// nobody: SPEAKER_00, spk_0, Speaker 2, S1.
func IsAnonymous(label string) bool { return anonymous.MatchString(label) }

var anonymous = regexp.MustCompile(`^(?:\p{L}+[ _-]?[#№]?\d+|[Ss](?i:peaker)[ _-]\p{L})$`)

// AreLetters reports whether those labels that have one letter count speakers: A, B, C. Q and A
// do not.
func AreLetters(labels map[string]bool) bool {
	n := 0
	for label := range labels {
		if len(label) == 1 && text.IsLatin(label[0]) {
			n++
		}
	}
	for i := range n {
		if !labels[string(rune('A'+i))] {
			return false
		}
	}
	return n > 0
}

// CutBracketed takes what stands in brackets off the start of a line, if it can be a label:
// [SPEAKER_00] It holds, [Jane Roe] It holds. A stage direction, [Laughter], is none.
func CutBracketed(line string) (label, rest string) {
	m := bracketed.FindStringSubmatch(line)
	if m == nil || !IsAnonymous(m[1]) && !areCapitalised(m[1]) {
		return "", line
	}
	first, _, _ := strings.Cut(strings.ToLower(m[1]), " ")
	if directions[first] || len(strings.Fields(m[1])) > mostWords {
		return "", line
	}
	return m[1], strings.TrimLeft(line[strings.IndexAny(line, "])")+1:], " ")
}

var (
	bracketed  = regexp.MustCompile(`^[\[(]([^\[\]():]{1,50})[\])] +[^ ]`)
	directions = lexicon.Union(lexicon.Words("stage directions"), lexicon.Words("words that begin stage directions"))
)
