package encoder_test

import (
	"cmp"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/embeddingstest"
	"github.com/pullquote/pullquote/embeddings/encoder"
)

// modelVariable names the folder of all-MiniLM-L6-v2, whose weights are too large
// to be kept with the source.
const modelVariable = "PULLQUOTE_TEST_MODEL"

// openModel opens the real model.
func openModel(t testing.TB, precision encoder.Precision) *encoder.Model {
	t.Helper()
	m, err := encoder.Open(modelFolder(t), "all-MiniLM-L6-v2", precision)
	if err != nil {
		t.Fatal(explain(err))
	}
	return m
}

// modelFolder is that of the real model, which the environment names or where Pullquote
// installs models.
func modelFolder(t testing.TB) fs.ReadFileFS {
	t.Helper()
	folder := os.Getenv(modelVariable)
	if folder == "" {
		home, _ := os.UserHomeDir()
		data := cmp.Or(os.Getenv("PULLQUOTE_DATA_DIR"), filepath.Join(home, ".local/share/pullquote"))
		folder = filepath.Join(data, "models/all-MiniLM-L6-v2")
	}
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("all-MiniLM-L6-v2 is not installed, and %s names no folder that has it", modelVariable)
	}
	return os.DirFS(folder).(fs.ReadFileFS)
}

func explain(err error) string {
	if e, ok := err.(*embeddings.Error); ok {
		return e.Message + ": " + e.Hint
	}
	return err.Error()
}

func TestModelConforms(t *testing.T) {
	embeddingstest.Run(t, openModel(t, encoder.Int8))
}

// TestModelAgreesWithReference compares vectors with those of testdata/reference.py.
func TestModelAgreesWithReference(t *testing.T) {
	sentences, want := reference(t)
	for _, test := range []struct {
		precision  encoder.Precision
		difference float64 // at most, of a coordinate
		cosine     float64 // at least
	}{
		{encoder.Float32, 1e-5, 0.999999},
		{encoder.Int8, 0.02, 0.999},
	} {
		t.Run(string(test.precision), func(t *testing.T) {
			m := openModel(t, test.precision)
			got, err := m.Embed(t.Context(), embeddings.Document, sentences)
			if err != nil {
				t.Fatal(err)
			}
			for i, sentence := range sentences {
				difference, cosine := compare(got[i], want[i])
				t.Logf("%.6f %.7f %.40q", cosine, difference, sentence)
				if !(difference <= test.difference && cosine >= test.cosine) {
					t.Errorf("differs by %.7f, cosine %.6f: %.40q", difference, cosine, sentence)
				}
			}
		})
	}
}

// TestModelInInt8 compares vectors of 8-bit integers with the exact ones, of texts of one to
// five words and of thirty.
func TestModelInInt8(t *testing.T) {
	exact, small := openModel(t, encoder.Float32), openModel(t, encoder.Int8)
	var words []string
	for _, text := range passages(t) {
		words = append(words, strings.Fields(text)...)
	}
	for _, test := range []struct {
		name     string
		from, to int
	}{{"a few words", 1, 5}, {"sentences", 30, 30}} {
		t.Run(test.name, func(t *testing.T) {
			var texts []string
			for i := range 200 {
				at := i * 37 % (len(words) - test.to)
				texts = append(texts, strings.Join(words[at:at+test.from+i%(test.to-test.from+1)], " "))
			}
			want, got := vectors(t, exact, embeddings.Document, texts...), vectors(t, small, embeddings.Document, texts...)
			least := 1.0
			for i := range texts {
				_, cosine := compare(got[i], want[i])
				least = min(least, cosine)
				if cosine < 0.999 {
					t.Errorf("cosine %.5f: %.40q", cosine, texts[i])
				}
			}
			t.Logf("the least cosine is %.5f", least)
		})
	}
}

// passages are of 120 words each, as testdata/onnxruntime.py makes them too.
func passages(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("../../samples/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no samples")
	}
	var texts []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for words := range slices.Chunk(strings.Fields(string(text)), 120) {
			texts = append(texts, strings.Join(words, " "))
		}
	}
	return texts
}

func reference(t *testing.T) (sentences []string, vectors [][]float32) {
	t.Helper()
	text, err := os.ReadFile("testdata/sentences.txt")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("testdata/all-MiniLM-L6-v2.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Vectors [][]float32 `json:"vectors"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n"), file.Vectors
}

// compare is the largest difference of a coordinate, and the cosine of unit vectors.
func compare(a, b []float32) (difference, cosine float64) {
	for i := range a {
		difference = max(difference, abs(float64(a[i])-float64(b[i])))
		cosine += float64(a[i]) * float64(b[i])
	}
	return difference, cosine
}

func abs(x float64) float64 { return max(x, -x) }
