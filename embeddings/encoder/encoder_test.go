package encoder_test

import (
	"context"
	"errors"
	"maps"
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/encoder"
	"github.com/pullquote/pullquote/embeddings/encoder/internal/tokenizer"
	"github.com/pullquote/pullquote/internal/fault"
)

func openTiny(t testing.TB, m *tiny, precision encoder.Precision) *encoder.Model {
	t.Helper()
	model, err := encoder.Open(m.folder(t), "tiny", precision)
	if err != nil {
		t.Fatal(explain(err))
	}
	return model
}

var tinyTexts = []string{
	"",
	"harbour",
	"The harbour was dredged before winter.",
	"Who asked? Nobody asked.",
	"The gate is closed, the gate was closed, the gate",
	"…港 \xff\x00",
}

// TestEmbed compares models of all kinds that are read with their definition.
func TestEmbed(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*tiny)
		first  bool // pooling
	}{
		{name: "BERT", change: func(*tiny) {}},
		{name: "16-bit floats", change: func(m *tiny) { m.dtype = "F16" }},
		{name: "bfloat16", change: func(m *tiny) { m.dtype = "BF16" }},
		{name: "names of a model with a head", change: func(m *tiny) { m.prefix = "bert." }},
		{name: "names of the oldest files", change: renameNorms},
		{name: "RoBERTa's positions", change: func(m *tiny) {
			m.config["model_type"], m.config["pad_token_id"] = "xlm-roberta", 1
			m.prefix = "roberta."
		}},
		{name: "pooling of the first token", first: true, change: func(m *tiny) {
			m.files["modules.json"] = `[{"path":"","type":"sentence_transformers.models.Transformer"},
				{"path":"1_Pooling","type":"sentence_transformers.models.Pooling"}]`
			m.files["1_Pooling/config.json"] = `{"pooling_mode_cls_token":true,"pooling_mode_mean_tokens":false}`
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			written, defined := newTiny(), newTiny()
			test.change(written)
			defined.config = written.config
			exact := vectors(t, openTiny(t, written, encoder.Float32), embeddings.Document, tinyTexts...)
			small := vectors(t, openTiny(t, written, encoder.Int8), embeddings.Document, tinyTexts...)
			for i, text := range tinyTexts {
				rows := defined.forward(defined.tokens(t).Encode(text, tinyLength))
				if test.first {
					rows = rows[:1]
				}
				want := unit(rows...)
				if difference, _ := compare(exact[i], want); !(difference < 1e-5) {
					t.Errorf("differs by %v: %q", difference, text)
				}
				if _, cosine := compare(small[i], want); !(cosine > 0.999) {
					t.Errorf("cosine of %v with 8-bit integers: %q", cosine, text)
				}
			}
		})
	}
}

func renameNorms(m *tiny) {
	for name, v := range maps.Clone(m.tensors) {
		old := strings.NewReplacer("LayerNorm.weight", "LayerNorm.gamma", "LayerNorm.bias", "LayerNorm.beta").Replace(name)
		delete(m.tensors, name)
		m.tensors[old] = v
	}
}

func vectors(t testing.TB, m *encoder.Model, kind embeddings.Kind, texts ...string) [][]float32 {
	t.Helper()
	v, err := m.Embed(t.Context(), kind, texts)
	if err != nil {
		t.Fatal(explain(err))
	}
	return v
}

func TestPrefixes(t *testing.T) {
	for _, test := range []struct {
		name, model, prompts, query, document string
	}{
		{"none", "tiny", `{}`, "", ""},
		{"by the name", "e5-tiny", `{}`, "query: ", "passage: "},
		{"by the folder", "e5-tiny", `{"prompts":{"query":"who asked? ","document":"the gate: "}}`, "who asked? ", "the gate: "},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := newTiny()
			plain := openTiny(t, m, encoder.Float32)
			m.files["config_sentence_transformers.json"] = test.prompts
			model, err := encoder.Open(m.folder(t), test.model, encoder.Float32)
			if err != nil {
				t.Fatal(explain(err))
			}
			const text = "the harbour is closed"
			for kind, prefix := range map[embeddings.Kind]string{embeddings.Query: test.query, embeddings.Document: test.document} {
				got, want := vectors(t, model, kind, text)[0], vectors(t, plain, kind, prefix+text)[0]
				if difference, _ := compare(got, want); difference > 1e-6 {
					t.Errorf("kind %d differs by %v from the vector with its prefix", kind, difference)
				}
			}
		})
	}
}

