package tokenizer

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// reference is a line of testdata/reference.py: a text and its tokens as Hugging
// Face's library has them.
type reference struct {
	Text         string
	IDs          []int32
	Starts, Ends []int
}

// TestRealModel compares with a model's folder, if PULLQUOTE_TEST_MODEL names one
// in which testdata/reference.py has left its reference.jsonl.
func TestRealModel(t *testing.T) {
	folder := os.Getenv("PULLQUOTE_TEST_MODEL")
	if folder == "" {
		t.Skip("PULLQUOTE_TEST_MODEL names no model's folder")
	}
	path := filepath.Join(folder, "reference.jsonl")
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is missing; testdata/reference.py makes it", path)
	}
	compare(t, load(t, folder), path)
}

func load(t testing.TB, folder string) *Tokenizer {
	t.Helper()
	tokenizer, err := Load(os.DirFS(folder))
	if err != nil {
		t.Fatal(err)
	}
	return tokenizer
}

// compare holds the ids to the reference's, and counts the ranges that differ from
// its own: of a rune made of several the reference has the first alone.
func compare(t *testing.T, tokenizer *Tokenizer, path string) {
	t.Helper()
	lines, wrong, moved := 0, 0, 0
	for want := range readReference(t, path) {
		lines++
		got := tokenizer.Encode(want.Text, math.MaxInt)
		checkTokens(t, tokenizer, want.Text, got)
		ids := make([]int32, len(got))
		for i, token := range got {
			ids[i] = token.ID
		}
		if !slices.Equal(ids, want.IDs) {
			if wrong++; wrong <= 10 {
				t.Errorf("%q\n got %v\nwant %v", want.Text, ids, want.IDs)
			}
			continue
		}
		for i, token := range got[1 : len(got)-1] {
			if token.Start != want.Starts[i+1] || token.End != want.Ends[i+1] {
				if moved++; moved < 10 {
					t.Logf("%q: token %d %q is [%d,%d), the reference's [%d,%d)", want.Text, i+1, want.Text[token.Start:token.End], token.Start, token.End, want.Starts[i+1], want.Ends[i+1])
				}
			}
		}
	}
	t.Logf("%d lines, %d with other ids, %d tokens with another range", lines, wrong, moved)
}

func readReference(t testing.TB, path string) func(yield func(reference) bool) {
	return func(yield func(reference) bool) {
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		lines := bufio.NewScanner(file)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var line reference
			if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
				t.Fatal(err)
			}
			if !yield(line) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			t.Fatal(err)
		}
	}
}
