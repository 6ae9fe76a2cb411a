// Package recognition reads what programs that recognise speech write as JSON. Each has a
// dialect: where its segments or words stand, whose they are, and in which unit their times
// count, as its documentation says. Words know best who speaks: a segment in which two do is
// divided at the word.
package recognition

import (
	"github.com/pullquote/pullquote/transcript/container/internal/tree"
	"github.com/pullquote/pullquote/transcript/container/internal/utterance"
)

// Read reads the speech of a file in one of the dialects; nil where it is in none. Labels
// are as the dialect has them.
func Read(root *tree.Node) []utterance.Utterance {
	for _, d := range dialects() {
		if segments := d.read(root); len(segments) > 0 {
			return write(segments)
		}
	}
	return nil
}

// dialect reads the segments of a file; none if it is not in it.
type dialect interface {
	read(root *tree.Node) []segment
}

// dialects lists all of them. Words that say who speaks go first, and words alone come last: a
// file that has segments, too, may name the speakers there.
func dialects() []dialect {
	var all []dialect
	for _, s := range streams() {
		all = append(all, s)
	}
	for _, s := range shapes() {
		all = append(all, s)
	}
	for _, s := range wordLists() {
		all = append(all, s)
	}
	return all
}

// write makes utterances of segments, each in the voice of its speaker.
func write(segments []segment) []utterance.Utterance {
	segments = settleSpeakers(segments)
	var out []utterance.Utterance
	for _, s := range segments {
		out = s.appendTo(out)
	}
	return out
}
