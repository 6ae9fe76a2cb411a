package transcript

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/interview"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/marks"
	"github.com/pullquote/pullquote/transcript/internal/people"
	"github.com/pullquote/pullquote/transcript/internal/roles"
)

// lecturer is who gives the lecture that the lines before the first label are; empty if they
// are none, or if the document does not say whose. Nobody is known to give it if some label
// names a person, who could have spoken before, too.
func (d *document) lecturer(front []layout.Line, lineMarks []marks.Mark) string {
	for _, m := range lineMarks {
		if m.Kind == marks.LineTurn && m.Label.Part.IsPerson() {
			return ""
		}
	}
	if !roles.IsLecture(front) {
		return ""
	}
	var names []string
	for _, f := range d.content.Fields {
		if isSpeakerField(f.Name) {
			names = append(names, people.ListedNames(f.Value)...)
		}
	}
	for _, l := range front[:min(len(front), interview.HeadLimit)] {
		if name, value, ok := strings.Cut(l.Text, ":"); ok && isSpeakerField(strings.ToLower(name)) {
			names = append(names, people.ListedNames(value)...)
		}
	}
	if len(names) != 1 {
		return ""
	}
	return names[0]
}

// isSpeakerField reports whether a field names who speaks.
func isSpeakerField(name string) bool { return name == "speaker" || name == "speakers" }
