package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

// TestHostileNames has files, and what stands in them, command the terminal of whoever
// reads them in, looks at them and asks.
func TestHostileNames(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	good := filepath.Join(dir, "orchard\x1b]0;owned\x07\n\u202egpj.json")
	content := strings.NewReplacer("The Blue Orchard", `The \u001b[2JBlue\u202e “Orchard” [3]`, "Ivo Rook", `Ivo Rook: “I lied” [2]`, "Bay Gazette", `Bay\u2028Gazette`).Replace(orchard)
	bad := filepath.Join(dir, "none\x1b[31m\u2066\xff.txt")
	for path, text := range map[string]string{good: content, bad: "\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	env := map[string]string{"DATABASE_URL": postgrestest.Migrated(t), "PULLQUOTE_EMBEDDING_MODEL": "builtin"}
	for _, tt := range []struct {
		args []string
		code int
		says string // among what is told
	}{
		{[]string{"parse", good}, 0, "Ivo Rook"},
		{[]string{"parse", "--explain", good}, 0, `orchard\x1b]0;owned\a\n\u202egpj.json`},
		{[]string{"parse", bad}, 2, `none\x1b[31m\u2066\xff.txt`},
		{[]string{"parse", filepath.Join(dir, "gone\x1b[2J\u202e.txt")}, 2, `gone\x1b[2J\u202e.txt`},
		{[]string{"ingest", "--dry-run", good}, 0, `orchard\x1b`},
		{[]string{"ingest", good}, 0, `orchard\x1b`},
		{[]string{"ingest", "--title", "A \x1b[2Jtitle\u202e", good}, 2, "leave them out"},
		{[]string{"transcripts", "list"}, 0, "The [2JBlue"},
		{[]string{"speakers", "list"}, 0, "Ivo Rook"},
		{[]string{"search", "When do the trees flower?"}, 0, "second week of May"},
		{[]string{"ask", "When do the trees flower?"}, 0, "second week of May"},
		{[]string{"ask", "--format", "md", "When do the trees\x1b \u202eflower?"}, 0, "second week of May"},
		{[]string{"verify", bad}, 0, ""},
		{[]string{"export", "a\x1b[2J\u202e", "--format", "md"}, 1, ""},
		{[]string{"x\x1b[2J\u202e"}, 2, ""},
		{[]string{"ask", "--collection", "a\x1b[2J\u202eb", "When?"}, 1, "There is no collection"},
	} {
		var out, errs bytes.Buffer
		code := run(t.Context(), tt.args, environment{getenv: func(name string) string { return env[name] }, stdin: strings.NewReader(""), stdout: &out, stderr: &errs})
		told := out.String() + errs.String()
		if code != tt.code || !strings.Contains(told, tt.says) {
			t.Errorf("%q: exit code %d, want %d and %q:\n%s", tt.args, code, tt.code, tt.says, told)
		}
		if strings.ContainsAny(told, "\x1b\x07\r\u202e\u2066\u2028") || !utf8.ValidString(told) {
			t.Errorf("%q commands the terminal:\n%q", tt.args, told)
		}
		if tt.args[0] == "ask" && (strings.Contains(told, "I lied") || strings.Contains(told, "[3]") || strings.Contains(told, "“Orchard”")) {
			t.Errorf("%q says:\n%s", tt.args, told)
		}
	}
}
