package encoder

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/pullquote/pullquote/embeddings"
)

// config is what config.json says of a model's architecture.
type config struct {
	Type          string            `json:"model_type"`
	Architectures []string          `json:"architectures"`
	Activation    string            `json:"hidden_act"`
	PositionType  string            `json:"position_embedding_type"`
	Vocabulary    int               `json:"vocab_size"`
	Hidden        int               `json:"hidden_size"`
	Intermediate  int               `json:"intermediate_size"`
	Layers        int               `json:"num_hidden_layers"`
	Heads         int               `json:"num_attention_heads"`
	Positions     int               `json:"max_position_embeddings"`
	Types         int               `json:"type_vocab_size"`
	Padding       int               `json:"pad_token_id"`
	Epsilon       float64           `json:"layer_norm_eps"`
	Labels        map[string]string `json:"id2label"`
}

func readConfig(dir fs.FS) (config, error) {
	c := config{Activation: "gelu", PositionType: "absolute", Padding: 1, Epsilon: 1e-12}
	if err := readJSON(dir, "config.json", &c); err != nil {
		return c, err
	}
	return c, c.check()
}

// check refuses what the forward pass does not do, and sizes that no model has.
func (c *config) check() error {
	switch c.Type {
	case "bert", "roberta", "xlm-roberta", "camembert":
	default:
		return fmt.Errorf("config.json: the architecture %q is not one of bert, roberta, xlm-roberta, camembert", c.Type)
	}
	if c.Activation != "gelu" {
		return fmt.Errorf("config.json: the activation %q is not gelu", c.Activation)
	}
	if c.PositionType != "absolute" {
		return fmt.Errorf("config.json: positions are %q, not absolute", c.PositionType)
	}
	for _, size := range []struct {
		name       string
		value, max int
	}{
		{"vocab_size", c.Vocabulary, 1 << 22},
		{"hidden_size", c.Hidden, 1 << 14},
		{"intermediate_size", c.Intermediate, 1 << 16},
		{"num_hidden_layers", c.Layers, 1 << 10},
		{"num_attention_heads", c.Heads, 1 << 10},
		{"max_position_embeddings", c.Positions, 1 << 16},
		{"type_vocab_size", c.Types, 1 << 10},
	} {
		if size.value < 1 || size.value > size.max {
			return fmt.Errorf("config.json: %s is %d, not between 1 and %d", size.name, size.value, size.max)
		}
	}
	if c.Hidden%c.Heads != 0 {
		return fmt.Errorf("config.json: hidden_size %d is no multiple of num_attention_heads %d", c.Hidden, c.Heads)
	}
	if c.firstPosition() < 0 || c.Positions-c.firstPosition() < minWindow {
		return fmt.Errorf("config.json: pad_token_id %d leaves no positions", c.Padding)
	}
	if !(c.Epsilon > 0 && c.Epsilon < 1) {
		return fmt.Errorf("config.json: layer_norm_eps is %v", c.Epsilon)
	}
	if c.classifies() && len(c.Labels) != 1 {
		return errors.New("config.json: a classifier of several labels is neither an embedder nor a cross-encoder")
	}
	return nil
}

// firstPosition is that of a text's first token. RoBERTa counts on from the
// padding token's.
func (c *config) firstPosition() int {
	if c.Type == "bert" {
		return 0
	}
	return c.Padding + 1
}

// classifies tells whether the model has a head that gives labels.
func (c *config) classifies() bool {
	return len(c.Architectures) > 0 && strings.HasSuffix(c.Architectures[0], "ForSequenceClassification")
}

// pooling is how the vector of a text is made of those of its tokens.
type pooling int

const (
	mean  pooling = iota // their average
	first                // that of the first, [CLS]
)

// readSentenceConfig reads what the library sentence-transformers keeps in a
// model's folder. None of it must be there.
func (m *Model) readSentenceConfig(dir fs.FS, name string) (err error) {
	if m.pooling, err = readPooling(dir); err != nil {
		return err
	}
	var limit struct {
		Tokens int `json:"max_seq_length"`
	}
	if err := readOptional(dir, "sentence_bert_config.json", &limit); err != nil {
		return err
	}
	m.window = m.config.Positions - m.config.firstPosition()
	if limit.Tokens > 0 {
		m.window = max(min(m.window, limit.Tokens), minWindow)
	}
	m.prefixes, err = readPrefixes(dir, name)
	return err
}

func readPooling(dir fs.FS) (pooling, error) {
	modules := []struct {
		Path string `json:"path"`
		Type string `json:"type"`
	}{{Path: "1_Pooling", Type: "Pooling"}}
	if err := readOptional(dir, "modules.json", &modules); err != nil {
		return 0, err
	}
	p := mean
	for _, module := range modules {
		switch kind := module.Type[strings.LastIndex(module.Type, ".")+1:]; kind {
		case "Transformer", "Normalize": // vectors are normalised in any case
		case "Pooling":
			var err error
			if p, err = readPoolingMode(dir, path.Join(module.Path, "config.json")); err != nil {
				return 0, err
			}
		default:
			return 0, fmt.Errorf("modules.json: a module of the type %s is not run", module.Type)
		}
	}
	return p, nil
}

func readPoolingMode(dir fs.FS, file string) (pooling, error) {
	mode := struct {
		Mean  bool `json:"pooling_mode_mean_tokens"`
		First bool `json:"pooling_mode_cls_token"`
		Name  any  `json:"pooling_mode"`
	}{}
	if err := readOptional(dir, file, &mode); err != nil {
		return 0, err
	}
	switch {
	case mode.First || mode.Name == "cls":
		return first, nil
	case mode.Mean || mode.Name == "mean":
		return mean, nil
	}
	if _, err := fs.Stat(dir, file); err != nil {
		return mean, nil
	}
	return 0, fmt.Errorf("%s: the pooling is neither of the mean nor of the first token", file)
}

// readPrefixes are those that the folder states, or that the name tells.
func readPrefixes(dir fs.FS, name string) (embeddings.Prefixes, error) {
	var c struct {
		Prompts map[string]string `json:"prompts"`
	}
	if err := readOptional(dir, "config_sentence_transformers.json", &c); err != nil {
		return embeddings.Prefixes{}, err
	}
	p := embeddings.Prefixes{Query: c.Prompts["query"], Document: c.Prompts["document"] + c.Prompts["passage"]}
	if p == (embeddings.Prefixes{}) {
		p = embeddings.PrefixesOf(name)
	}
	return p, nil
}

// maxJSON is more than any configuration takes.
const maxJSON = 1 << 20

func readJSON(dir fs.FS, name string, into any) error {
	file, err := dir.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxJSON))
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func readOptional(dir fs.FS, name string, into any) error {
	err := readJSON(dir, name, into)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
