package encoder_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/encoder"
)

// compacted is a folder with the compact file in place of the weights.
func compacted(t testing.TB, m *encoder.Model, folder fstest.MapFS) fstest.MapFS {
	t.Helper()
	var b bytes.Buffer
	if err := m.WriteCompact(&b); err != nil {
		t.Fatal(err)
	}
	small := fstest.MapFS{encoder.CompactFile: {Data: b.Bytes()}}
	for name, file := range folder {
		if name != "model.safetensors" {
			small[name] = file
		}
	}
	return small
}

// What a compact file is of is the same model: by its name, and to the last bit.
func TestCompact(t *testing.T) {
	for name, change := range map[string]func(*tiny){
		"an encoder": func(*tiny) {},
		"a cross-encoder": func(m *tiny) {
			m.config["architectures"], m.config["id2label"] = []string{"BertForSequenceClassification"}, map[string]string{"0": "LABEL_0"}
			m.without("classifier.")
			m.tensors["classifier.weight"], m.tensors["classifier.bias"] = newTiny().tensors["classifier.weight"], newTiny().tensors["classifier.bias"]
		},
	} {
		t.Run(name, func(t *testing.T) {
			written := newTiny()
			change(written)
			want := openTiny(t, written, encoder.Int8)
			folder := compacted(t, want, written.folder(t))
			got, err := encoder.Open(folder, "tiny", encoder.Int8)
			if err != nil {
				t.Fatal(explain(err))
			}
			if got.Model() != want.Model() {
				t.Errorf("it is %+v, want %+v", got.Model(), want.Model())
			}
			if want.CrossEncoder() {
				a, _ := want.Score(t.Context(), "who asked?", tinyTexts)
				b, err := got.Score(t.Context(), "who asked?", tinyTexts)
				if err != nil || !slices.Equal(a, b) {
					t.Errorf("the scores are %v, want %v (%v)", b, a, err)
				}
				return
			}
			a, b := vectors(t, want, embeddings.Document, tinyTexts...), vectors(t, got, embeddings.Document, tinyTexts...)
			for i := range a {
				if !slices.Equal(a[i], b[i]) {
					t.Errorf("another vector of %q", tinyTexts[i])
				}
			}
			if _, err := encoder.Open(folder, "tiny", encoder.Float32); err == nil || !strings.Contains(explain(err), "no floats can be made") {
				t.Errorf("floats are made of it: %v", err)
			}
		})
	}
	if err := openTiny(t, newTiny(), encoder.Float32).WriteCompact(new(bytes.Buffer)); err == nil {
		t.Error("a model in floats is written")
	}
}

// TestModelCompact does so with the real model.
func TestModelCompact(t *testing.T) {
	want := openModel(t, encoder.Int8)
	var b bytes.Buffer
	if err := want.WriteCompact(&b); err != nil {
		t.Fatal(err)
	}
	folder := modelFolder(t)
	small := fstest.MapFS{encoder.CompactFile: {Data: b.Bytes()}}
	for _, name := range []string{"config.json", "tokenizer.json", "sentence_bert_config.json", "1_Pooling/config.json"} {
		data, err := folder.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		small[name] = &fstest.MapFile{Data: data}
	}
	got, err := encoder.Open(small, "all-MiniLM-L6-v2", encoder.Int8)
	if err != nil {
		t.Fatal(explain(err))
	}
	texts := passages(t)
	wanted, found := vectors(t, want, embeddings.Document, texts...), vectors(t, got, embeddings.Document, texts...)
	for i := range texts {
		if !slices.Equal(found[i], wanted[i]) {
			t.Errorf("another vector of %.40q", texts[i])
		}
	}
	t.Logf("%s in %.1f MB", got.Model().Name, float64(b.Len())/(1<<20))
	if got.Model() != want.Model() {
		t.Errorf("it is %+v, want %+v", got.Model(), want.Model())
	}
}