func TestSpans(t *testing.T) {
	m := newTiny()
	model, tokens := openTiny(t, m, encoder.Float32), m.tokens(t)
	const text = "Who asked? Nobody asked. The gate is closed."
	spans := []encoder.Span{{Start: 0, End: 10}, {Start: 11, End: 24}, {Start: 25, End: 44}, {Start: 10, End: 11}, {Start: 44, End: 99}}
	whole, parts, err := model.EmbedSpans(t.Context(), embeddings.Document, []string{"ok", text}, [][]encoder.Span{nil, spans})
	if err != nil {
		t.Fatal(explain(err))
	}
	if len(parts[0]) != 0 {
		t.Errorf("%d parts for no spans", len(parts[0]))
	}
	all := tokens.Encode(text, tinyLength)
	rows := m.forward(all)
	if difference, _ := compare(whole[1], unit(rows...)); !(difference < 1e-5) {
		t.Errorf("the whole differs by %v", difference)
	}
	for i, s := range spans {
		want := unit(of(rows, all, s)...)
		if i >= 3 { // of no tokens
			want = whole[1]
		}
		if difference, _ := compare(parts[1][i], want); !(difference < 1e-5) {
			t.Errorf("span %d differs by %v", i, difference)
		}
	}
}

// of are the rows of the tokens in a span, or of all.
func of(rows [][]float64, tokens []tokenizer.Token, s encoder.Span) (some [][]float64) {
	for i, t := range tokens {
		if t.Start < s.End && t.End > s.Start && t.Start < t.End {
			some = append(some, rows[i])
		}
	}
	if some == nil {
		return rows
	}
	return some
}

// TestLongTexts reads texts of several windows: cut before a sentence, each is read
// as if it stood alone, and the whole is the average.
func TestLongTexts(t *testing.T) {
	m := newTiny()
	model, tokens := openTiny(t, m, encoder.Float32), m.tokens(t)
	// Of ten tokens, of which two fit into a window of 24 with its special tokens.
	const sentence = "The harbour gate was closed before the winter. "
	text := strings.Repeat(sentence, 3)
	var spans []encoder.Span
	for i := range 3 {
		spans = append(spans, encoder.Span{Start: i * len(sentence), End: (i+1)*len(sentence) - 1})
	}
	whole, parts, err := model.EmbedSpans(t.Context(), embeddings.Document, []string{text}, [][]encoder.Span{spans})
	if err != nil {
		t.Fatal(explain(err))
	}
	both, last := m.forward(tokens.Encode(strings.Repeat(sentence, 2), tinyLength)), m.forward(tokens.Encode(sentence, tinyLength))
	for i, want := range [][]float32{
		unit(both[1 : 1+(len(both)-2)/2]...), unit(both[1+(len(both)-2)/2 : len(both)-1]...), unit(last[1 : len(last)-1]...),
	} {
		if difference, _ := compare(parts[0][i], want); !(difference < 1e-5) {
			t.Errorf("sentence %d differs by %v", i, difference)
		}
	}
	if difference, _ := compare(whole[0], unit(append(both, last...)...)); !(difference < 1e-5) {
		t.Errorf("the whole differs by %v", difference)
	}
}

func TestAnyText(t *testing.T) {
	model := openTiny(t, newTiny(), encoder.Int8)
	for name, text := range map[string]string{
		"one word of ten megabytes": strings.Repeat("a", 10<<20),
		"many words":                strings.Repeat("harbour ", 1<<20),
		"no language":               "\x00\x01\xfe\xff\xef\xbf\xbd\u202e\u0300\u0301",
		"a half character":          strings.Repeat("港", 30000)[1:],
	} {
		t.Run(name, func(t *testing.T) {
			v := vectors(t, model, embeddings.Document, text)[0]
			if _, length := compare(v, v); !(math.Abs(length-1) < 1e-5) {
				t.Errorf("the vector has the length %v", length)
			}
		})
	}
}

