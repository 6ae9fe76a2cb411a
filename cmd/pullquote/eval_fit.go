package main

import (
	"context"

	"github.com/pullquote/pullquote/embeddings/encoder"
	"github.com/pullquote/pullquote/internal/eval"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// fit fits the weights of evidence for the configured embedder on question sets, and prints
// them with what they reach on questions that they were not fitted on.
func (e *evaluation) fit(ctx context.Context, files []string) error {
	if len(files) == 0 {
		return fault.New(fault.Invalid, "no question set is named; write `pullquote eval fit GOLD.jsonl…`")
	}
	var cases []eval.Case
	for _, file := range files {
		more, err := readFrom(file, eval.Read)
		if err != nil {
			return err
		}
		cases = append(cases, more...)
	}
	e.sayOnce()
	s, err := e.open(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	if s.embedder.Model().Builtin() {
		return fault.New(fault.Invalid, "the built-in embedder knows no meaning that could be weighed; install an encoder with pullquote model install %s", defaultModel)
	}
	tuned := e.tuning
	tuned.evidence.Decision.Record = 0
	fitted, err := eval.Fit(ctx, eval.Fitting{
		Config: e.evalConfig(s, nil),
		Model:  fitModel(s),
		With: func(tables []retrieval.FittedWeights) (eval.Searcher, eval.Answerer) {
			return s.tuned(tuned, retrieval.WithWeights(tables))
		},
		Progress: func(round string) { e.log.Info("fitting", "round", round) },
	}, cases)
	if err != nil {
		return err
	}
	return e.printJSON(fitted)
}

// fitModel is what the names of the embedder's vectors begin with, whatever its precision.
func fitModel(s *services) string {
	if m, ok := s.embedder.(*encoder.Lazy); ok {
		return m.Folder()
	}
	return s.embedder.Model().Name
}
