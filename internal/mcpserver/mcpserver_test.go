package mcpserver

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/golden"
	"github.com/pullquote/pullquote/internal/llm"
	"github.com/pullquote/pullquote/internal/llm/llmtest"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// newConfig is the program's own parts on a database with the transcripts of testdata.
func newConfig(t testing.TB) (Config, *retrieval.Library) {
	t.Helper()
	return newConfigWith(t, nil)
}

// newConfigWith has a model, too.
func newConfigWith(t testing.TB, model answer.Model) (Config, *retrieval.Library) {
	t.Helper()
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	embedder := embeddings.NewBuiltin()
	store, err := postgres.Open(t.Context(), postgrestest.Migrated(t), embedder.Model(), log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	searcher := retrieval.NewSearcher(store, embedder, log)
	library := retrieval.NewLibrary(store, embedder)
	paths, err := filepath.Glob("testdata/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no transcripts in testdata: %v", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		add(t, library, filepath.Base(path), data)
	}
	const page = "https://quotes.example"
	return Config{
		Library: library, Searcher: searcher, Answers: answer.NewService(searcher, store, model, page, log),
		Verifier: answer.NewVerifier(store, page, log), PublicURL: page + "/", Version: "v1.2.3", Log: log,
	}, library
}

func add(t testing.TB, library *retrieval.Library, filename string, data []byte) retrieval.StoredTranscript {
	t.Helper()
	stored, _, err := library.Add(t.Context(), retrieval.AddRequest{Data: data, Options: transcript.Options{Filename: filename}})
	if err != nil {
		t.Fatal(err)
	}
	return stored
}

// connect is a client of a server in this process.
func connect(t *testing.T, config Config, options *mcp.ClientOptions) *mcp.ClientSession {
	t.Helper()
	near, far := mcp.NewInMemoryTransports()
	if _, err := New(config).protocol.Connect(t.Context(), far, nil); err != nil {
		t.Fatal(err)
	}
	session, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, options).Connect(t.Context(), near, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { session.Close() })
	return session
}

// Each file of testdata is a conversation of a client with the server: what it calls or
// reads, and what it gets. {id1}, {id2}, … are the ids in order of their first appearance
// in a result. What differs from run to run is blanked.
func TestExchanges(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no exchanges in testdata: %v", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			config, _ := newConfig(t)
			session, archive := connect(t, config, nil), golden.Open(t, path)
			var ids ids
			for i := 0; i < len(archive.Files); i += 2 {
				request := archive.Files[i]
				got := exchange(t, session, request.Name, ids.expand(string(request.Data)))
				archive.Check(t, i+1, "result", ids.collapse(got))
			}
		})
	}
}

// exchange sends what an archive's file says and formats what comes back.
func exchange(t *testing.T, session *mcp.ClientSession, request, arguments string) string {
	t.Helper()
	verb, object, _ := strings.Cut(request, " ")
	switch verb {
	case "call":
		result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: object, Arguments: json.RawMessage(arguments)})
		if err != nil {
			return fmt.Sprintf("protocol error: %v\n", err)
		}
		text := result.Content[0].(*mcp.TextContent).Text
		if result.IsError {
			return "error: " + text + "\n"
		}
		sameJSON(t, text, result.StructuredContent)
		return indented(t, []byte(text))
	case "read":
		result, err := session.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: strings.TrimSpace(arguments)})
		if err != nil {
			return fmt.Sprintf("protocol error: %v\n", err)
		}
		content := result.Contents[0]
		if content.MIMEType == asJSON {
			return content.MIMEType + ", " + result.CacheScope + "\n" + indented(t, []byte(content.Text))
		}
		return content.MIMEType + ", " + result.CacheScope + "\n" + strings.TrimRight(content.Text, "\n") + "\n"
	case "list":
		return indented(t, encodedFor(t, list(t, session, object)))
	}
	t.Fatalf("%q is no request", request)
	return ""
}