func crossEncoder(roberta bool) *tiny {
	m := newTiny()
	m.config["architectures"], m.config["id2label"] = []string{"BertForSequenceClassification"}, map[string]string{"0": "LABEL_0"}
	if roberta {
		m.config["model_type"], m.config["architectures"] = "roberta", []string{"RobertaForSequenceClassification"}
		delete(m.tensors, "classifier.weight")
	} else {
		m.without("classifier.")
		m.tensors["classifier.weight"], m.tensors["classifier.bias"] = newTiny().tensors["classifier.weight"], newTiny().tensors["classifier.bias"]
	}
	return m
}

func TestScore(t *testing.T) {
	const query = "Who asked?"
	for _, test := range []struct {
		name         string
		roberta      bool
		dense, score string
	}{
		{"BERT", false, "pooler.dense", "classifier"},
		{"RoBERTa", true, "classifier.dense", "classifier.out_proj"},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := crossEncoder(test.roberta)
			passages := append([]string{strings.Repeat("gate ", 100)}, tinyTexts...)
			got, err := openTiny(t, m, encoder.Float32).Score(t.Context(), query, passages)
			if err != nil {
				t.Fatal(explain(err))
			}
			length := tinyLength
			if test.roberta {
				length--
			}
			for i, passage := range passages {
				first := m.linear(test.dense, m.forward(m.tokens(t).EncodePair(query, passage, length))[0])
				for j, x := range first {
					first[j] = math.Tanh(x)
				}
				if want := m.linear(test.score, first)[0]; !(math.Abs(float64(got[i])-want) < 1e-4) {
					t.Errorf("%v, want %v: %.30q", got[i], want, passage)
				}
			}
		})
	}
}

// TestModelName shows that the name of a space changes with all that its vectors
// depend on.
func TestModelName(t *testing.T) {
	m := newTiny()
	names := map[string]bool{}
	for _, precision := range []encoder.Precision{encoder.Int8, encoder.Float32} {
		model := openTiny(t, m, precision).Model()
		if model.Dimensions != tinyHidden || !strings.HasPrefix(model.Name, "tiny-") || model.Builtin() {
			t.Errorf("%+v", model)
		}
		names[model.Name] = true
	}
	m.tensors["pooler.dense.bias"].data[0]++
	names[openTiny(t, m, encoder.Int8).Model().Name] = true
	if len(names) != 3 {
		t.Errorf("three models have the names %v", names)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	embedder, crossEncoder := openTiny(t, newTiny(), encoder.Int8), openTiny(t, crossEncoder(false), encoder.Int8)
	if v, err := embedder.Embed(ctx, embeddings.Query, tinyTexts); v != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("%d vectors, %v", len(v), err)
	}
	if s, err := crossEncoder.Score(ctx, "who?", tinyTexts); s != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("%d scores, %v", len(s), err)
	}
	if v := vectors(t, embedder, embeddings.Query, "harbour"); len(v) != 1 {
		t.Error("a cancelled call has spoilt the model")
	}
}

