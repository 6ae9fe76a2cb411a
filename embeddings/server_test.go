package embeddings_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
)

// request is what a server of the protocol reads.
type request struct {
	Input      []string `json:"input"`
	Model      string   `json:"model"`
	Dimensions int      `json:"dimensions"`
}

type item struct {
	Object    string    `json:"object"`
	Embedding []float32 `json:"embedding"`
	Index     int       `json:"index"`
}

// protocol speaks OpenAI's embedding protocol. Its model is the built-in embedder,
// from whose vectors it takes their length and their order, for the client to mend.
func protocol(t *testing.T) http.Handler {
	model := embeddings.NewBuiltin()
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/embeddings", func(w http.ResponseWriter, r *http.Request) {
		req := readRequest(t, r)
		vectors, err := model.Embed(r.Context(), embeddings.Document, req.Input)
		if err != nil {
			return // the client has gone
		}
		data := make([]item, len(vectors))
		for i, v := range vectors {
			for j := range v {
				v[j] *= 3
			}
			data[i] = item{Object: "embedding", Embedding: v, Index: i}
		}
		slices.Reverse(data)
		w.Header().Set("Content-Type", "application/json")
		// An error here is the client's leaving, too.
		_ = json.NewEncoder(w).Encode(map[string]any{
			"object": "list", "model": req.Model, "data": data,
			"usage": map[string]any{"prompt_tokens": len(req.Input), "total_tokens": len(req.Input)},
		})
	})
	return mux
}

func readRequest(t *testing.T, r *http.Request) request {
	var req request
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&req); err != nil && r.Context().Err() == nil {
		t.Errorf("the request is not of the protocol: %v", err)
	}
	return req
}
