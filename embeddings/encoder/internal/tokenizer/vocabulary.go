package tokenizer

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"unicode"
)

// config is tokenizer_config.json, as far as BERT's tokenizer needs it.
type config struct {
	Lower        *bool     `json:"do_lower_case"`
	StripAccents *bool     `json:"strip_accents"`
	Chinese      *bool     `json:"tokenize_chinese_chars"`
	UNK          tokenName `json:"unk_token"`
	SEP          tokenName `json:"sep_token"`
	PAD          tokenName `json:"pad_token"`
	CLS          tokenName `json:"cls_token"`
	MASK         tokenName `json:"mask_token"`
}

// tokenName is the text of a token, written as a string or as an object.
type tokenName string

func (n *tokenName) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(data, []byte("{")) {
		var object struct {
			Content *tokenName `json:"content"`
		}
		object.Content = n
		return json.Unmarshal(data, &object)
	}
	return json.Unmarshal(data, (*string)(n))
}

// loadVocabulary makes BERT's tokenizer of vocab.txt, a piece a line in the order
// of the ids.
func loadVocabulary(dir fs.FS) (*Tokenizer, error) {
	c := config{UNK: "[UNK]", SEP: "[SEP]", PAD: "[PAD]", CLS: "[CLS]", MASK: "[MASK]"}
	if err := readJSON(dir, "tokenizer_config.json", &c); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	data, err := readFile(dir, "vocab.txt")
	if err != nil {
		return nil, err
	}
	return c.build(vocabularyLines(string(data)))
}

func vocabularyLines(text string) map[string]int32 {
	vocabulary := make(map[string]int32, strings.Count(text, "\n")+1)
	id := int32(0)
	for line := range strings.Lines(text) {
		vocabulary[strings.TrimRightFunc(line, unicode.IsSpace)] = id
		id++
	}
	return vocabulary
}

func (c *config) build(vocabulary map[string]int32) (*Tokenizer, error) {
	lower := c.Lower == nil || *c.Lower
	d := description{
		Normalizer: &step{
			Type:               "BertNormalizer",
			CleanText:          true,
			HandleChineseChars: c.Chinese == nil || *c.Chinese,
			StripAccents:       c.StripAccents,
			Lowercase:          lower,
		},
		PreTokenizer: &step{Type: "BertPreTokenizer"},
		Model:        modelDescription{UnkToken: string(c.UNK)},
	}
	var t Tokenizer
	var err error
	if t.normalize, err = d.Normalizer.normalizers(); err != nil {
		return nil, err
	}
	if t.split, err = d.PreTokenizer.splitter(); err != nil {
		return nil, err
	}
	if t.model, t.size, err = d.Model.wordPiece(vocabulary); err != nil {
		return nil, err
	}
	cls, ok := vocabulary[string(c.CLS)]
	if !ok {
		return nil, invalid("its vocabulary has no token %q to begin with", c.CLS)
	}
	sep, ok := vocabulary[string(c.SEP)]
	if !ok {
		return nil, invalid("its vocabulary has no token %q to end with", c.SEP)
	}
	t.single, t.pair = bertTemplates(cls, sep)
	return &t, t.add(c.special(vocabulary))
}

// special are the special tokens that the vocabulary has.
func (c *config) special(vocabulary map[string]int32) []addedDescription {
	var tokens []addedDescription
	for _, name := range []tokenName{c.UNK, c.SEP, c.PAD, c.CLS, c.MASK} {
		id, ok := vocabulary[string(name)]
		if ok && !slices.ContainsFunc(tokens, func(t addedDescription) bool { return t.ID == id }) {
			tokens = append(tokens, addedDescription{ID: id, Content: string(name)})
		}
	}
	return tokens
}
