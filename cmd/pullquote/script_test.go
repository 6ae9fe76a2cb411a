package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings/encoder/encodertest"
	"github.com/pullquote/pullquote/internal/golden"
	"github.com/pullquote/pullquote/internal/llm/llmtest"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/transcript"
)

// TestScript runs the scripts of testdata/script, which show the command line as
// its users see it. Beside testscript's own commands there are:
//
//	exits CODE PROGRAM ARG…  runs a program, which must exit with the code
//	complains LINE           the last program printed nothing, and on standard error this line only
//	database [empty]         sets DATABASE_URL to a new database, with or without the schema
//	oneserver REASON         skips the script where the databases of the tests are distributed
//	sql STATEMENT            changes what is in the database
//	stored N                 the database holds N transcripts, each of them whole, and nothing else
//	oneline MB FILE          makes a file of one line
//	[!] field PATH VALUE     a field of the last program's JSON, such as citations.0.quote, has the value
//	set VAR PATH             sets VAR to such a field
//	verified FILE            checks the last program's answer against the transcripts of a `parse --json`
//	model honest             sets the model to one that answers as it should
//	model says TEXT          … to one that replies with this text
//	model breaks FAULT       … to one that is honest, but for this fault of llmtest's
//	encoder FOLDER [cross]   makes a model of random weights, an encoder or a cross-encoder
//	occupied VAR             sets VAR to an address that another program listens on
//
// SAMPLES names the folder of the samples.
func TestScript(t *testing.T) {
	t.Parallel()
	samples, err := filepath.Abs("../../samples")
	if err != nil {
		t.Fatal(err)
	}
	path := program(t) + string(filepath.ListSeparator) + os.Getenv("PATH")
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("PATH", path)
			env.Setenv("GORACE", "atexit_sleep_ms=0") // a race detector waits for a second otherwise
			env.Setenv("SAMPLES", samples)
			env.Setenv("PULLQUOTE_DATA_DIR", filepath.Join(env.WorkDir, "data"))
			env.Setenv("PULLQUOTE_EMBEDDING_MODEL", "builtin")      // chosen, so that nothing is said of it
			env.Setenv("PULLQUOTE_MODEL_HUB", "http://127.0.0.1:1") // tests download nothing
			env.Setenv("PIP_INDEX_URL", "http://127.0.0.1:1/simple")
			env.Setenv("PULLQUOTE_MAVEN_URL", "http://127.0.0.1:1/maven2")
			env.Values[testKey{}] = env.T()
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "complains": complains, "database": useDatabase, "oneserver": oneServer, "sql": execSQL, "stored": storedWhole,
			"oneline": oneline, "field": field, "set": set, "verified": verified, "occupied": occupied, "model": useModel,
			"encoder": makeEncoder,
		},
		RequireUniqueNames: true,
		UpdateScripts:      golden.Updating(),
	})
}

func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

func complains(ts *testscript.TestScript, _ bool, args []string) {
	if out := ts.ReadFile("stdout"); out != "" {
		ts.Fatalf("standard output holds %q, want nothing", out)
	}
	if got, want := ts.ReadFile("stderr"), "pullquote: "+strings.Join(args, " ")+"\n"; got != want {
		ts.Fatalf("standard error:\n got %q\nwant %q", got, want)
	}
}

// testKey finds the script's test among its values.
type testKey struct{}

func useDatabase(ts *testscript.TestScript, _ bool, args []string) {
	t := ts.Value(testKey{}).(testing.TB)
	if len(args) == 1 && args[0] == "empty" {
		ts.Setenv("DATABASE_URL", postgrestest.URL(t))
		return
	}
	ts.Setenv("DATABASE_URL", postgrestest.Migrated(t))
}

func oneServer(ts *testscript.TestScript, _ bool, args []string) {
	postgrestest.OneServer(ts.Value(testKey{}).(testing.TB), strings.Join(args, " "))
}

func execSQL(ts *testscript.TestScript, _ bool, args []string) {
	conn, err := pgx.Connect(context.Background(), ts.Getenv("DATABASE_URL"))
	ts.Check(err)
	defer conn.Close(context.Background())
	_, err = conn.Exec(context.Background(), args[0])
	ts.Check(err)
}

