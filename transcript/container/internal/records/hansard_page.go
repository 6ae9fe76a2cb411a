package records

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// page reads a speech of Australia's Hansard since 2011: paragraphs of a web page, those
// of others who interject among them. What begins a turn is a link or a span of a class
// of its own, with the label; constituency, office and time stand between it and a colon.
//
//	<p><a href="X6X" type="MemberSpeech">Ms ROE</a> (<span class="HPS-Electorate">Northport</span>) (09:31): The quay is closed.</p>
func (a *australia) page(body *node) {
	speech := a.voice
	for p := range body.all("p") {
		kind, label, id := pageLabel(p)
		said, colon := behindLabel(p.words(), label)
		switch {
		case kind == "" && a.voice != nil:
			a.paragraph(p)
			continue
		case kind == "", !colon:
			a.outside(p.words())
			continue
		case strings.Contains(kind, "Interject"):
			a.say(a.called(label, id), false)
		default:
			if speech != nil && speech.Label == speech.Name {
				speech.Label = label
			}
			a.say(speech, false)
		}
		a.speak(said)
	}
}

// called is the voice of somebody who interjects.
func (a *australia) called(label, id string) *content.Voice {
	if t := a.talkers[id]; t != nil && id != "" {
		v := talkerVoice(t, &node{})
		v.Label = label
		return v
	}
	return &content.Voice{Label: label}
}

// pageLabel is the label at the start of a paragraph, with the kind that the markup calls
// it and the identifier of who it is; empty where the paragraph goes on.
func pageLabel(p *node) (kind, label, id string) {
	for a := range p.all("a") {
		if kind = a.attr("type"); strings.HasPrefix(kind, "Member") || strings.HasPrefix(kind, "Office") {
			return kind, strings.TrimRight(a.words(), ": \u00a0"), a.attr("href")
		}
	}
	for span := range p.all("span") {
		if kind = strings.TrimPrefix(span.attr("class"), "HPS-"); strings.HasPrefix(kind, "Office") || strings.HasPrefix(kind, "General") {
			return kind, strings.TrimRight(span.words(), ": \u00a0"), ""
		}
	}
	return "", "", ""
}

// behindLabel is what stands behind the first colon outside brackets that follows a
// label; ok reports whether there is one.
func behindLabel(words, label string) (said string, ok bool) {
	at := strings.Index(words, label)
	if at < 0 {
		return "", false
	}
	depth := 0
	for i, r := range words[at+len(label):] {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		case ':':
			if depth <= 0 {
				return strings.TrimSpace(words[at+len(label)+i+1:]), true
			}
		}
	}
	return "", false
}
