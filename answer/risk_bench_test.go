package answer_test

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/answer/quotation/quotationtest"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/eval"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// BenchmarkRisk measures how often an answer without a model is wrong, against how
// many questions it is given to: risk and coverage (El-Yaniv and Wiener, 2010, "On the
// Foundations of Noise-free Selective Classification"). Of questions about samples/, and of
// QMSum's, each asked of its own meeting and of another.
func BenchmarkRisk(b *testing.B) {
	b.Run("samples", func(b *testing.B) {
		r := newRecord(b)
		for path, data := range quotationtest.Files(b) {
			r.add(b, path, data)
		}
		var cases []eval.Case
		for _, name := range []string{"questions.jsonl", "abstention.jsonl"} {
			file, err := os.Open(filepath.Join("..", "samples", name))
			if err != nil {
				b.Fatal(err)
			}
			some, err := eval.Read(file)
			file.Close()
			if err != nil {
				b.Fatal(err)
			}
			cases = append(cases, some...)
		}
		for b.Loop() {
			var all []outcome
			for _, c := range cases {
				req := answer.Request{Question: c.Question, Filter: c.Filter}
				all = append(all, r.ask(b, req, c.History, !c.Declines(), func(s answer.Shown) bool { return isExpected(c, s) }))
			}
			report(b, all)
		}
	})
	b.Run("qmsum", func(b *testing.B) {
		meetings := readMeetings(b)
		r := newRecord(b)
		ids := map[string]string{}
		for _, m := range meetings {
			ids[m.ID] = r.add(b, m.ID+".json", m.file(b))
		}
		for _, other := range []struct {
			name string
			is   func(m, other meeting) bool
		}{
			{"another domain", func(m, other meeting) bool { return m.Domain != other.Domain }},
			{"another series of its domain", func(m, other meeting) bool { return m.Domain == other.Domain && m.series() != other.series() }},
		} {
			b.Run(other.name, func(b *testing.B) {
				for b.Loop() {
					report(b, r.askMeetings(b, meetings, ids, other.is))
				}
			})
		}
	})
}

// outcome is what became of a question. Its confidence is support × mass of the best
// quotation.
type outcome struct {
	support, mass               float64
	answerable, answered, right bool
}

// record answers from what was added to it.
type record struct {
	library *retrieval.Library
	answers *answer.Service
}

func newRecord(b *testing.B) record {
	b.Helper()
	url := postgrestest.Migrated(b)
	embedder, log := embeddings.NewBuiltin(), slog.New(slog.DiscardHandler)
	store, err := postgres.Open(b.Context(), url, embedder.Model(), log)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(store.Close)
	searcher := retrieval.NewSearcher(store, embedder, log)
	return record{retrieval.NewLibrary(store, embedder), answer.NewService(searcher, store, nil, "http://pullquote.test", log)}
}

func (r record) add(b *testing.B, filename string, data []byte) (id string) {
	b.Helper()
	stored, _, err := r.library.Add(b.Context(), retrieval.AddRequest{
		Data: data, Collection: retrieval.DefaultCollection, Options: transcript.Options{Filename: filename},
	})
	if err != nil {
		b.Fatalf("%s: %v", filename, err)
	}
	return stored.ID
}

func (r record) ask(b *testing.B, req answer.Request, history []string, answerable bool, right func(answer.Shown) bool) outcome {
	b.Helper()
	req.Filter.Collection = retrieval.DefaultCollection
	shown, answered, err := r.answers.Quotations(b.Context(), req, history)
	if err != nil {
		b.Fatalf("%s: %v", req.Question, err)
	}
	o := outcome{answerable: answerable, answered: answered, right: answerable && slices.ContainsFunc(shown, right)}
	for _, s := range shown {
		if s.Support*s.Mass > o.support*o.mass {
			o.support, o.mass = s.Support, s.Mass
		}
	}
	return o
}

// isExpected reports whether a quotation shows words that a case expects, as those
// of the person whom it expects.
func isExpected(c eval.Case, s answer.Shown) bool {
	return (c.Speaker == "" || c.Speaker == s.Speaker) && slices.ContainsFunc(c.Quotes, func(quote string) bool {
		return strings.Contains(s.Quote, quote) || strings.Contains(quote, s.Quote)
	})
}

// meeting is one of QMSum (Zhong et al., 2021).
type meeting struct {
	ID, Domain string
	Turns      []struct {
		Speaker string `json:"speaker"`
		Text    string `json:"text"`
	}
	Queries []struct {
		Query string
		Gold  []int `json:"gold_turns"`
	}
}

