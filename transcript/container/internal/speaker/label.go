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

// IsAnonymous reports whether a label tells somebody apart from others and names nobody:
// SPEAKER_00, spk_0, Speaker 2, A.
func IsAnonymous(label string) bool { return anonymous.MatchString(label) }

var anonymous = regexp.MustCompile(`^(?:\p{L}|\p{L}+[ _-]?[#№]?\d+|[Ss]peaker[ _-]\p{L})$`)
