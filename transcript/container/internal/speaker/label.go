package speaker

import (
	"regexp"

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
