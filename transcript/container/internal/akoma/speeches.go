package akoma

import (
	"encoding/xml"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// isSpeech reports whether an element is a speech. The u of TEI is an utterance, that
// of HTML underlines.
func isSpeech(t xml.StartElement) bool {
	return speechElements[t.Name.Local] && (t.Name.Local != "u" || attribute(t, "who") != "" || t.Name.Space != "" && len(t.Attr) > 0)
}

// label takes the printed label of the innermost speech.
func (r *reader) label() {
	v := r.voices[len(r.voices)-1]
	printed := strings.TrimRight(r.take(), ":. \u00a0")
	if printed == "" {
		return
	}
	if v.Label != "" && v.Name == "" && speaker.IsFullName(v.Label) && !strings.EqualFold(v.Label, printed) {
		v.Name = v.Label
	}
	v.Label = printed
}

// voiceOf reads the attributes of a speech.
func (r *reader) voiceOf(t xml.StartElement) *content.Voice {
	r.spoken = true
	v := &content.Voice{Label: attribute(t, "speaker", "speakername", "speakerName", "personname", "name"), Affiliation: attribute(t, "party", "affiliation")}
	if id := strings.TrimPrefix(attribute(t, "by", "who", "person", "refersTo"), "#"); v.Label == "" && id != "" {
		if v.Label = r.people[id]; v.Label == "" {
			v.Label = strings.ReplaceAll(id[strings.LastIndexAny(id, "/#")+1:], "_", " ")
		}
	}
	switch t.Name.Local {
	case "question":
		v.Role = "question"
	case "answer":
		v.Role = "answer"
	}
	return v
}

// attribute is the first attribute of these names that is not empty.
func attribute(t xml.StartElement, names ...string) string {
	for _, name := range names {
		for _, at := range t.Attr {
			if at.Name.Local == name && strings.TrimSpace(at.Value) != "" {
				return text.OneLine(at.Value)
			}
		}
	}
	return ""
}
