package records

import (
	"regexp"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// TheyWorkForYou, and others who scrape Hansards, have speeches with attributes for who
// speaks. One that says there is no speaker is of the clerks. The day stands only in the
// identifiers.
//
//	<speech id="…/debate/2031-05-04a.1.2" speakername="Jane Roe" person_id="…/1"><p>Will it hold?</p></speech>
//
// XML of any root is read in this way if its speeches hold nothing else than paragraphs.
func readSpeeches(w *writer, root *node) {
	w.markup = markup{inline: speechInline, asides: speechAsides, dropped: speechDropped, breaks: text.WordSet(`br`), quotes: text.WordSet(`blockquote quote`)}
	s := speeches{writer: w, people: cast{}}
	for name := range speechElements {
		for n := range root.all(name) {
			s.people.learn(n.attr("person_id"), speaker.FullName(n.attr(speakerAttributes...)))
		}
	}
	w.own = s.element
	s.element(root)
	w.flush()
}

var (
	speechElements = text.WordSet(`speech question answer ques reply sp intervention utterance turn interjection`)
	speechHeadings = map[string]int{"heading": 1, "major-heading": 1, "oral-heading": 1, "minor-heading": 2, "subheading": 2, "title": 1, "head": 1}
	speechAsides   = text.WordSet(`narrative scene summary note stage incident`)
	speechDropped  = text.WordSet(`division gidredirect bills meta mplist divisioncount`)
	speechBlocks   = text.WordSet(`p para paragraph blockquote quote ul ol li table tbody thead tr td th seg div`)
	speechInline   = text.WordSet(`a abbr b em i span strong sub sup u ins del phrase term foreign hi s small font name date ref`)
	speechLabels   = text.WordSet(`from speaker`)

	speakerAttributes = []string{"speakername", "speaker", "personname", "name", "who", "by"}
)

// hasSpeeches reports whether a tree has speeches that say whose they are.
func hasSpeeches(root *node) bool {
	for name := range speechElements {
		for n := range root.all(name) {
			if n.attr(speakerAttributes...) != "" || n.child("from") != nil || n.child("speaker") != nil {
				return true
			}
		}
	}
	return false
}

// unknownInSpeeches is the name of an element within a speech that may hold something
// else than words; empty if there is none.
func unknownInSpeeches(root *node) string {
	for _, c := range root.children {
		found := ""
		if speechElements[c.name] {
			found = unknownIn(c)
		} else {
			found = unknownInSpeeches(c)
		}
		if found != "" {
			return found
		}
	}
	return ""
}

func unknownIn(n *node) string {
	for _, c := range n.children {
		known := c.name == "" || c.name == "br" || speechElements[c.name] || speechHeadings[c.name] > 0 || speechAsides[c.name] || speechBlocks[c.name] || speechInline[c.name] || speechLabels[c.name]
		if !known {
			return c.name
		}
		if found := unknownIn(c); found != "" {
			return found
		}
	}
	return ""
}

type speeches struct {
	*writer
	people cast
}

func (s *speeches) element(n *node) bool {
	s.fact("date", dayInID(n.attr("id", "url")))
	switch {
	case speechElements[n.name]:
		outer := s.voice
		s.say(s.voiceOf(n), false)
		s.prose(n)
		s.say(outer, false)
	case speechHeadings[n.name] > 0 && s.voice == nil:
		s.heading(speechHeadings[n.name], n.words())
	case speechLabels[n.name] && s.voice != nil:
		relabel(s.voice, n.words())
	case n.name == "p" && n.attr("pwmotiontext") != "":
		s.aside(n)
	case n.name == "document" || s.voice == nil && !speechInline[n.name] && !speechAsides[n.name] && !speechDropped[n.name]:
		s.paragraph(n)
	default:
		return false
	}
	return true
}

// voiceOf is who speaks; nobody where the file says so.
func (s *speeches) voiceOf(n *node) *content.Voice {
	if n.attr("nospeaker") == "true" || n.attr("nospeaker") == "1" {
		return nil
	}
	v := &content.Voice{Label: n.attr(speakerAttributes...), Affiliation: n.attr("party", "affiliation", "speakeroffice"), Role: speechRole(n)}
	v.Label = readableID(strings.TrimPrefix(v.Label, "#"))
	if name := s.people[n.attr("person_id")]; name != v.Label {
		v.Name = name
	}
	return v
}

// speechRole is the role that the element's name or type tells.
func speechRole(n *node) string {
	switch kind := n.attr("type"); {
	case n.name == "question", n.name == "ques", strings.HasSuffix(kind, "Question"):
		return "question"
	case n.name == "answer", n.name == "reply", strings.HasSuffix(kind, "Answer"):
		return "answer"
	}
	return ""
}

var dayOfID = regexp.MustCompile(`\b[12]\d{3}-[01]\d-[0-3]\d`)

// dayInID is the day in an identifier: …/debate/2031-05-04a.1.2.
func dayInID(id string) string { return dayOfID.FindString(id) }
