// Package encodertest makes models of random weights: whole, and of any shape, but
// without sense, for tests of what is done with a model.
package encodertest

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// Shape is what a model's configuration says of its size.
type Shape struct {
	Layers, Hidden, Intermediate, Heads, Vocabulary, Positions int
	// CrossEncoder gives it a head that scores pairs, instead of none.
	CrossEncoder bool
}

// Tiny is a model of some 100 kB.
func Tiny() Shape {
	return Shape{Layers: 1, Hidden: 32, Intermediate: 64, Heads: 4, Vocabulary: 200, Positions: 128}
}

// MiniLM is the shape of all-MiniLM-L6-v2, and as a cross-encoder that of
// ms-marco-MiniLM-L6-v2: 91 MB.
func MiniLM() Shape {
	return Shape{Layers: 6, Hidden: 384, Intermediate: 1536, Heads: 12, Vocabulary: 30522, Positions: 512}
}

// Write writes the model to a folder, the same each time.
func (s Shape) Write(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	architecture := "BertModel"
	if s.CrossEncoder {
		architecture = "BertForSequenceClassification"
	}
	config, err := json.Marshal(map[string]any{
		"model_type": "bert", "architectures": []string{architecture}, "hidden_act": "gelu",
		"vocab_size": s.Vocabulary, "hidden_size": s.Hidden, "intermediate_size": s.Intermediate,
		"num_hidden_layers": s.Layers, "num_attention_heads": s.Heads, "max_position_embeddings": s.Positions,
		"type_vocab_size": 2, "pad_token_id": 0, "layer_norm_eps": 1e-12, "id2label": map[string]string{"0": "LABEL_0"},
	})
	if err != nil {
		return err
	}
	for name, text := range map[string]string{
		"config.json":           string(config),
		"vocab.txt":             strings.Join(s.vocabulary(), "\n") + "\n",
		"tokenizer_config.json": `{"tokenizer_class":"BertTokenizer","do_lower_case":true}`,
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	file, err := os.Create(filepath.Join(folder, "model.safetensors"))
	if err != nil {
		return err
	}
	buffered := bufio.NewWriter(file)
	return errors.Join(s.weights(buffered), buffered.Flush(), file.Close())
}

// Word is a word that is one token, of those that there are after the letters.
func (s Shape) Word(i int) string { return fmt.Sprintf("word%d", i%(s.Vocabulary-len(letters()))) }

// letters are the special tokens, and the letters and marks into which any other English
// text falls.
func letters() []string {
	pieces := []string{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}
	for r := '!'; r <= '~'; r++ {
		if r >= 'A' && r <= 'Z' {
			continue
		}
		pieces = append(pieces, string(r), "##"+string(r))
	}
	return pieces
}

func (s Shape) vocabulary() []string {
	pieces := letters()
	for i := 0; len(pieces) < s.Vocabulary; i++ {
		pieces = append(pieces, s.Word(i))
	}
	return pieces
}

// tensor has numbers around a mean, as much apart as those of a model before it is trained.
type tensor struct {
	name      string
	shape     []int
	mean, off float64
}

func (t tensor) size() int {
	n := 1
	for _, s := range t.shape {
		n *= s
	}
	return n
}

func (s Shape) tensors() (all []tensor) {
	weights := func(name string, shape ...int) { all = append(all, tensor{name, shape, 0, 0.1}) }
	linear := func(name string, in, out int) {
		weights(name+".weight", out, in)
		weights(name+".bias", out)
	}
	norm := func(name string) {
		all = append(all, tensor{name + ".weight", []int{s.Hidden}, 1, 0.1})
		weights(name+".bias", s.Hidden)
	}
	weights("embeddings.word_embeddings.weight", s.Vocabulary, s.Hidden)
	weights("embeddings.position_embeddings.weight", s.Positions, s.Hidden)
	weights("embeddings.token_type_embeddings.weight", 2, s.Hidden)
	norm("embeddings.LayerNorm")
	for i := range s.Layers {
		layer := fmt.Sprintf("encoder.layer.%d.", i)
		for _, part := range []string{"query", "key", "value"} {
			linear(layer+"attention.self."+part, s.Hidden, s.Hidden)
		}
		linear(layer+"attention.output.dense", s.Hidden, s.Hidden)
		norm(layer + "attention.output.LayerNorm")
		linear(layer+"intermediate.dense", s.Hidden, s.Intermediate)
		linear(layer+"output.dense", s.Intermediate, s.Hidden)
		norm(layer + "output.LayerNorm")
	}
	if s.CrossEncoder {
		linear("pooler.dense", s.Hidden, s.Hidden)
		linear("classifier", s.Hidden, 1)
	}
	return all
}

// weights writes the model's safetensors.
func (s Shape) weights(w io.Writer) error {
	header, end := map[string]any{}, 0
	for _, t := range s.tensors() {
		begin := end
		end += 4 * t.size()
		header[t.name] = map[string]any{"dtype": "F32", "shape": t.shape, "data_offsets": []int{begin, end}}
	}
	head, err := json.Marshal(header)
	if err != nil {
		return err
	}
	if _, err := w.Write(append(binary.LittleEndian.AppendUint64(nil, uint64(len(head))), head...)); err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(1, 2))
	for _, t := range s.tensors() {
		raw := make([]byte, 0, 4*t.size())
		for range t.size() {
			raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(float32(t.mean+t.off*r.NormFloat64())))
		}
		if _, err := w.Write(raw); err != nil {
			return err
		}
	}
	return nil
}
