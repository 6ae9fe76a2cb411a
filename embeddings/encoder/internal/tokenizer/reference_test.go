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

	Second      string // with Text a pair, where Pair has its tokens
	Pair, Types []int32
}

// TestReference compares with the two small models that testdata/train.py trains on
// sentences of our own.
func TestReference(t *testing.T) {
	for _, name := range []string{"wordpiece", "unigram"} {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join("testdata", name)
			compare(t, load(t, folder), filepath.Join(folder, "reference.jsonl"))
		})
	}
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

// compare holds the tokens to the reference's; their ranges too where the model is
// WordPiece. Of Unigram's they are counted alone: of several characters that became
// one the reference has the first or the last, and behind a character that vanished
// at the beginning of a text all of its ranges are too early.
func compare(t *testing.T, tokenizer *Tokenizer, path string) {
	t.Helper()
	_, exact := tokenizer.model.(*wordPiece)
	lines, wrong, moved := 0, 0, 0
	for want := range readReference(t, path) {
		lines++
		got := tokenizer.Encode(want.Text, math.MaxInt)
		checkTokens(t, tokenizer, want.Text, got)
		if !slices.Equal(ids(got), want.IDs) {
			if wrong++; wrong <= 10 {
				t.Errorf("%q\n got %v\nwant %v", want.Text, ids(got), want.IDs)
			}
			continue
		}
		for i, token := range got[1 : len(got)-1] {
			if token.Start != want.Starts[i+1] || token.End != want.Ends[i+1] {
				moved++
			}
		}
		comparePair(t, tokenizer, want)
	}
	t.Logf("%d lines, %d with other ids; %d tokens with another range", lines, wrong, moved)
	if exact && moved > 0 {
		t.Errorf("%d tokens have another range than the reference's", moved)
	}
}

func comparePair(t *testing.T, tokenizer *Tokenizer, want reference) {
	t.Helper()
	if want.Pair == nil {
		return
	}
	got := tokenizer.EncodePair(want.Text, want.Second, math.MaxInt)
	var types []int32
	for _, token := range got {
		types = append(types, token.Type)
	}
	if !slices.Equal(ids(got), want.Pair) || !slices.Equal(types, want.Types) {
		t.Errorf("%q and %q\n got %v\nwant %v", want.Text, want.Second, got, want.Pair)
	}
}

func ids(tokens []Token) []int32 {
	ids := make([]int32, len(tokens))
	for i, token := range tokens {
		ids[i] = token.ID
	}
	return ids
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
