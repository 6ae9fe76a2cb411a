package api

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"math"
	"net/http"
	"strings"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
)

// The bounds of a request for vectors are OpenAI's on the number of inputs and on their
// tokens. An encoder reads no more than maxInput bytes of a text, so a longer one is
// refused rather than read in part; and maxEmbeddingsJSON has room for all the tokens.
const (
	maxInputs         = 2048
	maxInputTokens    = 300_000
	maxInput          = 64 << 10
	maxEmbeddingsJSON = 8 << 20
)

// embeddingsRequest is OpenAI's, but for InputType.
type embeddingsRequest struct {
	Input          json.RawMessage `json:"input"` // a string, or an array of strings
	Model          string          `json:"model"`
	EncodingFormat string          `json:"encoding_format"` // float, which is the default, or base64
	Dimensions     *int            `json:"dimensions"`
	User           string          `json:"user"`
	// InputType is the side of a search that the texts stand on, by the name that other
	// servers of embeddings have for it: document, which is the default, or query.
	InputType string `json:"input_type"`
}

type embeddingsResponse struct {
	Object string          `json:"object"`
	Data   []embedding     `json:"data"`
	Model  string          `json:"model"`
	Usage  embeddingsUsage `json:"usage"`
}

type embedding struct {
	Object    string `json:"object"`
	Index     int    `json:"index"`
	Embedding any    `json:"embedding"` // []float32, or in base64 its bytes, little-endian
}

type embeddingsUsage struct {
	PromptTokens int `json:"prompt_tokens"`
	TotalTokens  int `json:"total_tokens"`
}

// embed makes vectors of texts, with the model of searches.
func (s *server) embed(w http.ResponseWriter, r *http.Request) error {
	var request embeddingsRequest
	if err := readJSONWithin(r, maxEmbeddingsJSON, &request); err != nil {
		return err
	}
	texts, err := request.texts()
	if err != nil {
		return err
	}
	kind, err := request.kind()
	if err != nil {
		return err
	}
	if err := request.check(s.Embedder); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.Timeout)
	defer cancel()
	tokens, err := embeddings.CountTokens(ctx, s.Embedder, kind, texts)
	if err != nil {
		return embedderFailed(err)
	}
	if tokens > maxInputTokens {
		return fault.New(fault.TooLarge, "the inputs have %d tokens; send at most %d at a time", tokens, maxInputTokens)
	}
	vectors, err := s.Embedder.Embed(ctx, kind, texts)
	if err != nil {
		return embedderFailed(err)
	}
	response := embeddingsResponse{Object: "list", Data: make([]embedding, len(vectors)), Model: s.Embedder.Model().Name, Usage: embeddingsUsage{tokens, tokens}}
	for i, v := range vectors {
		response.Data[i] = embedding{"embedding", i, v}
		if request.EncodingFormat == "base64" {
			response.Data[i].Embedding = base64Of(v)
		}
	}
	return writeJSON(w, http.StatusOK, response)
}

// texts are the inputs.
func (r embeddingsRequest) texts() ([]string, error) {
	var texts []string
	var one string
	var tokens []json.RawMessage
	switch {
	case len(r.Input) == 0 || string(r.Input) == "null":
		return nil, fault.New(fault.Invalid, "input is missing; send a text, or a list of texts")
	case json.Unmarshal(r.Input, &one) == nil:
		texts = []string{one}
	case json.Unmarshal(r.Input, &texts) == nil:
	case json.Unmarshal(r.Input, &tokens) == nil:
		return nil, fault.New(fault.Invalid, "input has something else than text; token numbers are another model's, so send the text itself, or a list of texts")
	default:
		return nil, fault.New(fault.Invalid, "input is neither a text nor a list of texts; send one of them")
	}
	switch {
	case len(texts) == 0:
		return nil, fault.New(fault.Invalid, "input is an empty list; send at least one text")
	case len(texts) > maxInputs:
		return nil, fault.New(fault.TooLarge, "input has %d texts; send at most %d at a time", len(texts), maxInputs)
	}
	for i, text := range texts {
		if len(text) > maxInput {
			return nil, fault.New(fault.TooLarge, "text %d of the input has %d bytes; divide it into texts of at most %d", i, len(text), maxInput)
		}
	}
	return texts, nil
}

func (r embeddingsRequest) kind() (embeddings.Kind, error) {
	switch r.InputType {
	case "", "document":
		return embeddings.Document, nil
	case "query":
		return embeddings.Query, nil
	}
	return 0, fault.New(fault.Invalid, "input_type %q is unknown; use document or query", r.InputType)
}

// check holds what is asked for to what the embedder gives.
func (r embeddingsRequest) check(e embeddings.Embedder) error {
	model, name := e.Model(), embeddings.NameOf(e)
	switch {
	case r.Model == "":
		return fault.New(fault.Invalid, "model is missing; use %s", name)
	case !strings.EqualFold(r.Model, name) && r.Model != model.Name:
		return fault.New(fault.NotFound, "there is no model %q here; use %s", r.Model, name)
	case r.EncodingFormat != "" && r.EncodingFormat != "float" && r.EncodingFormat != "base64":
		return fault.New(fault.Invalid, "encoding_format %q is unknown; use float or base64", r.EncodingFormat)
	case r.Dimensions != nil && model.Dimensions > 0 && *r.Dimensions != model.Dimensions:
		return fault.New(fault.Invalid, "%s has vectors of %d dimensions, and no others; leave dimensions out", name, model.Dimensions)
	}
	return nil
}

// base64Of is a vector as OpenAI's clients ask for it: in 32-bit floats, little-endian.
func base64Of(vector []float32) string {
	raw := make([]byte, 0, 4*len(vector))
	for _, x := range vector {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(x))
	}
	return base64.StdEncoding.EncodeToString(raw)
}

// embedderFailed keeps an embedder's trouble with its server or its weights from being
// taken for the client's with ours.
func embedderFailed(err error) error {
	if code := fault.CodeOf(err); code == fault.Invalid || code == fault.Unauthorized {
		return fault.Wrap(err, fault.Unavailable, "%s", fault.MessageOf(err))
	}
	return err
}
