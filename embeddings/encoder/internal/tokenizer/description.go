package tokenizer

import (
	"encoding/json"
	"slices"
)

// description is tokenizer.json, as Hugging Face's library writes it.
type description struct {
	AddedTokens   []addedDescription `json:"added_tokens"`
	Normalizer    *step              `json:"normalizer"`
	PreTokenizer  *step              `json:"pre_tokenizer"`
	PostProcessor *processor         `json:"post_processor"`
	Model         modelDescription   `json:"model"`
}

type addedDescription struct {
	ID         int32  `json:"id"`
	Content    string `json:"content"`
	SingleWord bool   `json:"single_word"`
	LStrip     bool   `json:"lstrip"`
	RStrip     bool   `json:"rstrip"`
	Normalized bool   `json:"normalized"`
}

// step is a normalizer or a pre-tokenizer: the fields of all types together.
type step struct {
	Type string `json:"type"`

	Normalizers   []step `json:"normalizers"`
	PreTokenizers []step `json:"pretokenizers"`

	CleanText          bool  `json:"clean_text"`
	HandleChineseChars bool  `json:"handle_chinese_chars"`
	StripAccents       *bool `json:"strip_accents"` // as Lowercase, where it is null
	Lowercase          bool  `json:"lowercase"`

	PrecompiledCharsmap []byte `json:"precompiled_charsmap"`

	Pattern struct {
		String string
		Regex  string
	} `json:"pattern"`
	Content string `json:"content"`

	StripLeft  bool `json:"strip_left"`
	StripRight bool `json:"strip_right"`

	Replacement    string        `json:"replacement"`
	AddPrefixSpace *bool         `json:"add_prefix_space"`
	PrependScheme  prependScheme `json:"prepend_scheme"`
	Split          *bool         `json:"split"`
}

type modelDescription struct {
	Type         string          `json:"type"`
	Vocab        json.RawMessage `json:"vocab"` // an object from piece to id, or an array of pairs of piece and score
	UnkToken     string          `json:"unk_token"`
	Prefix       *string         `json:"continuing_subword_prefix"`
	MaxRunes     *int            `json:"max_input_chars_per_word"`
	UnkID        *int            `json:"unk_id"`
	ByteFallback bool            `json:"byte_fallback"`
}

// build makes the tokenizer, or says what stands in the way.
func (d *description) build() (*Tokenizer, error) {
	var t Tokenizer
	var err error
	if t.normalize, err = d.Normalizer.normalizers(); err != nil {
		return nil, err
	}
	if t.split, err = d.PreTokenizer.splitter(); err != nil {
		return nil, err
	}
	if t.model, t.size, err = d.Model.build(); err != nil {
		return nil, err
	}
	if t.single, t.pair, err = d.PostProcessor.templates(); err != nil {
		return nil, err
	}
	if err := t.add(d.AddedTokens); err != nil {
		return nil, err
	}
	return &t, t.check()
}

// add takes the added tokens, those that are found in normalized text in their
// normalized form.
func (t *Tokenizer) add(tokens []addedDescription) error {
	var special, normalized []addedToken
	for _, d := range tokens {
		if d.ID < 0 || d.ID >= maxID {
			return invalid("the added token %q has the id %d", d.Content, d.ID)
		}
		t.size = max(t.size, int(d.ID)+1)
		token := addedToken{content: d.Content, id: d.ID, word: d.SingleWord, lstrip: d.LStrip, rstrip: d.RStrip}
		if !d.Normalized {
			special = append(special, token)
			continue
		}
		text := source(d.Content, 0, len(d.Content))
		for _, step := range t.normalize {
			text = step.apply(text)
		}
		token.content = text.string()
		normalized = append(normalized, token)
	}
	t.special, t.normalized = newAdded(special), newAdded(normalized)
	return nil
}

// check holds the template's ids to the vocabulary.
func (t *Tokenizer) check() error {
	for _, p := range slices.Concat(t.single, t.pair) {
		if p.kind == specialToken && (p.id < 0 || int(p.id) >= t.size) {
			return invalid("its template has the id %d, which its vocabulary of %d has not", p.id, t.size)
		}
	}
	return nil
}

// normalizers are the steps of a normalizer in order; none where it is null.
func (s *step) normalizers() ([]normalizer, error) {
	if s == nil {
		return nil, nil
	}
	switch s.Type {
	case "Sequence":
		var all []normalizer
		for i := range s.Normalizers {
			some, err := s.Normalizers[i].normalizers()
			if err != nil {
				return nil, err
			}
			all = append(all, some...)
		}
		return all, nil
	case "BertNormalizer":
		accents := s.Lowercase
		if s.StripAccents != nil {
			accents = *s.StripAccents
		}
		return []normalizer{newBertNormalizer(bertRules{clean: s.CleanText, ideographs: s.HandleChineseChars, accents: accents, lower: s.Lowercase})}, nil
	}
	return s.sentencePiece()
}

