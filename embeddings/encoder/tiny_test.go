package encoder_test

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/x448/float16"

	"github.com/pullquote/pullquote/embeddings/encoder/internal/tokenizer"
)

// tiny is a model of random weights, whose sizes are no multiples of anything.
type tiny struct {
	config  map[string]any
	files   map[string]string // besides the configuration and the weights
	tensors map[string]values
	dtype   string // of the weights in the file
	prefix  string // of their names
}

type values struct {
	shape []int
	data  []float64
}

const (
	tinyHidden = 44
	tinyHeads  = 4
	tinyWide   = 139
	tinyLayers = 2
	tinyLength = 24
)

var tinyVocabulary = strings.Fields("[PAD] [UNK] [CLS] [SEP] [MASK] the harbour gate is was dredged closed before after winter , . ? who asked nobody ##s ##ed")

func newTiny() *tiny {
	m := &tiny{
		config: map[string]any{
			"model_type": "bert", "architectures": []string{"BertModel"}, "hidden_act": "gelu",
			"vocab_size": len(tinyVocabulary), "hidden_size": tinyHidden, "intermediate_size": tinyWide,
			"num_hidden_layers": tinyLayers, "num_attention_heads": tinyHeads,
			"max_position_embeddings": tinyLength, "type_vocab_size": 2, "pad_token_id": 0, "layer_norm_eps": 1e-12,
		},
		files: map[string]string{
			"vocab.txt":             strings.Join(tinyVocabulary, "\n") + "\n",
			"tokenizer_config.json": `{"tokenizer_class":"BertTokenizer","do_lower_case":true}`,
		},
		tensors: map[string]values{}, dtype: "F32",
	}
	r := rand.New(rand.NewPCG(11, 12))
	add := func(name string, size float64, shape ...int) {
		n := 1
		for _, s := range shape {
			n *= s
		}
		v := values{shape, make([]float64, n)}
		for i := range v.data {
			// Of few digits, so that every type of the file holds them.
			v.data[i] = math.Round(r.NormFloat64()*size*64) / 64
		}
		m.tensors[name] = v
	}
	linear := func(name string, in, out int) {
		add(name+".weight", 0.2, out, in)
		add(name+".bias", 0.2, out)
	}
	norm := func(name string) {
		add(name+".weight", 1, tinyHidden)
		add(name+".bias", 0.5, tinyHidden)
	}
	add("embeddings.word_embeddings.weight", 0.5, len(tinyVocabulary), tinyHidden)
	add("embeddings.position_embeddings.weight", 0.5, tinyLength, tinyHidden)
	add("embeddings.token_type_embeddings.weight", 0.5, 2, tinyHidden)
	norm("embeddings.LayerNorm")
	for i := range tinyLayers {
		layer := fmt.Sprintf("encoder.layer.%d.", i)
		for _, part := range []string{"query", "key", "value"} {
			linear(layer+"attention.self."+part, tinyHidden, tinyHidden)
		}
		linear(layer+"attention.output.dense", tinyHidden, tinyHidden)
		norm(layer + "attention.output.LayerNorm")
		linear(layer+"intermediate.dense", tinyHidden, tinyWide)
		linear(layer+"output.dense", tinyWide, tinyHidden)
		norm(layer + "output.LayerNorm")
	}
	linear("pooler.dense", tinyHidden, tinyHidden)
	linear("classifier", tinyHidden, 1)
	linear("classifier.dense", tinyHidden, tinyHidden)
	linear("classifier.out_proj", tinyHidden, 1)
	return m
}

// without removes the tensors whose names begin so.
func (m *tiny) without(prefix string) {
	maps.DeleteFunc(m.tensors, func(name string, _ values) bool { return strings.HasPrefix(name, prefix) })
}