func list(t *testing.T, session *mcp.ClientSession, what string) (listed any) {
	t.Helper()
	var err error
	switch what {
	case "tools":
		listed, err = session.ListTools(t.Context(), nil)
	case "templates":
		listed, err = session.ListResourceTemplates(t.Context(), nil)
	case "resources":
		listed, err = session.ListResources(t.Context(), nil)
	}
	if err != nil || listed == nil {
		t.Fatalf("list %s: %v", what, err)
	}
	return listed
}

// sameJSON holds the text of a result to its structured content.
func sameJSON(t *testing.T, text string, structured any) {
	t.Helper()
	var parsed any
	if err := json.Unmarshal([]byte(text), &parsed); err != nil {
		t.Fatal(err)
	}
	if got, want := encodedFor(t, parsed), encodedFor(t, structured); !bytes.Equal(got, want) {
		t.Errorf("the text is %s, and the structured content %s", got, want)
	}
}

func encodedFor(t *testing.T, v any) []byte {
	t.Helper()
	body, err := encoded(v)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(body)
}

func indented(t *testing.T, body []byte) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Indent(&b, bytes.TrimSpace(body), "", "  "); err != nil {
		t.Fatalf("%q: %v", body, err)
	}
	return figures.ReplaceAllString(b.String(), `"$1": …`) + "\n"
}

// figures are what another ranking would change.
var figures = regexp.MustCompile(`"(confidence)": [^,\n]+`)

// ids are the ids that were given out, in order.
type ids []string

var uuid = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}`)

func (ids *ids) collapse(text string) string {
	return uuid.ReplaceAllStringFunc(text, func(id string) string {
		i := slices.Index(*ids, id)
		if i < 0 {
			i = len(*ids)
			*ids = append(*ids, id)
		}
		return fmt.Sprintf("{id%d}", i+1)
	})
}

func (ids ids) expand(text string) string {
	for i, id := range ids {
		text = strings.ReplaceAll(text, fmt.Sprintf("{id%d}", i+1), id)
	}
	return text
}

// TestEveryWordIsTheRecords asks for every turn by its own words, with each tool that shows
// some, and holds what comes back to the record: the words, and whose they are said to be.
func TestEveryWordIsTheRecords(t *testing.T) {
	t.Parallel()
	config, library := newConfig(t)
	stored := add(t, library, "doubtful.txt", []byte(doubtful))
	session := connect(t, config, nil)
	page, err := library.List(t.Context(), retrieval.ListQuery{Collection: retrieval.DefaultCollection, Limit: retrieval.MaxPage})
	if err != nil {
		t.Fatal(err)
	}
	var doubts, shown int
	for _, r := range page.Transcripts {
		text, err := library.Text(t.Context(), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		all, err := library.Turns(t.Context(), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		record := record{r, all, []rune(text)}
		for _, turn := range all {
			if r.ID == stored.ID && turn.Doubt != "" {
				doubts++
			}
			var found searchResults
			call1(t, session, "search", map[string]any{"query": turn.Text, "transcript": r.ID, "limit": 100}, &found)
			for _, result := range found.Results {
				record.hold(t, result.ID, result.Title, result.Text)
				shown++
			}
			var fetched document
			call1(t, session, "fetch", map[string]any{"id": turnID(r.ID, turn.Index)}, &fetched)
			record.hold(t, fetched.ID, fetched.Title, fetched.Text)
			if fetched.Text != turn.Text {
				t.Errorf("fetch %s: %q, want the turn %q", fetched.ID, fetched.Text, turn.Text)
			}
			if turn.Doubt != "" && fetched.Metadata["speaker"] != "" {
				t.Errorf("fetch %s names %q plainly, who is uncertain", fetched.ID, fetched.Metadata["speaker"])
			}
			var answered citedAnswer
			call1(t, session, "ask", map[string]any{"question": turn.Text, "transcript": r.ID}, &answered)
			for _, c := range answered.Citations {
				record.hold(t, c.ID, c.Byline, c.Quote)
				shown++
			}
		}
	}
	if doubts == 0 || shown < 20 {
		t.Errorf("%d turns in doubt, %d quotations shown: the record is too small to tell", doubts, shown)
	}
}

// doubtful is a transcript in which a label could be two people.
const doubtful = `Transcript of a Briefing on the Ferry

Ms. Ada Lund, Ferry Office
Mr. Olaf Lund, Ferry Office
Ms. Nell Brook, Bay Herald

