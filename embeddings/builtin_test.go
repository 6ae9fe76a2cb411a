package embeddings_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/embeddingstest"
	"github.com/pullquote/pullquote/internal/golden"
)

func TestBuiltinConforms(t *testing.T) {
	embeddingstest.Run(t, embeddings.NewBuiltin())
}

// TestBuiltinIsTheSameEverywhere holds each bit of some vectors, on whatever
// platform it runs. If it fails, stored vectors no longer agree with new ones:
// change the version in the model's name, or undo what changed them.
func TestBuiltinIsTheSameEverywhere(t *testing.T) {
	e := embeddings.NewBuiltin()
	file := "testdata/" + e.Model().Name + ".golden"
	old, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var now bytes.Buffer
	for lines := bufio.NewScanner(bytes.NewReader(old)); lines.Scan(); {
		_, quoted, _ := strings.Cut(lines.Text(), " ")
		text, err := strconv.Unquote(quoted)
		if err != nil {
			t.Fatalf("%v: %s", err, lines.Text())
		}
		fmt.Fprintf(&now, "%s %s\n", checksum(t, e, text), quoted)
	}
	golden.Check(t, file, now.Bytes())
}

// checksum is of the text's vectors of both kinds.
func checksum(t *testing.T, e embeddings.Embedder, text string) string {
	h := sha256.New()
	for _, kind := range []embeddings.Kind{embeddings.Document, embeddings.Query} {
		if err := binary.Write(h, binary.LittleEndian, vector(t, e, kind, text)); err != nil {
			t.Fatal(err)
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}

// TestBuiltinDoesNotRemember shows that a vector depends on its text alone, not on
// what the embedder has seen before, even when its memory has overflowed.
func TestBuiltinDoesNotRemember(t *testing.T) {
	const text = "Meaning, means and meant: the harbour's harbours, 2011."
	fresh := vector(t, embeddings.NewBuiltin(), embeddings.Document, text)
	used := embeddings.NewBuiltin()
	vector(t, used, embeddings.Document, "mean harbours in 2011")
	for i := range 40 {
		var words strings.Builder
		for j := range 1000 {
			fmt.Fprintf(&words, "word%dx%d ", i, j)
		}
		vector(t, used, embeddings.Document, words.String())
	}
	if got := vector(t, used, embeddings.Document, text); !slices.Equal(got, fresh) {
		t.Error("the vector differs from that of a new embedder")
	}
}

func TestBuiltinRelations(t *testing.T) {
	e := embeddings.NewBuiltin()
	for _, test := range []struct{ name, query, near, far string }{
		{"one word or two", "cyberattack", "After the cyber attack they rebuilt it.", "After the flood they rebuilt it."},
		{"hyphen", "cyber-attack", "The cyberattacks went on.", "The strikes went on."},
		{"forms of a word", "Who negotiated?", "They are negotiating again.", "They are sleeping again."},
		{"misspelling", "parliment", "Parliament meets on Friday.", "The orchestra meets on Friday."},
		{"diacritics", "Sao Paulo", "She flew to São Paulo.", "She flew to Santiago."},
		{"case", "UNESCO heritage", "Unesco's list of heritage", "The list of debtors"},
		{"a short turn is no better than an answer", "Will the bridge toll rise?", "The bridge toll will rise by a tenth in May.", "Rise?"},
		{"the country, not the pronoun", "the US", "The U.S. delegation left.", "They told us to leave."},
		{"year", "What happened in 2011?", "The strike of 2011", "The strike of 2012"},
		{"Russian", "гавань", "Гавани углубят до зимы", "Зимой закроют школу"},
		{"Arabic", "الميناء", "تعميق ميناء المدينة", "افتتاح مدرسة جديدة"},
		{"Hindi", "बंदरगाह", "बंदरगाहों की गहराई", "नया विद्यालय"},
		{"Japanese", "港の浚渫", "浚渫は冬に終わります", "学校は冬に閉まります"},
		{"Korean", "항구", "항구를 준설합니다", "학교를 닫습니다"},
		{"Thai", "ท่าเรือ", "ขุดลอกท่าเรือ", "ปิดโรงเรียน"},
		{"German", "Hafenausbau", "Der Ausbau des Hafens beginnt", "Der Bau der Schule beginnt"},
	} {
		t.Run(test.name, func(t *testing.T) {
			q := vector(t, e, embeddings.Query, test.query)
			near := dot(q, vector(t, e, embeddings.Document, test.near))
			far := dot(q, vector(t, e, embeddings.Document, test.far))
			if near < far+0.05 {
				t.Errorf("%.3f to %q, %.3f to %q", near, test.near, far, test.far)
			}
		})
	}
}

// TestBuiltinWithoutFeatures holds what the documentation says of empty texts: a
// vector whose distance to any other is defined.
func TestBuiltinWithoutFeatures(t *testing.T) {
	e := embeddings.NewBuiltin()
	want := make([]float32, e.Model().Dimensions)
	want[0] = 1
	for _, text := range []string{"", "…?!", "and of the", "\xff"} {
		for _, kind := range []embeddings.Kind{embeddings.Document, embeddings.Query} {
			if !slices.Equal(vector(t, e, kind, text), want) {
				t.Errorf("%q of kind %d is not the first unit vector", text, kind)
			}
		}
	}
}

func FuzzBuiltin(f *testing.F) {
	for _, text := range []string{"", "The harbour.", "U.S.", "港の浚渫", "\xff\x00", "e\u0301", strings.Repeat("ab ", 50_000)} {
		f.Add(text)
	}
	e := embeddings.NewBuiltin()
	f.Fuzz(func(t *testing.T, text string) {
		for _, kind := range []embeddings.Kind{embeddings.Document, embeddings.Query} {
			v := vector(t, e, kind, text)
			if length := math.Sqrt(dot(v, v)); !(math.Abs(length-1) < 1e-5) {
				t.Errorf("%q has length %v", text, length)
			}
		}
	})
}

func vector(t testing.TB, e embeddings.Embedder, kind embeddings.Kind, text string) []float32 {
	t.Helper()
	vectors, err := e.Embed(context.Background(), kind, []string{text})
	if err != nil {
		t.Fatal(err)
	}
	return vectors[0]
}

func dot(a, b []float32) float64 {
	var sum float64
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

// BenchmarkBuiltin embeds passages of 120 words.
func BenchmarkBuiltin(b *testing.B) {
	e := embeddings.NewBuiltin()
	passages := samplePassages(64, 120)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.Embed(b.Context(), embeddings.Document, passages); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*float64(len(passages))/b.Elapsed().Seconds(), "passages/s")
}

// BenchmarkBuiltinQuery embeds one question.
func BenchmarkBuiltinQuery(b *testing.B) {
	e := embeddings.NewBuiltin()
	question := []string{"What did the port director say about dredging the harbour before winter?"}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.Embed(b.Context(), embeddings.Query, question); err != nil {
			b.Fatal(err)
		}
	}
}

// samplePassages makes n passages from words that occur as unevenly as in speech.
func samplePassages(n, words int) []string {
	frequent := strings.Fields("the of to and a in that we it is was for on this I you they have not with")
	syllables := strings.Fields("har bour port dre dge com mit tee vo ting bud get mi ni ster lan ding")
	passages := make([]string, n)
	state := uint32(1)
	next := func(n int) int {
		state = state*1664525 + 1013904223
		return int(state>>16) % n
	}
	for i := range passages {
		var b strings.Builder
		for range words {
			if next(2) == 0 {
				b.WriteString(frequent[next(len(frequent))])
			} else {
				for range 1 + next(3) {
					b.WriteString(syllables[next(len(syllables))])
				}
			}
			b.WriteByte(" ,."[next(20)/18%3])
			b.WriteByte(' ')
		}
		passages[i] = b.String()
	}
	return passages
}
