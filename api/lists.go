package api

import (
	"slices"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/retrieval"
)

// The functions of this file keep the API's word that a list is never null.

// list is items, or an empty list where there is none.
func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

func notNilLists(r retrieval.StoredTranscript) retrieval.StoredTranscript {
	r.Warnings = list(r.Warnings)
	r.Corrections = list(r.Corrections)
	r.Speakers = list(slices.Clone(r.Speakers))
	for i := range r.Speakers {
		r.Speakers[i].Labels = list(r.Speakers[i].Labels)
	}
	return r
}

func answerLists(a answer.Answer) answer.Answer {
	a.Citations = list(a.Citations)
	a.Withheld = list(a.Withheld)
	a.Nearest = list(a.Nearest)
	a.Statements = list(slices.Clone(a.Statements))
	for i := range a.Statements {
		a.Statements[i].Citations = list(a.Statements[i].Citations)
	}
	return a
}

func conversationLists(c answer.Conversation) answer.Conversation {
	c.Answers = list(slices.Clone(c.Answers))
	for i, a := range c.Answers {
		c.Answers[i] = answerLists(a)
	}
	return c
}

func verdictLists(v answer.Verdict) answer.Verdict {
	v.Edits, v.Places = list(v.Edits), list(v.Places)
	if v.Closest != nil {
		closest := *v.Closest
		closest.Diff = list(closest.Diff)
		v.Closest = &closest
	}
	return v
}
