package akoma

import "github.com/pullquote/pullquote/transcript/container/internal/text"

// element is an open element, and what its name makes of it: a block, which begins a
// line; part of the head; a speech; an aside, which nobody says; a section.
type element struct {
	name                                string
	block, head, speech, aside, section bool
}

// Names of elements, without their namespaces.
var (
	headElements    = text.WordSet(`meta teiHeader references`)
	speechElements  = text.WordSet(`speech question answer sp u intervention utterance turn`)
	labelElements   = text.WordSet(`from speaker`)
	asideElements   = text.WordSet(`narrative scene summary note incident kinesic vocal stage desc adjournment prayers rollCall voting`)
	headingElements = text.WordSet(`heading subheading head major-heading minor-heading title subtitle`)
	sectionElements = text.WordSet(`debateSection div div1 div2 div3 section`)
	inlineElements  = text.WordSet(`a abbr b br c date def docDate docTitle docketNumber em emphasis eol entity foreign hi i img inline
		ins del location mark mod name num organization pb pc persName person placeName process quantity recordedTime ref
		remark role s span strong sub sup supplied term time unclear w`)
)
