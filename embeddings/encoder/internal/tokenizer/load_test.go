package tokenizer

import (
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pullquote/pullquote/internal/fault"
)

// TestLoadVocabulary holds vocab.txt to the same tokens as tokenizer.json.
func TestLoadVocabulary(t *testing.T) {
	vocabulary, err := os.ReadFile(filepath.Join("testdata", "wordpiece", "vocab.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, config := range []string{"", `{"do_lower_case": true, "cls_token": {"content": "[CLS]"}, "strip_accents": null}`} {
		dir := fstest.MapFS{"vocab.txt": {Data: vocabulary}}
		if config != "" {
			dir["tokenizer_config.json"] = &fstest.MapFile{Data: []byte(config)}
		}
		tokenizer, err := Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, tokenizer, filepath.Join("testdata", "wordpiece", "reference.jsonl"))
	}
}

func TestCased(t *testing.T) {
	dir := fstest.MapFS{
		"vocab.txt":             {Data: []byte("[UNK]\n[CLS]\n[SEP]\nName\nname\nNam\n##é\n")},
		"tokenizer_config.json": {Data: []byte(`{"do_lower_case": false}`)},
	}
	tokenizer, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	got := ids(tokenizer.Encode("Name name Namé", math.MaxInt))
	if want := []int32{1, 3, 4, 5, 6, 2}; !slices.Equal(got, want) {
		t.Errorf("the ids are %v, not %v", got, want)
	}
}

func TestLoadErrors(t *testing.T) {
	const bert = `"normalizer": {"type": "BertNormalizer"}, "pre_tokenizer": {"type": "BertPreTokenizer"}`
	const pieces = `"model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {"[UNK]": 0}}`
	tests := []struct {
		name string
		json string
		code fault.Code
		says string
	}{
		{"no JSON", `{"model"`, fault.Invalid, "tokenizer.json"},
		{"an id that is no number", `{` + bert + `, "model": {"type": "WordPiece", "vocab": {"a": "b"}}}`, fault.Invalid, "vocabulary"},
		{"a negative id", `{` + bert + `, "model": {"type": "WordPiece", "unk_token": "a", "vocab": {"a": -1}}}`, fault.Invalid, "-1"},
		{"a huge id", `{` + bert + `, "model": {"type": "WordPiece", "unk_token": "a", "vocab": {"a": 2000000000}}}`, fault.Invalid, "2000000000"},
		{"no unknown token", `{` + bert + `, "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {"a": 0}}}`, fault.Invalid, "[UNK]"},
		{"a long piece", `{` + bert + `, "model": {"type": "WordPiece", "unk_token": "a", "vocab": {"a": 0, "` + strings.Repeat("b", 2000) + `": 1}}}`, fault.Invalid, "2000 bytes"},
		{"endless words", `{` + bert + `, "model": {"type": "WordPiece", "unk_token": "a", "max_input_chars_per_word": 1000000, "vocab": {"a": 0}}}`, fault.Invalid, "1000000"},
		{"another model", `{` + bert + `, "model": {"type": "BPE"}}`, fault.Unsupported, "BPE"},
		{"another normalizer", `{"normalizer": {"type": "NFKC"}, ` + pieces + `}`, fault.Unsupported, "NFKC"},
		{"another pattern", `{"normalizer": {"type": "Replace", "pattern": {"Regex": "a+"}}, ` + pieces + `}`, fault.Unsupported, "a+"},
		{"another pre-tokenizer", `{"pre_tokenizer": {"type": "ByteLevel"}, ` + pieces + `}`, fault.Unsupported, "ByteLevel"},
		{"another post-processor", `{` + bert + `, "post_processor": {"type": "ByteLevel"}, ` + pieces + `}`, fault.Unsupported, "ByteLevel"},
		{"a template's token without an id", `{` + bert + `, "post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "[X]"}}]}, ` + pieces + `}`, fault.Invalid, "[X]"},
		{"a template's id past the vocabulary", `{` + bert + `, "post_processor": {"type": "BertProcessing", "cls": ["a", 9], "sep": ["b", 0]}, ` + pieces + `}`, fault.Invalid, "9"},
		{"a map of characters that is cut off", `{"normalizer": {"type": "Precompiled", "precompiled_charsmap": "/////w=="}, ` + pieces + `}`, fault.Invalid, "cut off"},
		{"scores that are none", `{` + bert + `, "model": {"type": "Unigram", "unk_id": 0, "vocab": [["a", "b"]]}}`, fault.Invalid, "scores"},
		{"an unknown piece past the vocabulary", `{` + bert + `, "model": {"type": "Unigram", "unk_id": 3, "vocab": [["a", 0]]}}`, fault.Invalid, "unknown"},
		{"bytes for unknown characters", `{` + bert + `, "model": {"type": "Unigram", "unk_id": 0, "byte_fallback": true, "vocab": [["a", 0]]}}`, fault.Unsupported, "bytes"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Load(fstest.MapFS{"tokenizer.json": {Data: []byte(test.json)}})
			if err == nil {
				t.Fatal("it was read")
			}
			if fault.CodeOf(err) != test.code || !strings.Contains(err.Error(), test.says) {
				t.Errorf("%v (%s), not %s about %q", err, fault.CodeOf(err), test.code, test.says)
			}
		})
	}
}

func TestLoadNothing(t *testing.T) {
	_, err := Load(fstest.MapFS{})
	if !errors.Is(err, fs.ErrNotExist) || fault.CodeOf(err) != fault.NotFound {
		t.Errorf("an empty folder gives %v", err)
	}
}

func FuzzEncode(f *testing.F) {
	for line := range readReference(f, filepath.Join("testdata", "unigram", "reference.jsonl")) {
		f.Add(line.Text, 16)
	}
	f.Add("\xff\xfe[MASK] <mask>\x00", 512)
	models := []*Tokenizer{wordpieceModel(f), unigramModel(f)}
	f.Fuzz(func(t *testing.T, text string, max int) {
		for _, tokenizer := range models {
			tokens := tokenizer.Encode(text, max)
			checkTokens(t, tokenizer, text, tokens)
			if len(tokens) > 0 && len(tokens) > max {
				t.Fatalf("%d tokens, and at most %d were asked for", len(tokens), max)
			}
			tokenizer.EncodePair(text, text, max)
		}
	})
}

func FuzzLoad(f *testing.F) {
	for _, name := range []string{"wordpiece", "unigram"} {
		data, err := os.ReadFile(filepath.Join("testdata", name, "tokenizer.json"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"normalizer":{"type":"Sequence","normalizers":[{"type":"Strip","strip_right":true},{"type":"Replace","pattern":{"Regex":" {2,}"},"content":"▁"}]},"pre_tokenizer":{"type":"Metaspace","replacement":"▁","prepend_scheme":"first"},"model":{"type":"Unigram","unk_id":0,"vocab":[["<unk>",0],["▁a",-1]]}}`))
	f.Add([]byte(`{"added_tokens":[{"id":1,"content":"B","single_word":true,"rstrip":true,"normalized":true}],"normalizer":{"type":"BertNormalizer","lowercase":true},"pre_tokenizer":{"type":"BertPreTokenizer"},"model":{"type":"WordPiece","unk_token":"a","vocab":{"a":0}}}`))
	const text = "A  b\u0301 [MASK] <mask>\r\n\u00a0B½ 한 \xff"
	f.Fuzz(func(t *testing.T, data []byte) {
		tokenizer, err := Load(fstest.MapFS{"tokenizer.json": {Data: data}})
		if err != nil {
			return
		}
		checkTokens(t, tokenizer, text, tokenizer.Encode(text, math.MaxInt))
	})
}
