package encoder_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/encoder"
	"github.com/pullquote/pullquote/internal/fault"
)

// lazyTiny is the tiny model's folder and the SHA-256 of its weights.
func lazyTiny(t *testing.T) (dir fstest.MapFS, sum string) {
	dir = newTiny().folder(t)
	hash := sha256.Sum256(dir["model.safetensors"].Data)
	return dir, hex.EncodeToString(hash[:])
}

// The name and the dimensions of vectors are known without the weights, and the vectors
// are those of the loaded model.
func TestLazy(t *testing.T) {
	dir, sum := lazyTiny(t)
	opened, err := encoder.Open(dir, "tiny", encoder.Int8)
	if err != nil {
		t.Fatal(explain(err))
	}
	weightless := fstest.MapFS{"config.json": dir["config.json"]}
	for name, folder := range map[string]fstest.MapFS{"whole": dir, "without weights": weightless} {
		if m := encoder.NewLazy(folder, "tiny", sum, encoder.Int8); m.Model() != opened.Model() || m.CrossEncoder() || m.Folder() != "tiny" {
			t.Errorf("%s: it is %+v, want %+v", name, m.Model(), opened.Model())
		}
	}
	lazy := encoder.NewLazy(dir, "tiny", sum, encoder.Int8)
	want := vectors(t, opened, embeddings.Document, tinyTexts...)
	got, parts, err := lazy.EmbedSpans(t.Context(), embeddings.Document, tinyTexts, nil)
	if err != nil {
		t.Fatal(explain(err))
	}
	for i := range want {
		if !slices.Equal(got[i], want[i]) || len(parts[i]) > 0 {
			t.Errorf("another vector than the loaded model's: %q", tinyTexts[i])
		}
	}
	if n, err := lazy.CountTokens(t.Context(), embeddings.Document, []string{"", "harbour"}); n != 2+3 || err != nil {
		t.Errorf("%d tokens (%v), want 5", n, err)
	}
}

// A folder that holds no model, or another than was installed, makes no vectors, until it
// is mended.
func TestLazyDamaged(t *testing.T) {
	for _, test := range []struct {
		name   string
		damage func(fstest.MapFS)
		hint   string
	}{
		{"weights removed", func(d fstest.MapFS) { delete(d, "model.safetensors") }, "there are no weights"},
		{"weights cut short", func(d fstest.MapFS) { d["model.safetensors"].Data = d["model.safetensors"].Data[:5000] }, "cut short"},
		{"other weights", func(d fstest.MapFS) {
			data := bytes.Clone(d["model.safetensors"].Data)
			data[len(data)-3]++
			d["model.safetensors"].Data = data
		}, "not those that were installed"},
		{"no configuration", func(d fstest.MapFS) { delete(d, "config.json") }, "config.json"},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				dir, sum := lazyTiny(t)
				whole := fstest.MapFS{}
				for name, file := range dir {
					whole[name] = &fstest.MapFile{Data: file.Data}
				}
				test.damage(dir)
				m := encoder.NewLazy(dir, "tiny", sum, encoder.Int8)
				for range 2 {
					_, err := m.Embed(t.Context(), embeddings.Query, []string{"harbour"})
					if fault.CodeOf(err) != fault.Invalid || err.Error() != "the model tiny cannot be used" || !strings.Contains(fault.HintOf(err), test.hint) {
						t.Fatalf("the error is %v (%s)", err, fault.HintOf(err))
					}
				}
				if m.Model().Dimensions == 0 {
					if _, err := m.Resolve(t.Context()); err == nil {
						t.Error("it is not said why there are no dimensions")
					}
				}
				for name, file := range whole {
					dir[name] = file
				}
				time.Sleep(time.Minute)
				if _, err := m.Embed(t.Context(), embeddings.Query, []string{"harbour"}); err != nil || m.Model().Dimensions != tinyHidden {
					t.Errorf("it is not mended: %v", err)
				}
			})
		})
	}
}

func TestLazyWithoutTime(t *testing.T) {
	dir, sum := lazyTiny(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := encoder.NewLazy(dir, "tiny", sum, encoder.Int8).Load(ctx); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

// A cross-encoder that is too slow for a search says so, and what to do.
func TestLazyRerankInTime(t *testing.T) {
	dir := newTiny()
	dir.config["architectures"] = []string{"BertForSequenceClassification"}
	dir.config["id2label"] = map[string]string{"0": "LABEL_0"}
	dir.without("classifier.")
	add := newTiny()
	dir.tensors["classifier.weight"], dir.tensors["classifier.bias"] = add.tensors["classifier.weight"], add.tensors["classifier.bias"]
	folder := dir.folder(t)
	sum := sha256.Sum256(folder["model.safetensors"].Data)
	m := encoder.NewLazy(folder, "tiny", hex.EncodeToString(sum[:]), encoder.Int8)
	if scores, err := m.Rerank(t.Context(), "who asked?", []string{"nobody asked", "the gate"}); err != nil || len(scores) != 2 || !m.CrossEncoder() {
		t.Fatalf("the scores are %v (%v)", scores, err)
	}
	late, cancel := context.WithTimeout(t.Context(), 0)
	defer cancel()
	if _, err := m.Rerank(late, "who asked?", []string{"nobody asked"}); fault.CodeOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "more time than a search has") {
		t.Errorf("the error is %v", err)
	}
	if _, err := m.Embed(t.Context(), embeddings.Query, []string{"harbour"}); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a cross-encoder embeds: %v", err)
	}
}
