package transcript

import "strings"

// lecturer is who gives the unlabelled talk that the lines before the first
// label are; empty if they are none, or if the document does not say whose.
func (d *document) lecturer(front []line, marks []mark) string {
	for _, m := range marks {
		if m.kind == lineTurn && m.label.part.isPerson() {
			return "" // whoever has a label could have spoken before, too
		}
	}
	if !isTalk(front) {
		return ""
	}
	var names []string
	for _, f := range d.content.Fields {
		if isSpeakerField(f.Name) {
			names = append(names, listedNames(f.Value)...)
		}
	}
	for _, l := range front[:min(len(front), headLimit)] {
		if name, value, ok := strings.Cut(l.text, ":"); ok && isSpeakerField(strings.ToLower(name)) {
			names = append(names, listedNames(value)...)
		}
	}
	if len(names) != 1 {
		return ""
	}
	return names[0]
}

func isSpeakerField(name string) bool { return name == "speaker" || name == "speakers" }
