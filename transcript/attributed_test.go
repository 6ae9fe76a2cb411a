package transcript

import (
	"testing"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/transcripttest"
)

// A turn is what follows each other in one voice; what no voice says stands
// outside.
func TestAttributedLinesBecomeTurns(t *testing.T) {
	roe := &container.Voice{Label: "MS. ROE", Name: "Jane Roe", Affiliation: "Harbour Party", Role: "question"}
	poe := &container.Voice{Label: "John Poe"}
	somebody := &container.Voice{}
	ms := func(n int64) *int64 { return &n }
	doc := &document{ctx: t.Context(), content: &container.Content{Kind: "akn", Lines: []container.Line{
		{Text: "HARBOUR DEBATE", Heading: 1},
		{Text: "Is it", Voice: roe, StartMS: ms(100), EndMS: ms(200)},
		{Text: "[A bell rings.]"},
		{Text: "safe?", Voice: roe, StartMS: ms(300), EndMS: ms(400)},
		{Text: "Yes.", Voice: poe},
		{Text: "And no.", Voice: poe, Gap: true},
		{Text: "Hear, hear!", Voice: somebody},
		{Text: "SECOND DAY", Heading: 1},
		{Text: "Order!", Voice: somebody},
	}}}
	got, err := readAttributed(doc)
	if err != nil {
		t.Fatal(err)
	}
	transcripttest.CheckInvariants(t, got)
	const want = `format: 
title: HARBOUR DEBATE
date: 
place: 
language: 

HARBOUR DEBATE

MS. ROE: >>[0 question: Jane Roe (Harbour Party)] Is it safe?<<

[A bell rings.]

John Poe: >>[1 answer of 0: John Poe] Yes.

And no.<<

>>[2 answer of 0: somebody] Hear, hear!<<

SECOND DAY

>>[3 answer of 0: somebody] Order!<<
`
	if rendered := render(got); rendered != want {
		t.Errorf("got:\n%s\nwant:\n%s", rendered, want)
	}
	if first := got.Turns[0]; *first.StartMS != 100 || *first.EndMS != 400 {
		t.Errorf("the first turn lasts from %d to %d ms", *first.StartMS, *first.EndMS)
	}
}
