package retrieval_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log/slog"
	"math"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/eval"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
)

// Whatever a setting is given, as far as it is not refused, a search has an order.
func TestAnyRankingRanks(t *testing.T) {
	record := new(retrievaltest.Memory)
	retrievaltest.Add(t, record, retrieval.DefaultCollection, retrievaltest.Lighthouse)
	retrievaltest.Add(t, record, retrieval.DefaultCollection, retrievaltest.Orchard)
	q := retrieval.Query{Text: "What did Jon Bastable say of the harbour lamp and boats?", History: []string{"Which cyberattack hit the orchard?"}}
	settings := func(r *retrieval.Ranking) eval.Settings { return eval.Settings{{Name: "retrieval", Values: r}} }
	ranking := retrieval.DefaultRanking()
	for _, s := range settings(&ranking).All() {
		for _, value := range []string{"0", "1", "1000000", "0,1", "7,1000000"} {
			r := retrieval.DefaultRanking()
			if err := settings(&r).Set(s.Name + "=" + value); err != nil {
				continue
			}
			searcher := retrieval.NewSearcher(record, embeddings.NewBuiltin(), slog.New(slog.DiscardHandler), retrieval.WithRanking(r))
			result, err := searcher.Search(t.Context(), q)
			if err != nil {
				t.Fatalf("%s=%s: %v", s.Name, value, err)
			}
			for i, h := range result.Hits {
				if math.IsNaN(h.Score) || i > 0 && h.Score > result.Hits[i-1].Score {
					t.Errorf("%s=%s: hit %d scores %v", s.Name, value, i, h.Score)
				}
			}
		}
	}
}

// A search without one of its stages goes on with the others.
func TestStagesSwitchedOff(t *testing.T) {
	const question = "What will the harbour pay?"
	for _, test := range []struct {
		name              string
		off               func(*retrieval.Ranking)
		lexical, semantic bool
	}{
		{"none", func(*retrieval.Ranking) {}, true, true},
		{"no vectors", func(r *retrieval.Ranking) { r.Candidates.SemanticPerHit = 0 }, true, false},
		{"no words", func(r *retrieval.Ranking) { r.Candidates.Lexical = 0 }, false, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := retrieval.DefaultRanking()
			test.off(&r)
			result := searched(t, embeddings.NewBuiltin(), question, 10, retrieval.WithRanking(r))
			var lexical, semantic bool
			for _, h := range result.Hits {
				lexical = lexical || h.LexicalRank != nil
				semantic = semantic || h.SemanticRank != nil
			}
			if lexical != test.lexical || semantic != test.semantic {
				t.Errorf("found by words: %v, want %v; by vectors: %v, want %v", lexical, test.lexical, semantic, test.semantic)
			}
		})
	}
}

// The comment of each field of Ranking tells the default value, and the true one.
func TestDefaultsAreTold(t *testing.T) {
	comments := fieldComments(t)
	ranking := reflect.ValueOf(retrieval.DefaultRanking())
	for i := range ranking.NumField() {
		stage := ranking.Field(i)
		for j := range stage.NumField() {
			field := stage.Type().Name() + "." + stage.Type().Field(j).Name
			value := strings.ReplaceAll(strings.Trim(fmt.Sprint(stage.Field(j)), "[]"), " ", ",")
			told := regexp.MustCompile(`: ` + regexp.QuoteMeta(value) + `([.,]? |\.?$)`)
			if !told.MatchString(comments[field]) {
				t.Errorf("%s is %s, and its comment says %q", field, value, comments[field])
			}
		}
	}
}

// fieldComments are the comments of the fields of the package's structs, on one line each.
func fieldComments(t *testing.T) map[string]string {
	t.Helper()
	comments := map[string]string{}
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, isType := n.(*ast.TypeSpec)
			if !isType {
				return true
			}
			if s, isStruct := spec.Type.(*ast.StructType); isStruct {
				for _, field := range s.Fields.List {
					for _, name := range field.Names {
						comments[spec.Name.Name+"."+name.Name] = strings.Join(strings.Fields(field.Doc.Text()), " ")
					}
				}
			}
			return false
		})
	}
	return comments
}
