package embedded

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/encoder"
	"github.com/pullquote/pullquote/embeddings/encoder/encodertest"
	"github.com/pullquote/pullquote/embeddings/modelfiles"
)

// A packed model has the name and the vectors of the installed one, in far fewer bytes.
func TestPack(t *testing.T) {
	source, data, packed := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "model")
	if err := encodertest.Tiny().Write(source); err != nil {
		t.Fatal(err)
	}
	store := modelfiles.New(data, modelfiles.Sources{})
	if _, _, err := store.Install(t.Context(), "harbour", source, func(string, int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	installed, err := store.Open("harbour")
	if err != nil {
		t.Fatal(err)
	}
	defer installed.Close()
	if err := Pack(t.Context(), installed, packed); err != nil {
		t.Fatal(err)
	}
	m, err := open(os.DirFS(packed))
	if err != nil {
		t.Fatal(err)
	}
	opened, err := encoder.Open(installed.FS, "harbour", encoder.Int8)
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{"The harbour was dredged.", ""}
	want, err := opened.Embed(t.Context(), embeddings.Document, texts)
	if err != nil {
		t.Fatal(err)
	}
	got, err := m.Encoder().Embed(t.Context(), embeddings.Document, texts)
	if err != nil {
		t.Fatal(err)
	}
	for i := range texts {
		if !slices.Equal(got[i], want[i]) {
			t.Errorf("another vector of %q", texts[i])
		}
	}
	if m.Encoder().Model() != opened.Model() || m.Name != "harbour" {
		t.Errorf("it is %+v, want %+v", m.Encoder().Model(), opened.Model())
	}
	if m.Bytes() > installed.Size()/2 {
		t.Errorf("it has %d bytes, installed %d", m.Bytes(), installed.Size())
	}
}

// What the source is built with says whether there is a model in it.
func TestLoad(t *testing.T) {
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if m != nil && m.Name != modelfiles.Default {
		t.Errorf("it is %s", m.Name)
	}
}
