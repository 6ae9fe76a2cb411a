package api

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sashabaranov/go-openai"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/encoder"
	"github.com/pullquote/pullquote/embeddings/encoder/encodertest"
)

// newVectorServer serves the vectors of an encoder whose name has it put other words
// before questions than before passages.
func newVectorServer(t *testing.T) (e *encoder.Lazy, url string) {
	t.Helper()
	folder := t.TempDir()
	if err := encodertest.Tiny().Write(folder); err != nil {
		t.Fatal(err)
	}
	weights, err := os.ReadFile(filepath.Join(folder, "model.safetensors"))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(weights)
	e = encoder.NewLazy(os.DirFS(folder), "e5-tiny", hex.EncodeToString(sum[:]), encoder.Int8)
	server := httptest.NewServer(newDescribed(t, New(Config{Embedder: e, Log: testLog(t)})))
	t.Cleanup(server.Close)
	return e, server.URL
}

// OpenAI's client gets the encoder's own vectors, in either encoding, and for either side
// of a search.
func TestEmbeddings(t *testing.T) {
	t.Parallel()
	e, url := newVectorServer(t)
	config := openai.DefaultConfig("no-key")
	config.BaseURL = url + "/v1"
	client := openai.NewClientWithConfig(config)
	models, err := client.ListModels(t.Context())
	if err != nil || len(models.Models) != 2 || models.Models[0].ID != "pullquote" || models.Models[1].ID != "e5-tiny" {
		t.Fatalf("the models are %+v (%v)", models.Models, err)
	}
	texts := []string{"The harbour was dredged.", "", "Who asked?"}
	want, err := e.Embed(t.Context(), embeddings.Document, texts)
	if err != nil {
		t.Fatal(err)
	}
	tokens, err := e.CountTokens(t.Context(), embeddings.Document, texts)
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []openai.EmbeddingEncodingFormat{"", openai.EmbeddingEncodingFormatFloat, openai.EmbeddingEncodingFormatBase64} {
		for _, model := range []string{"e5-tiny", e.Model().Name} {
			got, err := client.CreateEmbeddings(t.Context(), openai.EmbeddingRequestStrings{
				Input: texts, Model: openai.EmbeddingModel(model), EncodingFormat: format, Dimensions: e.Model().Dimensions,
			})
			if err != nil {
				t.Fatal(err)
			}
			for i, d := range got.Data {
				if d.Index != i || !slices.Equal(d.Embedding, want[i]) {
					t.Errorf("%s %s: another vector of %q", model, format, texts[i])
				}
			}
			if len(got.Data) != len(texts) || string(got.Model) != e.Model().Name || got.Usage.PromptTokens != tokens || got.Usage.TotalTokens != tokens {
				t.Errorf("%s %s: %d vectors of %s, %+v, want %d tokens", model, format, len(got.Data), got.Model, got.Usage, tokens)
			}
		}
	}
	question, err := e.Embed(t.Context(), embeddings.Query, texts[2:])
	if err != nil {
		t.Fatal(err)
	}
	var asked embeddingsResponse
	askEmbeddings(t, url, `{"model": "e5-tiny", "input": "Who asked?", "input_type": "query"}`, http.StatusOK, &asked)
	var vector []float32
	for _, x := range asked.Data[0].Embedding.([]any) {
		vector = append(vector, float32(x.(float64)))
	}
	if !slices.Equal(vector, question[0]) || slices.Equal(vector, want[2]) {
		t.Error("the vector of a question is that of a passage")
	}
}