func readMeetings(b *testing.B) (meetings []meeting) {
	b.Helper()
	file, err := os.Open(filepath.Join("..", "..", "shared", "data", "qmsum", "val.jsonl.gz"))
	if errors.Is(err, fs.ErrNotExist) {
		b.Skip("the meetings of QMSum are not here")
	}
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		b.Fatal(err)
	}
	lines := bufio.NewScanner(unzipped)
	for lines.Buffer(nil, 64<<20); lines.Scan(); {
		var m meeting
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
			b.Fatal(err)
		}
		meetings = append(meetings, m)
	}
	if err := lines.Err(); err != nil {
		b.Fatal(err)
	}
	return meetings
}

// series is what the meetings of one group of people have in common: a last letter
// tells them apart.
func (m meeting) series() string { return m.ID[:len(m.ID)-1] }

// file is the meeting as a file.
func (m meeting) file(b *testing.B) []byte {
	data, err := json.Marshal(map[string]any{"title": m.ID, "turns": m.Turns})
	if err != nil {
		b.Fatal(err)
	}
	return data
}

// askMeetings asks each question of its own meeting and of another one.
func (r record) askMeetings(b *testing.B, meetings []meeting, ids map[string]string, isOther func(m, other meeting) bool) (all []outcome) {
	for i, m := range meetings {
		others := slices.DeleteFunc(slices.Clone(meetings), func(o meeting) bool { return !isOther(m, o) })
		for j, q := range m.Queries {
			if len(q.Gold) == 0 {
				continue
			}
			ask := func(of meeting, answerable bool) {
				req := answer.Request{Question: q.Query, Filter: retrieval.Filter{Transcript: ids[of.ID]}}
				all = append(all, r.ask(b, req, nil, answerable, func(s answer.Shown) bool { return slices.Contains(q.Gold, s.Turn) }))
			}
			ask(m, true)
			ask(others[(7*i+j)%len(others)], false)
		}
	}
	return all
}

// report prints what the rule decides, and the curve of each score.
func report(b *testing.B, all []outcome) {
	count := func(is func(outcome) bool) (n int) {
		for _, o := range all {
			if is(o) {
				n++
			}
		}
		return n
	}
	b.Logf("declined %d of %d that are not in the record, answered %d of %d that are; of the answers %d of %d are right",
		count(func(o outcome) bool { return !o.answerable && !o.answered }), count(func(o outcome) bool { return !o.answerable }),
		count(func(o outcome) bool { return o.answerable && o.answered }), count(func(o outcome) bool { return o.answerable }),
		count(func(o outcome) bool { return o.answered && o.right }), count(func(o outcome) bool { return o.answered }))
	for _, score := range []struct {
		name string
		of   func(outcome) float64
	}{
		{"support", func(o outcome) float64 { return o.support }},
		{"mass", func(o outcome) float64 { return o.mass }},
		{"support × mass", func(o outcome) float64 { return o.support * o.mass }},
	} {
		risks, mean := riskAndCoverage(all, score.of)
		b.Logf("%-15s area under ROC %.3f, mean risk %.3f, risk at 10 %% to 100 %%: %s", score.name, areaUnderROC(all, score.of), mean, risks)
	}
}

// riskAndCoverage is the share of wrong answers among the most confident tenth of the
// questions, two tenths and so on, and its mean over all coverages.
func riskAndCoverage(all []outcome, score func(outcome) float64) (risks []string, mean float64) {
	byScore := slices.SortedStableFunc(slices.Values(all), func(a, c outcome) int { return cmp.Compare(score(c), score(a)) })
	wrong, next := 0, 1
	for i, o := range byScore {
		if !o.right {
			wrong++
		}
		risk := float64(wrong) / float64(i+1)
		mean += risk / float64(len(byScore))
		if 10*(i+1) >= next*len(byScore) {
			risks = append(risks, fmt.Sprintf("%.2f", risk))
			next++
		}
	}
	return risks, mean
}

// areaUnderROC is how often an answerable question scores above one that is not.
func areaUnderROC(all []outcome, score func(outcome) float64) float64 {
	above, pairs := 0.0, 0.0
	for _, in := range all {
		for _, out := range all {
			if !in.answerable || out.answerable {
				continue
			}
			pairs++
			switch cmp.Compare(score(in), score(out)) {
			case 1:
				above++
			case 0:
				above += 0.5
			}
		}
	}
	return above / pairs
}