func TestWrongUse(t *testing.T) {
	embedder, crossEncoder := openTiny(t, newTiny(), encoder.Int8), openTiny(t, crossEncoder(false), encoder.Int8)
	_, notScored := embedder.Score(t.Context(), "who?", tinyTexts)
	_, notEmbedded := crossEncoder.Embed(t.Context(), embeddings.Query, tinyTexts)
	_, _, otherSpans := embedder.EmbedSpans(t.Context(), embeddings.Query, tinyTexts, make([][]encoder.Span, 1))
	for name, err := range map[string]error{"scores": notScored, "vectors": notEmbedded, "spans": otherSpans} {
		if fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestOpenRefuses holds that a folder that cannot be run is refused with the reason.
func TestOpenRefuses(t *testing.T) {
	const query = "encoder.layer.1.attention.self.query.weight"
	for _, test := range []struct {
		name   string
		change func(m *tiny)
		damage func(dir fstest.MapFS)
		reason string
	}{
		{name: "no configuration", damage: func(dir fstest.MapFS) { delete(dir, "config.json") }, reason: "config.json"},
		{name: "a configuration that is no JSON", damage: func(dir fstest.MapFS) { dir["config.json"].Data = []byte("{") }, reason: "config.json"},
		{name: "no weights", damage: func(dir fstest.MapFS) { delete(dir, "model.safetensors") }, reason: "there are no weights"},
		{name: "no tokenizer", damage: func(dir fstest.MapFS) { delete(dir, "vocab.txt") }, reason: "vocab.txt"},
		{name: "a tokenizer without special tokens", change: func(m *tiny) {
			m.files["tokenizer.json"] = `{"model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100,
				"vocab":{"[UNK]":0,"the":1}},"normalizer":{"type":"BertNormalizer","lowercase":true,"clean_text":true,"handle_chinese_chars":true},
				"pre_tokenizer":{"type":"BertPreTokenizer"}}`
		}, reason: "special tokens"},
		{name: "weights cut short", damage: func(dir fstest.MapFS) {
			f := dir["model.safetensors"]
			f.Data = f.Data[:len(f.Data)-100]
		}, reason: "cut short"},
		{name: "weights cut in the header", damage: func(dir fstest.MapFS) {
			f := dir["model.safetensors"]
			f.Data = f.Data[:100]
		}, reason: "cut short"},
		{name: "a header of gigabytes", damage: func(dir fstest.MapFS) { dir["model.safetensors"].Data[4] = 1 }, reason: "the format allows"},
		{name: "a missing tensor", change: func(m *tiny) { delete(m.tensors, query) }, reason: query + " is missing"},
		{name: "a tensor of another shape", change: func(m *tiny) {
			v := m.tensors[query]
			m.tensors[query] = values{[]int{v.shape[0] / 2, v.shape[1] * 2}, v.data}
		}, reason: "has the shape [22 88]"},
		{name: "no number", change: func(m *tiny) { m.tensors[query].data[7] = math.NaN() }, reason: "number 7 is NaN"},
		{name: "an infinite number", change: func(m *tiny) { m.tensors[query].data[7] = math.Inf(1) }, reason: "number 7 is +Inf"},
		{name: "another architecture", change: func(m *tiny) { m.config["model_type"] = "gpt2" }, reason: `"gpt2"`},
		{name: "another activation", change: func(m *tiny) { m.config["hidden_act"] = "relu" }, reason: `"relu"`},
		{name: "relative positions", change: func(m *tiny) { m.config["position_embedding_type"] = "relative_key" }, reason: "relative_key"},
		{name: "no layers", change: func(m *tiny) { m.config["num_hidden_layers"] = 0 }, reason: "num_hidden_layers"},
		{name: "an absurd size", change: func(m *tiny) { m.config["hidden_size"] = int64(1) << 40 }, reason: "hidden_size"},
		{name: "heads that do not divide", change: func(m *tiny) { m.config["num_attention_heads"] = 5 }, reason: "no multiple"},
		{name: "padding beyond the positions", change: func(m *tiny) { m.config["model_type"], m.config["pad_token_id"] = "roberta", 99 }, reason: "no positions"},
		{name: "several labels", change: func(m *tiny) {
			m.config["architectures"] = []string{"BertForSequenceClassification"}
		}, reason: "several labels"},
		{name: "fewer weights than tokens", change: func(m *tiny) { m.config["vocab_size"] = 7 }, reason: "different models"},
		{name: "a pooling of the maximum", change: func(m *tiny) {
			m.files["1_Pooling/config.json"] = `{"pooling_mode_max_tokens":true}`
		}, reason: "pooling"},
		{name: "a module that is not run", change: func(m *tiny) {
			m.files["modules.json"] = `[{"path":"2_Dense","type":"sentence_transformers.models.Dense"}]`
		}, reason: "Dense"},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := newTiny()
			if test.change != nil {
				test.change(m)
			}
			dir := m.folder(t)
			if test.damage != nil {
				test.damage(dir)
			}
			_, err := encoder.Open(dir, "tiny", encoder.Int8)
			if fault.CodeOf(err) != fault.Invalid || !strings.Contains(fault.HintOf(err), test.reason) {
				t.Errorf("want an error that says %q, got %v: %s", test.reason, err, fault.HintOf(err))
			}
		})
	}
	if _, err := encoder.Open(newTiny().folder(t), "tiny", "int4"); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a precision that there is not: %v", err)
	}
}