// folder is the model as a folder.
func (m *tiny) folder(t testing.TB) fstest.MapFS {
	t.Helper()
	config, err := json.Marshal(m.config)
	if err != nil {
		t.Fatal(err)
	}
	dir := fstest.MapFS{
		"config.json":       {Data: config},
		"model.safetensors": {Data: m.safetensors(t)},
	}
	for name, text := range m.files {
		dir[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return dir
}

func (m *tiny) safetensors(t testing.TB) []byte {
	t.Helper()
	header, data := map[string]any{"__metadata__": map[string]string{"format": "pt"}}, []byte{}
	for _, name := range slices.Sorted(maps.Keys(m.tensors)) {
		begin := len(data)
		for _, x := range m.tensors[name].data {
			switch m.dtype {
			case "F16":
				data = binary.LittleEndian.AppendUint16(data, float16.Fromfloat32(float32(x)).Bits())
			case "BF16":
				data = binary.LittleEndian.AppendUint16(data, uint16(math.Float32bits(float32(x))>>16))
			default:
				data = binary.LittleEndian.AppendUint32(data, math.Float32bits(float32(x)))
			}
		}
		header[m.prefix+name] = map[string]any{"dtype": m.dtype, "shape": m.tensors[name].shape, "data_offsets": []int{begin, len(data)}}
	}
	head, err := json.Marshal(header)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Concat(binary.LittleEndian.AppendUint64(nil, uint64(len(head))), head, data)
}

func (m *tiny) tokens(t testing.TB) *tokenizer.Tokenizer {
	t.Helper()
	tokens, err := tokenizer.Load(m.folder(t))
	if err != nil {
		t.Fatal(err)
	}
	return tokens
}

// forward is the model by its definition: a row for each token.
func (m *tiny) forward(tokens []tokenizer.Token) [][]float64 {
	first := 0
	if m.config["model_type"] != "bert" {
		first = m.config["pad_token_id"].(int) + 1
	}
	types := m.tensors["embeddings.token_type_embeddings.weight"].shape[0]
	x := make([][]float64, len(tokens))
	for i, t := range tokens {
		x[i] = sum(m.row("embeddings.word_embeddings.weight", int(t.ID)),
			m.row("embeddings.position_embeddings.weight", first+i),
			m.row("embeddings.token_type_embeddings.weight", min(int(t.Type), types-1)))
		x[i] = m.norm("embeddings.LayerNorm", x[i])
	}
	for l := range tinyLayers {
		layer := fmt.Sprintf("encoder.layer.%d.", l)
		seen := m.attention(layer+"attention.self.", x)
		for i := range x {
			x[i] = m.norm(layer+"attention.output.LayerNorm", sum(x[i], m.linear(layer+"attention.output.dense", seen[i])))
			wide := m.linear(layer+"intermediate.dense", x[i])
			for j, h := range wide {
				wide[j] = h * (1 + math.Erf(h/math.Sqrt2)) / 2
			}
			x[i] = m.norm(layer+"output.LayerNorm", sum(x[i], m.linear(layer+"output.dense", wide)))
		}
	}
	return x
}

func (m *tiny) attention(name string, x [][]float64) [][]float64 {
	const dim = tinyHidden / tinyHeads
	out := make([][]float64, len(x))
	for i := range x {
		out[i] = make([]float64, tinyHidden)
		q := m.linear(name+"query", x[i])
		for h := 0; h < tinyHidden; h += dim {
			var total float64
			seen := make([]float64, dim)
			for j := range x {
				k, v := m.linear(name+"key", x[j]), m.linear(name+"value", x[j])
				var score float64
				for d := range dim {
					score += q[h+d] * k[h+d]
				}
				share := math.Exp(score / math.Sqrt(dim))
				total += share
				for d := range dim {
					seen[d] += share * v[h+d]
				}
			}
			for d := range dim {
				out[i][h+d] = seen[d] / total
			}
		}
	}
	return out
}

func (m *tiny) row(name string, i int) []float64 {
	v := m.tensors[name]
	return v.data[i*v.shape[1]:][:v.shape[1]]
}

func (m *tiny) linear(name string, x []float64) []float64 {
	out := slices.Clone(m.tensors[name+".bias"].data)
	for o := range out {
		for i, w := range m.row(name+".weight", o) {
			out[o] += w * x[i]
		}
	}
	return out
}

func (m *tiny) norm(name string, x []float64) []float64 {
	var mean, variance float64
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		variance += (v - mean) * (v - mean) / float64(len(x))
	}
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = (v-mean)/math.Sqrt(variance)*m.tensors[name+".weight"].data[i] + m.tensors[name+".bias"].data[i]
	}
	return out
}

func sum(rows ...[]float64) []float64 {
	out := make([]float64, len(rows[0]))
	for _, row := range rows {
		for i, x := range row {
			out[i] += x
		}
	}
	return out
}

// unit is the sum of rows, scaled to length 1.
func unit(rows ...[]float64) []float32 {
	total := sum(rows...)
	var squares float64
	for _, x := range total {
		squares += x * x
	}
	out := make([]float32, len(total))
	for i, x := range total {
		out[i] = float32(x / math.Sqrt(squares))
	}
	return out
}
