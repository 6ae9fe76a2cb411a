// Package internal_test holds the arrows of the architecture: which package may
// import which.
package internal_test

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/pullquote/pullquote/"

// allowed are the imports of ours that a package may have. Adapters never
// import each other, and nothing imports cmd.
var allowed = map[string][]string{
	"internal/lexicon":              {},
	"transcript/container":          {},
	"embeddings/encoder":            {"embeddings", "internal/fault"},
	"embeddings/embedded":           {"embeddings/encoder", "embeddings/modelfiles"},
	"embeddings/modelfiles":         {"internal/fault", "internal/pause", "internal/words"},
	"embeddings":                    {"internal/fault", "internal/openaihttp", "internal/words", "internal/lexicon"},
	"migrations":                    {},
	"internal/fault":                {"internal/words"},
	"internal/access":               {"internal/fault", "internal/words"},
	"internal/golden":               {},
	"internal/rounds":               {},
	"internal/logistic":             {},
	"internal/observe":              {},
	"internal/observe/riverobserve": {"internal/observe"},
	"internal/marks":                {"internal/lexicon", "internal/words"},
	"internal/pause":                {},
	"internal/wire":                 {"transcript/model", "retrieval", "answer", "internal/correction", "internal/fault"},
	"internal/words":                {},
	"retrieval":                     {"internal/access", "transcript", "embeddings", "internal/fault", "internal/observe", "internal/lexicon", "internal/logistic", "internal/pause", "internal/words", "transcript/media", "transcript/model", "transcript/quotes", "transcript/sentence", "internal/correction"},
	"answer":                        {"internal/access", "transcript/media", "transcript/model", "transcript/quotes", "transcript/sentence", "retrieval", "internal/fault", "internal/observe", "internal/marks", "internal/words", "internal/lexicon", "internal/logistic", "answer/about", "answer/quotation"},
	"answer/about":                  {"internal/lexicon"},
	"internal/correction":           {"transcript/media", "transcript/model", "transcript/sentence", "internal/fault", "internal/lexicon", "internal/words"},
	"answer/quotation":              {"transcript/model", "transcript/quotes", "transcript/sentence", "retrieval", "internal/words", "internal/lexicon"},
	"internal/openaihttp":           {"internal/pause", "internal/words"},
	"internal/draft":                {"transcript/sentence", "transcript/container", "transcript/pages", "answer", "internal/fault", "internal/marks", "internal/words", "internal/lexicon"},
	"internal/llm":                  {"answer", "internal/fault", "internal/observe", "internal/openaihttp"},
	"internal/openid":               {"internal/fault"},
	"internal/rerank":               {"internal/fault", "internal/openaihttp"},
	"internal/localpg":              {"internal/fault"},
	"internal/isolated":             {"transcript", "transcript/container", "transcript/model", "internal/fault"},
	"internal/postgres":             {"internal/access", "transcript/model", "embeddings", "retrieval", "answer", "migrations", "internal/localpg", "internal/fault", "internal/observe", "internal/pause"},
	"internal/backup":               {"internal/postgres", "internal/localpg", "internal/fault", "internal/pause"},
	"packaging":                     {},
	"internal/export":               {"internal/lexicon", "transcript/container", "transcript/media", "transcript/model", "transcript/quotes", "transcript/sentence", "retrieval", "answer", "internal/draft", "internal/fault", "internal/words"},
	"internal/slackbot":             {"internal/access", "transcript/model", "transcript/sentence", "retrieval", "answer", "internal/draft", "internal/export", "internal/fault", "internal/pause", "internal/words"},
	"internal/mcpserver":            {"internal/access", "transcript/model", "transcript/sentence", "retrieval", "answer", "internal/draft", "internal/export", "internal/fault", "internal/wire", "internal/words"},
	"internal/slackstore":           {"retrieval", "internal/postgres", "internal/slackbot", "internal/fault", "internal/observe", "internal/observe/riverobserve", "internal/pause"},
	"internal/eval":                 {"transcript/model", "transcript/sentence", "retrieval", "answer", "internal/fault", "internal/logistic", "internal/words"},
	"api":                           {"internal/access", "transcript", "embeddings", "retrieval", "answer", "internal/correction", "internal/draft", "internal/export", "internal/fault", "internal/observe", "transcript/media", "transcript/model", "transcript/sentence", "internal/wire", "internal/words"},
	"internal/bench":                {"transcript/model", "embeddings", "retrieval", "api", "internal/postgres", "internal/fault", "internal/observe"},
	"cmd/pullquote":                 {"internal/access", "transcript", "embeddings", "embeddings/embedded", "embeddings/encoder", "embeddings/modelfiles", "retrieval", "answer", "api", "internal/backup", "internal/bench", "internal/draft", "internal/eval", "internal/export", "internal/llm", "internal/localpg", "internal/isolated", "internal/mcpserver", "internal/openid", "internal/rerank", "internal/postgres", "internal/slackbot", "internal/slackstore", "internal/fault", "internal/observe", "internal/words", "transcript/media", "transcript/model", "internal/correction"},

	// The containers have floors of their own. The families above them do not know
	// each other.
	"transcript/container/internal/text":        {},
	"transcript/container/content":              {"transcript/container/internal/text"},
	"transcript/container/internal/decode":      {"transcript/container/content", "transcript/container/internal/text"},
	"transcript/container/internal/flow":        {"transcript/container/content", "transcript/container/internal/text"},
	"transcript/container/internal/speaker":     {"internal/lexicon", "transcript/container/internal/text"},
	"transcript/container/internal/clock":       {},
	"transcript/container/internal/tree":        {"transcript/container/content"},
	"transcript/container/internal/utterance":   {"internal/lexicon", "transcript/container/content", "transcript/container/internal/text", "transcript/container/internal/speaker"},
	"transcript/container/internal/recognition": {"transcript/container/content", "transcript/container/internal/text", "transcript/container/internal/clock", "transcript/container/internal/tree", "transcript/container/internal/utterance"},
	"transcript/container/internal":             {"internal/lexicon", "transcript/container/content", "transcript/container/internal/text", "transcript/container/internal/decode", "transcript/container/internal/flow", "transcript/container/internal/speaker", "transcript/container/internal/clock", "transcript/container/internal/tree", "transcript/container/internal/utterance", "transcript/container/internal/recognition"},
}

