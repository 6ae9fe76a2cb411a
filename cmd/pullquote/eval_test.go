package main

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/eval"
	"github.com/pullquote/pullquote/transcript"
)

// What a reader rates becomes questions on which the next configuration is
// measured: here the same one, which answers as before.
func TestFeedbackBecomesQuestions(t *testing.T) {
	t.Parallel()
	s := ingestFolder(t, filepath.Join("..", "..", "samples"))
	rate := func(question string, rating answer.Rating) *answer.Answer {
		a := ask(t, s, eval.Case{Question: question})
		if _, err := s.answers.Rate(t.Context(), answer.Feedback{AnswerID: a.ID, Rating: rating, Reason: transcript.Optional("so it is")}); err != nil {
			t.Fatal(err)
		}
		return a
	}
	good := rate("Why did the work on the western foundations fall behind?", answer.RatingUp)
	rate("Who won the football cup final?", answer.RatingUp)
	first := 1
	if _, err := s.answers.Rate(t.Context(), answer.Feedback{AnswerID: good.ID, Rating: answer.RatingDown, Citation: &first}); err != nil {
		t.Fatal(err)
	}

	cases, err := eval.FromFeedback(t.Context(), s.answers)
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := eval.Write(&file, cases); err != nil {
		t.Fatal(err)
	}
	if cases, err = eval.Read(&file); err != nil {
		t.Fatal(err)
	}
	report, err := eval.Run(t.Context(), eval.Config{
		Searcher: s.searcher, Answers: s.answers, Verifier: s.verifier, Library: s.library, Collection: "default", Timeout: queryTimeout,
	}, cases)
	if err != nil || len(report.LeftOut) > 0 || len(report.Questions) != 2 {
		t.Fatalf("the questions measured are %+v, left out %+v: %v", report.Questions, report.LeftOut, err)
	}
	if got := report.Questions[0].Scores[eval.Abstention]; got != 1 {
		t.Errorf("the question rightly declined has abstention %v", got)
	}
	if got, measured := report.Questions[1].Scores[eval.Restraint]; got != 0 || !measured {
		t.Errorf("the citation rated down is shown again, and restraint is %v (measured: %v)", got, measured)
	}
}
