package wire

import (
	"slices"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/retrieval"
)

// The functions of this file see to it that a list is never null.

// List is items, or an empty list where there is none.
func List[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

// Transcript has no list that is null, as the following.
func Transcript(r retrieval.StoredTranscript) retrieval.StoredTranscript {
	r.Warnings = List(r.Warnings)
	r.Corrections = List(r.Corrections)
	r.Speakers = List(slices.Clone(r.Speakers))
	for i := range r.Speakers {
		r.Speakers[i].Labels = List(r.Speakers[i].Labels)
	}
	return r
}

func Answer(a answer.Answer) answer.Answer {
	a.Citations = List(a.Citations)
	a.Withheld = List(a.Withheld)
	a.Nearest = List(a.Nearest)
	a.Statements = List(slices.Clone(a.Statements))
	for i := range a.Statements {
		a.Statements[i].Citations = List(a.Statements[i].Citations)
	}
	return a
}

func Conversation(c answer.Conversation) answer.Conversation {
	c.Answers = List(slices.Clone(c.Answers))
	for i, a := range c.Answers {
		c.Answers[i] = Answer(a)
	}
	return c
}

func Verdicts(all []answer.Verdict) []answer.Verdict {
	all = List(slices.Clone(all))
	for i, v := range all {
		all[i] = Verdict(v)
	}
	return all
}

func Verdict(v answer.Verdict) answer.Verdict {
	v.Edits, v.Places = List(v.Edits), List(v.Places)
	if v.Closest != nil {
		closest := *v.Closest
		closest.Diff = List(closest.Diff)
		v.Closest = &closest
	}
	return v
}
