package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/eval"
	"github.com/pullquote/pullquote/retrieval"
)

// tuning is the numbers by which the program ranks and answers. As a flag it takes
// name=value, and may be repeated.
type tuning struct {
	ranking  retrieval.Ranking
	evidence answer.Evidence
}

func defaultTuning() tuning {
	return tuning{ranking: retrieval.DefaultRanking(), evidence: answer.DefaultEvidence()}
}

// settings are the numbers by their names.
func (t *tuning) settings() eval.Settings {
	return eval.Settings{
		{Name: "retrieval", Values: &t.ranking},
		{Name: "answer", Values: &t.evidence},
	}
}

// Set implements flag.Value.
func (t *tuning) Set(text string) error { return t.settings().Set(text) }

// String implements flag.Value.
func (t *tuning) String() string { return "" }

// with is the same tuning with other settings.
func (t tuning) with(settings []string) (tuning, error) {
	for _, text := range settings {
		if err := t.Set(text); err != nil {
			return t, fmt.Errorf("set %s: %w", text, err)
		}
	}
	return t, nil
}

// printSettings prints the names of the settings and their values.
func (e *evaluation) printSettings(args []string) error {
	if err := noArguments(args); err != nil {
		return err
	}
	table := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', 0)
	for _, s := range e.tuning.settings().All() {
		fmt.Fprintf(table, "%s\t%s\n", s.Name, s)
	}
	return table.Flush()
}