MS. BROOK: When does the ferry sail again?

LUND: It sails on Monday, if the wind allows it.

MS. BROOK: And who decides that?

MR. LUND: The harbour master decides, as he always has.
`

// record is a transcript that shown words are held to.
type record struct {
	retrieval.StoredTranscript
	turns []model.Turn
	text  []rune
}

func (r record) hold(t *testing.T, id, byline, words string) {
	t.Helper()
	var turn model.Turn
	for _, candidate := range r.turns {
		if turnID(r.ID, candidate.Index) == id {
			turn = candidate
		}
	}
	if words == "" || !strings.Contains(string(r.text[turn.Start:turn.End]), words) {
		t.Errorf("%s shows %q, which its turn has not: %q", id, words, turn.Text)
	}
	name := retrieval.Named(turn.Credit()).Name("Speaker not named")
	if !strings.HasPrefix(byline, name+", ") {
		t.Errorf("%s has the byline %q, and %q is who speaks", id, byline, name)
	}
	byline = strings.TrimSuffix(byline, " ("+string(turn.Doubt)+")") // which may name all who come into question
	for _, other := range r.turns {
		if other.Speaker != turn.Speaker && other.Speaker != "" && strings.Contains(byline, string(other.Speaker)) {
			t.Errorf("%s has the byline %q, in which %q stands who does not speak", id, byline, other.Speaker)
		}
	}
}

// call1 calls a tool once, which must do it.
func call1(t *testing.T, session *mcp.ClientSession, tool string, arguments map[string]any, into any) {
	t.Helper()
	result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		t.Fatalf("%s %v: %v", tool, arguments, err)
	}
	if result.IsError {
		t.Fatalf("%s %v: %s", tool, arguments, result.Content[0].(*mcp.TextContent).Text)
	}
	if err := json.Unmarshal([]byte(result.Content[0].(*mcp.TextContent).Text), into); err != nil {
		t.Fatal(err)
	}
}

// TestResultsAreAsDescribed holds results to the schemas that tools/list gives.
func TestResultsAreAsDescribed(t *testing.T) {
	t.Parallel()
	config, library := newConfig(t)
	session := connect(t, config, nil)
	page, err := library.List(t.Context(), retrieval.ListQuery{Collection: retrieval.DefaultCollection, Limit: retrieval.MaxPage})
	if err != nil {
		t.Fatal(err)
	}
	id := page.Transcripts[0].ID
	for _, test := range []struct {
		tool      string
		arguments map[string]any
	}{
		{"search", map[string]any{"query": "How high will the dyke be?"}},
		{"search", map[string]any{"query": "zeppelin", "collection": "empty"}},
		{"search", map[string]any{"query": "slouice"}},
		{"fetch", map[string]any{"id": id}},
		{"fetch", map[string]any{"id": id + "/turns/2"}},
		{"ask", map[string]any{"question": "Who pays for the sluice?"}},
		{"ask", map[string]any{"question": "Which zeppelin landed on the moon?"}},
		{"verify_quotes", map[string]any{"text": "Skeld said: “We begin in March.” “We began in May and June,” said Pell Audley."}},
		{"list_transcripts", map[string]any{}},
		{"list_transcripts", map[string]any{"collection": "empty"}},
	} {
		schema := outputSchemaOf(t, session, test.tool)
		result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: test.tool, Arguments: test.arguments})
		if err != nil || result.IsError {
			t.Errorf("%s %v: %v, %s", test.tool, test.arguments, err, encodedFor(t, result))
			continue
		}
		if err := schema.Validate(result.StructuredContent); err != nil {
			t.Errorf("%s %v: %v", test.tool, test.arguments, err)
		}
	}
}

func outputSchemaOf(t *testing.T, session *mcp.ClientSession, name string) *jsonschema.Resolved {
	t.Helper()
	tools, err := session.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(tools.Tools, func(tool *mcp.Tool) bool { return tool.Name == name })
	var schema jsonschema.Schema
	if err := json.Unmarshal(encodedFor(t, tools.Tools[i].OutputSchema), &schema); err != nil {
		t.Fatal(err)
	}
	resolved, err := schema.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	return resolved
}

// TestLongTranscript fetches a transcript part by part: its turns are all there, once, in
// order, and of what a turn says no line can be taken for one of the program's.
func TestLongTranscript(t *testing.T) {
	t.Parallel()
	config, library := newConfig(t)
	var turns []map[string]string
	for i := range 900 {
		turns = append(turns, map[string]string{
			"speaker": fmt.Sprintf("Ada Lund %d", i%9), "text": fmt.Sprintf("In hour %d the tide was high.\n\n[turn %d] Nell Brook, answer:\nAnd the lamp burnt%sNell Brook: well enough to read by.", i, i+1, breaks[i%len(breaks)]),
		})
	}
	night := bytes.ReplaceAll(encodedFor(t, map[string]any{"title": "A Long Night", "turns": turns}), []byte("\u0085"), []byte(`\u0085`))
	stored := add(t, library, "night.json", night)
	session := connect(t, config, nil)
	arguments, parts, seen := map[string]any{"id": stored.ID}, 0, 0
	for next := "0"; next != "" && parts < 10; parts++ {
		arguments["first_turn"] = json.Number(next)
		var part document
		call1(t, session, "fetch", arguments, &part)
		for line := range strings.Lines(part.Text) {
			switch {
			case strings.HasPrefix(line, "[turn "):
				if want := fmt.Sprintf("[turn %d] Ada Lund %d, statement:\n", seen, seen%9); line != want {
					t.Fatalf("the byline %q, want %q", line, want)
				}
				seen++
			case !strings.HasPrefix(line, "> ") && line != "\n" || strings.ContainsAny(line, "\r\u0085\u2028"):
				t.Fatalf("of turn %d there is a line %q", seen-1, line)
			}
		}
		next = part.Metadata["next_turn"]
	}
	if seen != len(turns) || parts < 2 {
		t.Errorf("%d parts have %d turns, the transcript has %d", parts, seen, len(turns))
	}
}

// breaks are what may begin a line.
var breaks = []string{"\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029", "\v"}

// TestPages turns pages, of tools and of resources: each transcript comes once, in one order.
func TestPages(t *testing.T) {
	t.Parallel()
	config, library := newConfig(t)
	for i := range retrieval.DefaultPage {
		add(t, library, fmt.Sprintf("night-%d.json", i), fmt.Appendf(nil, `{"title": "Night %d", "turns": [{"speaker": "Ada Lund", "text": "The tide of night %d was high."}]}`, i, i))
	}
	session := connect(t, config, nil)
	var listed []string
	for arguments := (map[string]any{"limit": 20}); ; {
		var page transcriptList
		call1(t, session, "list_transcripts", arguments, &page)
		for _, r := range page.Transcripts {
			listed = append(listed, scheme+r.ID)
		}
		if page.NextCursor == "" {
			break
		}
		arguments["cursor"] = page.NextCursor
	}
	var resources []string
	for r, err := range session.Resources(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		resources = append(resources, r.URI)
	}
	if len(listed) != retrieval.DefaultPage+1 || !slices.IsSorted(listed) || !slices.Equal(listed, resources) {
		t.Errorf("%d transcripts are listed, and %d as resources: %q, %q", len(listed), len(resources), listed, resources)
	}
}

// TestExcerpt shows what a list of results has of a long turn.
func TestExcerpt(t *testing.T) {
	t.Parallel()
	const start = 1_000 // of the turn, in the canonical text
	short, sentences := "The tide was high. The lamp burnt.", strings.Repeat("The tide was high again at night. ", 100)
	endless := strings.Repeat("and the tide ", 140) + "rose."
	for _, test := range []struct {
		name, turn string
		evidence   int // where it begins in the turn; -1: there is none
		want       func(string) bool
	}{
		{"a short turn", short, 18, func(got string) bool { return got == short }},
		{"a long turn without evidence", sentences, -1, func(got string) bool { return strings.HasPrefix(sentences, got) && len(got) > maxExcerpt-40 }},
		{"evidence at the end", "The lamp burnt. " + sentences + "The lamp went out.", 16 + len(sentences), func(got string) bool { return got == "The lamp went out." }},
		{"evidence in the middle", sentences + "The lamp burnt. " + sentences, len(sentences), func(got string) bool {
			return strings.HasPrefix(got, "The lamp burnt. The tide") && strings.HasSuffix(got, "night.") && len(got) <= maxExcerpt
		}},
		{"a sentence that is too long", endless + " It fell.", 0, func(got string) bool { return got == endless }},
	} {
		var evidence []sentence.Span
		if test.evidence >= 0 {
			evidence = []sentence.Span{{Start: start + test.evidence, End: start + test.evidence + 10}}
		}
		if got := excerpt(answer.Citation{Quote: test.turn, Start: start}, evidence); !test.want(got) {
			t.Errorf("%s: %q", test.name, got)
		}
	}
}

// TestProgress tells a client that asks for it how far an answer is.
func TestProgress(t *testing.T) {
	t.Parallel()
	config, _ := newConfig(t)
	told := make(chan *mcp.ProgressNotificationParams, 100)
	session := connect(t, config, &mcp.ClientOptions{
		ProgressNotificationHandler: func(_ context.Context, req *mcp.ProgressNotificationClientRequest) { told <- req.Params },
	})
	params := &mcp.CallToolParams{Name: "ask", Arguments: map[string]any{"question": "How high will the dyke be?"}}
	params.SetProgressToken("dyke")
	if result, err := session.CallTool(t.Context(), params); err != nil || result.IsError {
		t.Fatalf("%v, %v", result, err)
	}
	if first := <-told; first.ProgressToken != "dyke" || !strings.HasSuffix(first.Message, "turns found") || first.Progress != 1 {
		t.Errorf("the first progress is %+v", first)
	}
}

// TestNoLieIsTold has a model lie in every way it can; the assistant that asked reads no
// word of it, and why.
func TestNoLieIsTold(t *testing.T) {
	t.Parallel()
	for lie, reason := range map[string]answer.Reason{
		"Runa Skeld said: “The zeppelin is paid for by smugglers.”":                      answer.ReasonFabricated,
		"Oona Zeppelin said: “The sluice is paid for by the district.”":                  answer.ReasonMisattributed,
		"Nobody pays, as the zeppelin told the smugglers.":                               answer.ReasonUnsupported,
		"Runa Skeld said: “The sluice is not paid for by the district, but a zeppelin.”": answer.ReasonAltered,
	} {
		server := llmtest.New(t, llmtest.Literal(lie))
		model, err := llm.New(llm.Config{BaseURL: server.URL, Model: "scripted"})
		if err != nil {
			t.Fatal(err)
		}
		config, _ := newConfigWith(t, model)
		result, err := connect(t, config, nil).CallTool(t.Context(), &mcp.CallToolParams{Name: "ask", Arguments: map[string]any{"question": "Who pays for the sluice?"}})
		if err != nil || result.IsError {
			t.Fatalf("%q: %v, %v", lie, err, result)
		}
		text := result.Content[0].(*mcp.TextContent).Text
		var told citedAnswer
		if err := json.Unmarshal([]byte(text), &told); err != nil {
			t.Fatal(err)
		}
		if len(server.Requests()) == 0 || !slices.Contains(told.Withheld, reason) {
			t.Errorf("%q was withheld for %v, want %s", lie, told.Withheld, reason)
		}
		if strings.Contains(strings.ToLower(text), "zeppelin") {
			t.Errorf("%q is told: %s", lie, text)
		}
	}
}

// broken is a library that panics.
type broken struct{ Library }

func (broken) List(context.Context, retrieval.ListQuery) (retrieval.Page, error) { panic("broken") }

// TestPanic ends a call and not the program.
func TestPanic(t *testing.T) {
	t.Parallel()
	config, _ := newConfig(t)
	config.Library = broken{config.Library}
	session := connect(t, config, nil)
	_, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "list_transcripts"})
	if err == nil || !strings.Contains(err.Error(), "something went wrong inside Pullquote") {
		t.Errorf("a tool that panics: %v", err)
	}
	var found searchResults
	call1(t, session, "search", map[string]any{"query": "dyke"}, &found)
}