// storedWhole counts the rows of a transcript in every table that has some.
func storedWhole(ts *testscript.TestScript, _ bool, args []string) {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, ts.Getenv("DATABASE_URL"))
	ts.Check(err)
	defer conn.Close(ctx)
	var transcripts, turns, turnRows, passages, passageRows, vectors, strays int
	ts.Check(conn.QueryRow(ctx, `
		SELECT (SELECT count(*) FROM transcripts), (SELECT coalesce(sum(turn_count), 0) FROM transcripts),
			(SELECT count(*) FROM turns),
			(SELECT coalesce(sum(passages), 0) FROM passage_counts),
			(SELECT count(*) FROM passages),
			(SELECT count(*) FROM embeddings),
			(SELECT count(*) FROM collections WHERE id NOT IN (SELECT collection_id FROM transcripts))
				+ (SELECT count(*) FROM speakers WHERE name NOT IN (SELECT speaker FROM turns WHERE speaker IS NOT NULL))
				+ (SELECT count(*) FROM originals o WHERE NOT EXISTS (SELECT FROM transcripts t WHERE t.collection_id = o.collection_id AND t.sha256 = o.sha256))`).Scan(&transcripts, &turns, &turnRows, &passages, &passageRows, &vectors, &strays))
	if strconv.Itoa(transcripts) != args[0] {
		ts.Fatalf("%d transcripts are stored, want %s", transcripts, args[0])
	}
	if turnRows != turns || passageRows != passages || vectors != passages || strays != 0 || (transcripts > 0) != (passages > 0) {
		ts.Fatalf("something is half stored: %d of %d turns, %d of %d passages, %d vectors, %d rows that belong to no transcript",
			turnRows, turns, passageRows, passages, vectors, strays)
	}
}

func oneline(ts *testscript.TestScript, _ bool, args []string) {
	megabytes, err := strconv.Atoi(args[0])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), bytes.Repeat([]byte("a"), megabytes<<20), 0o600))
}

func field(ts *testscript.TestScript, neg bool, args []string) {
	if got := jsonField(ts, args[0]); (got == args[1]) == neg {
		ts.Fatalf("%s is %q", args[0], got)
	}
}

func set(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], jsonField(ts, args[1]))
}

// jsonField is a field of what the last program printed, as text.
func jsonField(ts *testscript.TestScript, path string) string {
	var value any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &value))
	for key := range strings.SplitSeq(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			value = v[key]
		case []any:
			i, err := strconv.Atoi(key)
			ts.Check(err)
			if i >= len(v) {
				ts.Fatalf("%s: there are only %d", path, len(v))
			}
			value = v[i]
		}
	}
	return fmt.Sprint(value)
}

func verified(ts *testscript.TestScript, _ bool, args []string) {
	var a answer.Answer
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &a))
	var transcripts []*transcript.Transcript
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &transcripts))
	if len(a.Citations) == 0 {
		ts.Fatalf("the answer quotes nothing: %s", a.Text)
	}
	ts.Check(verify(&a, func(c answer.Citation) *transcript.Transcript {
		for _, t := range transcripts {
			if t.Title == c.TranscriptTitle {
				return t
			}
		}
		return nil
	}))
}

func useModel(ts *testscript.TestScript, _ bool, args []string) {
	script := llmtest.Honest()
	switch args[0] {
	case "says":
		script = llmtest.Literal(strings.ReplaceAll(args[1], `\n`, "\n"))
	case "breaks":
		script = faultyModel(args[1]).Script
		if script == nil {
			ts.Fatalf("there is no fault %q", args[1])
		}
	}
	server := llmtest.New(ts.Value(testKey{}).(testing.TB), script, llmtest.WithKey("right"), llmtest.WithModels("scripted"))
	ts.Setenv("OPENAI_BASE_URL", server.URL)
	ts.Setenv("OPENAI_API_KEY", "right")
	ts.Setenv("PULLQUOTE_CHAT_MODEL", "scripted")
}

// faultyModel is a fault by its name, in a model that is honest otherwise.
func faultyModel(name string) llmtest.Fault {
	for _, f := range llmtest.Faults(llmtest.Honest()) {
		if f.Name == name {
			return f
		}
	}
	return llmtest.Fault{}
}

func makeEncoder(ts *testscript.TestScript, _ bool, args []string) {
	shape := encodertest.Tiny()
	shape.CrossEncoder = len(args) > 1
	ts.Check(shape.Write(ts.MkAbs(args[0])))
}

func occupied(ts *testscript.TestScript, _ bool, args []string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { listener.Close() })
	ts.Setenv(args[0], listener.Addr().String())
}