func askEmbeddings(t *testing.T, url, body string, status int, into any) {
	t.Helper()
	response, err := http.Post(url+"/v1/embeddings", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != status {
		t.Fatalf("status %d, want %d: %s", response.StatusCode, status, text)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
}

// What is not given is refused with what to do instead, as a problem and as OpenAI has it.
func TestEmbeddingsRefused(t *testing.T) {
	t.Parallel()
	_, url := newVectorServer(t)
	many := strings.Repeat(`"a",`, maxInputs) + `"a"`
	long := strings.Repeat("a", maxInput+1)
	for _, test := range []struct {
		name, body string
		status     int
		detail     string
	}{
		{"no input", `{"model": "e5-tiny"}`, 422, "input is missing"},
		{"null", `{"model": "e5-tiny", "input": null}`, 422, "input is missing"},
		{"tokens", `{"model": "e5-tiny", "input": [1, 2, 3]}`, 422, "token numbers are another model's"},
		{"lists of tokens", `{"model": "e5-tiny", "input": [[1, 2], [3]]}`, 422, "token numbers are another model's"},
		{"an object", `{"model": "e5-tiny", "input": {}}`, 422, "neither a text nor a list"},
		{"an empty list", `{"model": "e5-tiny", "input": []}`, 422, "at least one text"},
		{"too many texts", `{"model": "e5-tiny", "input": [` + many + `]}`, 413, "input has 2049 texts; send at most 2048 at a time"},
		{"a text that is too long", `{"model": "e5-tiny", "input": ["a", "` + long + `"]}`, 413, "text 1 of the input has 65537 bytes; divide it"},
		{"too many tokens", `{"model": "e5-tiny", "input": [` + strings.Repeat(`"`+strings.Repeat("a ", 30_000)+`",`, 10) + `"a"]}`, 413, "tokens; send at most 300000 at a time"},
		{"no model", `{"input": "a"}`, 422, "model is missing; use e5-tiny"},
		{"another model", `{"model": "text-embedding-3-small", "input": "a"}`, 404, `there is no model "text-embedding-3-small" here; use e5-tiny`},
		{"another encoding", `{"model": "e5-tiny", "input": "a", "encoding_format": "int8"}`, 422, "use float or base64"},
		{"other dimensions", `{"model": "e5-tiny", "input": "a", "dimensions": 16}`, 422, "vectors of 32 dimensions, and no others"},
		{"another side", `{"model": "e5-tiny", "input": "a", "input_type": "answer"}`, 422, "use document or query"},
		{"an unknown field", `{"model": "e5-tiny", "inputs": "a"}`, 422, `"inputs" is not a known field`},
	} {
		t.Run(test.name, func(t *testing.T) {
			var p openAIProblem
			askEmbeddings(t, url, test.body, test.status, &p)
			if !strings.Contains(p.Detail, test.detail) || p.Error.Message != p.Detail || p.Error.Type != "invalid_request_error" || p.Status != test.status {
				t.Errorf("it says %+v, want %q", p, test.detail)
			}
		})
	}
	config := openai.DefaultConfig("no-key")
	config.BaseURL = url + "/v1"
	_, err := openai.NewClientWithConfig(config).CreateEmbeddings(t.Context(), openai.EmbeddingRequestTokens{Input: [][]int{{1}}, Model: "e5-tiny"})
	if err == nil || !strings.Contains(err.Error(), "send the text itself") {
		t.Errorf("OpenAI's client is told %v", err)
	}
}

// A model that is damaged is no fault of who asks for vectors.
func TestEmbeddingsOfDamagedModel(t *testing.T) {
	t.Parallel()
	e := encoder.NewLazy(os.DirFS(t.TempDir()), "harbour", fmt.Sprintf("%064d", 0), encoder.Int8)
	server := httptest.NewServer(newDescribed(t, New(Config{Embedder: e, Log: testLog(t)})))
	t.Cleanup(server.Close)
	var p openAIProblem
	askEmbeddings(t, server.URL, `{"model": "harbour", "input": "a"}`, http.StatusServiceUnavailable, &p)
	if p.Detail != "the model harbour cannot be used" || p.Error.Type != "server_error" {
		t.Errorf("it says %+v", p)
	}
}

func TestBase64Of(t *testing.T) {
	const want = "AACAPwAAAMAAAMB/"
	if got := base64Of([]float32{1, -2, float32(math.NaN())}); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