// floors are the packages of the parser from the lowest up. Each may import those below
// it, and the lexicon.
var floors = []string{
	"transcript/internal/letters",
	"transcript/sentence",
	"transcript/quotes",
	"transcript/media",
	"transcript/model",
	"transcript/internal/language",
	"transcript/internal/names",
	"transcript/internal/asking",
	"transcript/container/content",
	"transcript/internal/layout",
	"transcript/pages",
	"transcript/internal/labels",
	"transcript/internal/labels/styles",
	"transcript/internal/marks",
	"transcript/internal/people",
	"transcript/internal/roles",
	"transcript/internal/interview",
	"transcript/container",
	"transcript",
}

func TestArrows(t *testing.T) {
	command := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports", "./...")
	command.Dir = ".."
	output, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	for decoder := json.NewDecoder(strings.NewReader(string(output))); decoder.More(); {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := decoder.Decode(&p); err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(p.ImportPath, module)
		if strings.HasSuffix(name, "test") || name == "internal" { // helpers of tests may import what they test
			continue
		}
		may, known := owner(name)
		if !known {
			t.Errorf("%s is a new package: say here what it may import", name)
		}
		for _, i := range p.Imports {
			imported, ours := strings.CutPrefix(i, module)
			if ours && !slices.Contains(may, imported) && !strings.HasPrefix(imported, name+"/") {
				t.Errorf("%s may not import %s", name, imported)
			}
		}
	}
}

// owner finds what a package, or the package that it is a part of, may import.
func owner(name string) (imports []string, known bool) {
	if floor := slices.Index(floors, name); floor >= 0 && !strings.HasPrefix(name, "transcript/container") {
		return append(slices.Clone(floors[:floor]), "internal/lexicon"), true
	}
	for n := name; n != ""; n = n[:max(0, strings.LastIndex(n, "/"))] {
		if imports, known = allowed[n]; known {
			return imports, true
		}
	}
	return nil, false
}
