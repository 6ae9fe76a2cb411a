package eval

import (
	"encoding/json"
	"io"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/logistic"
)

// Report is the outcome of a run.
type Report struct {
	Metrics   []Summary     `json:"metrics"`  // those that some question measured
	Answered  float64       `json:"answered"` // share of the questions
	SearchMS  Latency       `json:"search_ms"`
	AnswerMS  Latency       `json:"answer_ms"`
	Questions []Outcome     `json:"questions"`
	LeftOut   []LeftOut     `json:"left_out"`
	Risk      *RiskCoverage `json:"risk_coverage,omitempty"` // of answers that have a confidence
	Against   []Difference  `json:"against,omitempty"`       // a former run
}

// Summary is the mean of a metric over the questions that it applies to.
type Summary struct {
	Metric    Metric  `json:"metric"`
	Mean      float64 `json:"mean"`
	Questions int     `json:"questions"`
}

// Latency is how long questions took, in milliseconds.
type Latency struct {
	P50 float64 `json:"p50"`
	P95 float64 `json:"p95"`
}

// LeftOut is a question that was not asked.
type LeftOut struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
}

// Mean is the mean of a metric; false when no question measured it.
func (r *Report) Mean(m Metric) (float64, bool) { return meanOf(r.Metrics, m) }

func meanOf(metrics []Summary, m Metric) (float64, bool) {
	for _, s := range metrics {
		if s.Metric == m {
			return s.Mean, true
		}
	}
	return 0, false
}

func (r *Report) summarize() {
	var search, answered, answers []float64
	values := map[Metric][]float64{}
	for _, o := range r.Questions {
		search, answers = append(search, o.SearchMS), append(answers, o.AnswerMS)
		answered = append(answered, logistic.Truth(o.Answered))
		for metric, score := range o.Scores {
			values[metric] = append(values[metric], score)
		}
	}
	r.Answered = mean(answered)
	r.Risk = riskCoverage(r.Questions)
	r.SearchMS = Latency{percentile(search, 0.5), percentile(search, 0.95)}
	r.AnswerMS = Latency{percentile(answers, 0.5), percentile(answers, 0.95)}
	for _, metric := range Metrics {
		if n := len(values[metric]); n > 0 {
			r.Metrics = append(r.Metrics, Summary{metric, mean(values[metric]), n})
		}
	}
}

// ReadReport reads a former run.
func ReadReport(from io.Reader) (*Report, error) {
	report := new(Report)
	if err := json.NewDecoder(from).Decode(report); err != nil || len(report.Questions) == 0 {
		return nil, fault.Wrap(err, fault.Invalid, "it is no former run; write one with `pullquote eval --json GOLD > FILE`")
	}
	return report, nil
}