// sentencePiece is one of the normalizers that descriptions of SentencePiece models
// are made of.
func (s *step) sentencePiece() ([]normalizer, error) {
	switch s.Type {
	case "Precompiled":
		m, err := newCharsmap(s.PrecompiledCharsmap)
		if err != nil {
			return nil, err
		}
		return []normalizer{m}, nil
	case "Strip":
		return []normalizer{stripper{left: s.StripLeft, right: s.StripRight}}, nil
	case "Replace":
		switch {
		case s.Pattern.Regex == " {2,}":
			return []normalizer{replacer{old: []byte(" "), new: s.Content, min: 2, run: true}}, nil
		case s.Pattern.String != "":
			return []normalizer{replacer{old: []byte(s.Pattern.String), new: s.Content, min: 1}}, nil
		}
		return nil, unsupported("it replaces the pattern %q", s.Pattern.Regex)
	}
	return nil, unsupported("it has the normalizer %q", s.Type)
}

// splitter is the pre-tokenizer.
func (s *step) splitter() (splitter, error) {
	if s == nil {
		return nil, unsupported("it has no pre-tokenizer")
	}
	switch s.Type {
	case "Sequence":
		var all splitters
		for i := range s.PreTokenizers {
			next, err := s.PreTokenizers[i].splitter()
			if err != nil {
				return nil, err
			}
			all = append(all, next)
		}
		return all, nil
	case "BertPreTokenizer":
		return newBertSplitter(), nil
	case "WhitespaceSplit":
		return spaceSplitter{}, nil
	case "Metaspace":
		return s.metaspace()
	}
	return nil, unsupported("it has the pre-tokenizer %q", s.Type)
}

// metaspace has two ways to say when a mark is put before a text: older files know
// always and never alone.
func (s *step) metaspace() (splitter, error) {
	m := metaspace{mark: s.Replacement, prepend: s.PrependScheme, split: s.Split == nil || *s.Split}
	if m.mark == "" {
		return nil, invalid("it marks spaces with nothing")
	}
	if m.prepend == "" {
		m.prepend = prependAlways
	}
	if s.AddPrefixSpace != nil && !*s.AddPrefixSpace {
		m.prepend = prependNever
	}
	switch m.prepend {
	case prependAlways, prependFirst, prependNever:
		return m, nil
	}
	return nil, unsupported("its Metaspace prepends %q", m.prepend)
}

// build makes the model; its ids are below size.
func (m *modelDescription) build() (built model, size int, err error) {
	switch m.Type {
	case "WordPiece":
		var vocabulary map[string]int32
		if err := json.Unmarshal(m.Vocab, &vocabulary); err != nil {
			return nil, 0, invalid("its vocabulary is not a table of pieces and ids: %v", err)
		}
		return m.wordPiece(vocabulary)
	case "Unigram":
		var vocabulary []scoredPiece
		if err := json.Unmarshal(m.Vocab, &vocabulary); err != nil {
			return nil, 0, invalid("its vocabulary is not a list of pieces and scores: %v", err)
		}
		return m.unigram(vocabulary)
	}
	return nil, 0, unsupported("its model is %q; WordPiece and Unigram are read", m.Type)
}

// wordPiece makes a WordPiece model of a vocabulary, with BERT's own figures where
// the description has none.
func (m *modelDescription) wordPiece(vocabulary map[string]int32) (built model, size int, err error) {
	for piece, id := range vocabulary {
		if id < 0 || id >= maxID {
			return nil, 0, invalid("its piece %q has the id %d", piece, id)
		}
		if len(piece) > maxPiece {
			return nil, 0, tooLong(piece)
		}
		size = max(size, int(id)+1)
	}
	unknown, ok := vocabulary[m.UnkToken]
	if !ok {
		return nil, 0, invalid("its vocabulary has no unknown token %q", m.UnkToken)
	}
	prefix, maxRunes := "##", 100
	if m.Prefix != nil {
		prefix = *m.Prefix
	}
	if m.MaxRunes != nil {
		maxRunes = *m.MaxRunes
	}
	if maxRunes < 0 || maxRunes > maxPiece {
		return nil, 0, invalid("it takes words of %d characters", maxRunes)
	}
	return newWordPiece(vocabulary, prefix, unknown, maxRunes), size, nil
}

// unigram makes a Unigram model of a vocabulary.
func (m *modelDescription) unigram(vocabulary []scoredPiece) (built model, size int, err error) {
	if m.ByteFallback {
		return nil, 0, unsupported("it writes unknown characters as bytes")
	}
	if m.UnkID == nil || *m.UnkID < 0 || *m.UnkID >= len(vocabulary) {
		return nil, 0, invalid("its vocabulary of %d pieces has no unknown one", len(vocabulary))
	}
	if len(vocabulary) > maxID {
		return nil, 0, invalid("its vocabulary has %d pieces", len(vocabulary))
	}
	for _, piece := range vocabulary {
		if len(piece.text) > maxPiece {
			return nil, 0, tooLong(piece.text)
		}
	}
	return newUnigram(vocabulary, *m.UnkID), len(vocabulary), nil
}

func tooLong(piece string) error {
	return invalid("its vocabulary has a piece of %d bytes", len(piece))
}
