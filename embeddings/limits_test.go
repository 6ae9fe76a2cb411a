package embeddings_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/pipetest"
)

// TestOpenAILimits is servers that take less than OpenAI does, and say so in their
// own words. The texts are told apart by their first letters.
func TestOpenAILimits(t *testing.T) {
	long := "c" + strings.Repeat(" harbour", 100)
	for _, test := range []struct {
		name   string
		inputs int // that the server takes; 0: any number
		bytes  int // of an input, likewise
		refuse reply
		texts  []string
		kept   []string // what was embedded in the end, shortened to its size
	}{
		{"text-embeddings-inference", 2, 0, reply{status: 422, body: `{"message":"batch size 5 > maximum allowed batch size 2","type":"Validation"}`},
			[]string{"a", "b", "c", "d", "e"}, []string{"a1", "b1", "c1", "d1", "e1"}},
		{"a request that is too large", 1, 0, reply{status: 413},
			[]string{"a", "b", "c"}, []string{"a1", "b1", "c1"}},
		{"vLLM", 0, 512, reply{status: 400, body: `{"object":"error","message":"This model's maximum context length is 512 tokens. However, you requested 801 tokens","code":400}`},
			[]string{"a", "b", long, "d"}, []string{"a1", "b1", "c400", "d1"}},
		{"llama.cpp", 0, 300, reply{status: 500, body: `{"error":{"code":500,"message":"input is too large to process. increase the physical batch size","type":"server_error"}}`},
			[]string{long, "b"}, []string{"c200", "b1"}},
		{"OpenAI", 0, 512, reply{status: 400, body: `{"error":{"message":"Invalid 'input': maximum input length is 512 tokens.","type":"invalid_request_error","code":null}}`},
			[]string{long}, []string{"c400"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := &limited{t: t, inputs: test.inputs, bytes: test.bytes, refuse: test.refuse}
				var log strings.Builder
				e := newOpenAI(t, embeddings.OpenAIConfig{
					BaseURL: baseURL, Model: "words", HTTPClient: pipetest.Serve(t, server), Log: slog.New(slog.NewTextHandler(&log, nil)),
				})
				vectors, err := e.Embed(t.Context(), embeddings.Document, test.texts)
				if err != nil {
					t.Fatal(err)
				}
				for i, v := range vectors {
					if want := vectorOf(test.kept[i]); slices.Compare(v, want) != 0 {
						t.Errorf("text %d has the vector of another", i)
					}
				}
				slices.Sort(server.embedded)
				want := slices.Sorted(slices.Values(test.kept))
				if !slices.Equal(server.embedded, want) {
					t.Errorf("embedded %v, want %v", server.embedded, want)
				}
				if wasCut := strings.Contains(log.String(), "was cut"); wasCut != (test.bytes > 0) {
					t.Errorf("the log has %q", &log)
				}
			})
		})
	}
}

// TestOpenAILearnsTheBatchSize shows that a server that is asked again is not asked
// for too much again.
func TestOpenAILearnsTheBatchSize(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := &limited{t: t, inputs: 4, refuse: reply{status: 413}}
		e := newOpenAI(t, embeddings.OpenAIConfig{BaseURL: baseURL, Model: "words", BatchSize: 16, HTTPClient: pipetest.Serve(t, server)})
		for range 2 {
			if _, err := e.Embed(t.Context(), embeddings.Document, strings.Split(strings.Repeat("a", 16), "")); err != nil {
				t.Fatal(err)
			}
		}
		if server.refused != 3 { // 16, and 8 twice
			t.Errorf("%d requests were refused, want 3", server.refused)
		}
	})
}

// TestOpenAIBatchesAsTheyCome shows what is left when a batch fails: those that
// were handed over.
func TestOpenAIBatchesAsTheyCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := &limited{t: t, bytes: 1, refuse: reply{status: 400, body: "no"}}
		e := newOpenAI(t, embeddings.OpenAIConfig{BaseURL: baseURL, Model: "words", BatchSize: 2, Concurrency: 1, HTTPClient: pipetest.Serve(t, server)})
		var places []int
		err := e.EmbedBatches(t.Context(), embeddings.Document, []string{"a", "b", "c", "d", "e", "ff", "g", "h"}, func(from int, vectors [][]float32) error {
			if len(vectors) != 2 {
				t.Errorf("a batch of %d", len(vectors))
			}
			places = append(places, from)
			return nil
		})
		checkError(t, err, "invalid", "status 400: no")
		if !slices.Equal(places, []int{0, 2}) {
			t.Errorf("the batches at %v were handed over", places)
		}
	})
}

// limited is a server that refuses too many inputs, and too long ones.
type limited struct {
	t             *testing.T
	inputs, bytes int
	refuse        reply

	mu       sync.Mutex
	embedded []string
	refused  int
}

func (l *limited) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	inputs := readRequest(l.t, r).Input
	l.mu.Lock()
	defer l.mu.Unlock()
	tooLong := func(s string) bool { return len(s) > l.bytes }
	if l.inputs > 0 && len(inputs) > l.inputs || l.bytes > 0 && slices.ContainsFunc(inputs, tooLong) {
		l.refused++
		l.refuse.ServeHTTP(w, r)
		return
	}
	var items []string
	for i, input := range inputs {
		name := fmt.Sprintf("%c%d", input[0], len(input))
		l.embedded = append(l.embedded, name)
		v := vectorOf(name)
		items = append(items, fmt.Sprintf(`{"embedding":[%v,%v],"index":%d}`, v[0], v[1], i))
	}
	ok(`{"data":[`+strings.Join(items, ",")+`]}`).ServeHTTP(w, nil)
}

// vectorOf is a vector of length 1 for each first letter.
func vectorOf(name string) []float32 {
	if name[0]%2 == 0 {
		return []float32{0, 1}
	}
	return []float32{1, 0}
}
