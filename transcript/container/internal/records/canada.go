package records

import (
	"cmp"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// Canada's Hansard, and the evidence of its committees, has interventions with who
// speaks, as it is printed, and the content. What is translated, and when, stands in
// elements between the paragraphs.
//
//	<Intervention Type="Question"><PersonSpeaking><Affiliation DbId="1">Ms. Jane Roe (Northport, XPC)</Affiliation></PersonSpeaking>
//	  <Content><ParaText>Mr. Speaker, the quay is closed.</ParaText></Content></Intervention>
func readCanada(w *writer, root *node) {
	w.markup = markup{inline: text.WordSet(`affiliation document b i em strong sup sub a span query inline member title legislation`),
		breaks: text.WordSet(`br`), quotes: text.WordSet(`quote`), asides: text.WordSet(`proceduraltext division prayer intro`),
		dropped: text.WordSet(`floorlanguage timestamp extractedinformation startpagenumber documenttitle personspeaking person publicationhead dateofsitting lists memberlist appendix catchline vote divisionnumber`)}
	for item := range root.all("extracteditem") {
		switch item.attr("name") {
		case "Date":
			w.fact("date", item.words())
		case "Title", "Institution":
			w.fact("title", item.words())
		}
	}
	w.fact("title", cmp.Or(root.first("documenttitle").value("documentname"), root.value("documenttitle"), root.attr("title")))
	w.fact("date", root.first("publicationitem").attr("date"))
	w.fact("language", cmp.Or(root.attr("lang"), "en"))
	c := canada{writer: w, people: cast{}}
	for n := range root.all("personspeaking") {
		c.people.learn(n.first("affiliation").attr("dbid"), nameLabel(n.words()).Name)
	}
	w.own = c.element
	w.paragraph(root)
}

var canadianHeadings = map[string]int{"orderofbusinesstitle": 1, "subjectofbusinesstitle": 2, "subjectofbusinessqualifier": 3}

type canada struct {
	*writer
	people cast
}

func (c *canada) element(n *node) bool {
	switch {
	case n.name == "intervention":
		c.intervention(n)
	case canadianHeadings[n.name] > 0:
		c.heading(canadianHeadings[n.name], n.words())
	default:
		return false
	}
	return true
}

// intervention is what one person says. Where the same intervention goes on after an
// interruption, it has a speaker of its own.
func (c *canada) intervention(n *node) {
	speaking := n.first("personspeaking")
	label := speaking.words()
	if label == "" {
		c.silence()
		c.paragraph(n)
		return
	}
	v := nameLabel(label)
	v.Name = cmp.Or(v.Name, c.people[speaking.first("affiliation").attr("dbid")])
	switch n.attr("type") {
	case "Question":
		v.Role = "question"
	case "Answer", "Response":
		v.Role = "answer"
	}
	c.say(v, false)
	c.prose(n)
	c.silence()
}
