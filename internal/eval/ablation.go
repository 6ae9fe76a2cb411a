package eval

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Ablation is a stage of the program that can be switched off, to see what it does.
type Ablation struct {
	Stage    string
	Settings []string // name=value, that switch it off
}

// Ablations are the stages of a search. Query expansion and reranking are not among
// them: without a model there are none.
func Ablations() []Ablation {
	return []Ablation{
		{"less weight of generic words", []string{"retrieval.terms.generic=1"}},
		{"more weight of rare words", []string{"retrieval.terms.rarity_boost=0"}},
		{"synonyms", []string{"retrieval.terms.synonym=0"}},
		{"earlier questions", []string{"retrieval.terms.history=0"}},
		{"speakers' names", []string{"retrieval.names.capital=0", "retrieval.names.plain=0"}},
		{"related terms", []string{"retrieval.related.terms=0"}},
		{"context", []string{"retrieval.context.own_share=1", "retrieval.context.turns_between=0"}},
		{"turns between candidates", []string{"retrieval.context.turns_between=0"}},
		{"place", []string{"retrieval.place.weight=0"}},
		{"diversification", []string{"retrieval.diversification.ranks=0,0"}},
		{"vectors", []string{"retrieval.candidates.semantic_per_hit=0"}},
	}
}

// Ablated is how the program does without one of its stages.
type Ablated struct {
	Without string       `json:"without"` // empty: with all
	Metrics []Summary    `json:"metrics"`
	Against []Difference `json:"against,omitempty"` // the run with all stages
}

// Ablate measures the question set with all stages, then without each in turn.
// configure gives the program with settings, each name=value.
func Ablate(ctx context.Context, cases []Case, stages []Ablation, configure func(settings []string) (Config, error)) ([]Ablated, error) {
	var table []Ablated
	var whole *Report
	for _, stage := range append([]Ablation{{}}, stages...) {
		config, err := configure(stage.Settings)
		if err != nil {
			return nil, err
		}
		report, err := Run(ctx, config, cases)
		if err != nil {
			return nil, err
		}
		row := Ablated{Without: stage.Stage, Metrics: report.Metrics}
		if whole == nil {
			whole = report
		} else {
			row.Against = Compare(whole, report)
		}
		table = append(table, row)
	}
	return table, nil
}

// significant is the p-value below which a difference is marked; one in twenty is by
// chance.
const significant = 0.05

// WriteMarkdown writes the rows as a table in Markdown, with a column for each metric of
// the first. A dagger marks what differs significantly from the run with all stages.
func WriteMarkdown(w io.Writer, table []Ablated) error {
	var b strings.Builder
	b.WriteString("| without |")
	for _, m := range table[0].Metrics {
		fmt.Fprintf(&b, " %s |", m.Metric)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(table[0].Metrics)) + "\n")
	for _, row := range table {
		fmt.Fprintf(&b, "| %s |", cmp.Or(row.Without, "nothing"))
		for _, m := range table[0].Metrics {
			b.WriteString(" " + row.cell(m.Metric) + " |")
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (a Ablated) cell(m Metric) string {
	mean, measured := meanOf(a.Metrics, m)
	if !measured {
		return "–"
	}
	text := fmt.Sprintf("%.3f", mean)
	if slices.ContainsFunc(a.Against, func(d Difference) bool { return d.Metric == m && d.P < significant }) {
		text += "†"
	}
	return text
}
