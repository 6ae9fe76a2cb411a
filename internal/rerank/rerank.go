// Package rerank asks a reranker how well texts answer a question: a model that
// reads both together, which is slower than any index and sees more.
//
// Cohere, Jina, Voyage, vLLM and llama.cpp answer at /rerank in nearly the same
// words, and text-embeddings-inference in others; the client learns which from the
// first refusal. It tries nothing twice: whoever searches has an order already and
// gives a reranker only so much time.
package rerank

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/openaihttp"
)

// Config says where the reranker is.
type Config struct {
	URL        string // with or without /rerank at its end
	APIKey     string // none when empty
	Model      string // may be empty where the server has only one
	HTTPClient *http.Client
}

// Client is a reranker behind HTTP. It is safe for concurrent use.
type Client struct {
	endpoint *url.URL
	key      string
	model    string
	http     *http.Client
	texts    atomic.Bool // the server takes texts and not documents
}

// New checks the configuration; it does not reach for the server.
func New(config Config) (*Client, error) {
	endpoint, err := url.Parse(strings.TrimRight(strings.TrimSpace(config.URL), "/"))
	if err != nil || endpoint.Host == "" || endpoint.Scheme != "http" && endpoint.Scheme != "https" {
		return nil, fault.New(fault.Invalid, "the reranker's address is not one").WithHint("set PULLQUOTE_RERANK_URL to something like http://localhost:8082/v1/rerank")
	}
	if !strings.HasSuffix(endpoint.Path, "/rerank") {
		endpoint = endpoint.JoinPath("rerank")
	}
	key := strings.TrimSpace(config.APIKey)
	if strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, fault.New(fault.Invalid, "the reranker's key has characters that no key has").WithHint("check PULLQUOTE_RERANK_API_KEY, the key for %s", endpoint.Redacted())
	}
	return &Client{endpoint: endpoint, key: key, model: config.Model, http: cmp.Or(config.HTTPClient, &http.Client{})}, nil
}

// String is the server's address, fit for messages.
func (c *Client) String() string { return c.endpoint.Redacted() }

// Rerank scores how well each text answers the question: scores[i] is that of
// texts[i], and higher is better. Scores of different calls are not comparable. The
// context bounds the time.
func (c *Client) Rerank(ctx context.Context, question string, texts []string) ([]float64, error) {
	if len(texts) == 0 {
		return nil, nil
	}
	shape := c.texts.Load()
	x, err := c.send(ctx, question, texts, shape)
	if err == nil && !shape && wantsTexts(x) {
		c.texts.Store(true)
		x, err = c.send(ctx, question, texts, true)
	}
	switch {
	case err == nil && x.Status == http.StatusOK:
		return c.scores(x, len(texts))
	case err == nil:
		return nil, c.refused(x, append(slices.Clone(texts), question)...)
	case ctx.Err() != nil:
		return nil, fault.Wrap(ctx.Err(), fault.Unavailable, "the reranker did not answer in time").WithHint("see whether %s has too much to do", c)
	case errors.Is(err, openaihttp.ErrTooLarge):
		return nil, c.malformed(err)
	}
	return nil, fault.Wrap(err, fault.Unavailable, "the reranker cannot be reached").WithHint("check that it runs at %s and that PULLQUOTE_RERANK_URL is right", c)
}

// request is what most servers take, and with Texts instead of Documents what
// text-embeddings-inference does.
type request struct {
	Model     string   `json:"model,omitempty"`
	Query     string   `json:"query"`
	Documents []string `json:"documents,omitempty"`
	Texts     []string `json:"texts,omitempty"`
	Truncate  bool     `json:"truncate,omitempty"` // text-embeddings-inference: rather than refuse
}

const (
	maxBytes      = 1 << 20 // of a response, beside the texts that some servers repeat in it
	maxTextFactor = 6       // as JSON may escape each of their bytes
)

// send sends one request. There is a status when there is no error.
func (c *Client) send(ctx context.Context, question string, texts []string, asTexts bool) (*openaihttp.Exchange, error) {
	body := request{Query: question, Documents: texts, Model: c.model}
	if asTexts {
		body = request{Query: question, Texts: texts, Truncate: true}
	}
	data, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint.String(), bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	if c.key != "" {
		req.Header.Set("Authorization", "Bearer "+c.key)
	}
	x := &openaihttp.Exchange{Client: c.http, Limit: int64(maxBytes + maxTextFactor*len(data))}
	resp, err := x.Do(req)
	if err != nil {
		return nil, err
	}
	return x, resp.Body.Close() // of what has been read already
}

// wantsTexts reports whether a refusal is for want of the field texts.
func wantsTexts(x *openaihttp.Exchange) bool {
	return (x.Status == http.StatusUnprocessableEntity || x.Status == http.StatusBadRequest) && bytes.Contains(x.Body, []byte("`texts`"))
}

// refused explains a refusal of what was sent.
func (c *Client) refused(x *openaihttp.Exchange, sent ...string) error {
	said := openaihttp.OneLine(openaihttp.Unechoed(string(x.Body), sent...))
	if c.key != "" {
		said = strings.ReplaceAll(said, c.key, "[key]")
	}
	if said != "" && !strings.HasPrefix(said, "<") {
		said = ": " + said
	} else {
		said = ""
	}
	answered := fmt.Sprintf("%s answered with status %d%s", c, x.Status, said)
	switch {
	case x.Status == http.StatusUnauthorized || x.Status == http.StatusForbidden:
		return fault.New(fault.Unavailable, "the reranker refused the key").WithHint("check PULLQUOTE_RERANK_API_KEY, the key for %s", c)
	case x.Status == http.StatusNotFound || x.Status == http.StatusMethodNotAllowed:
		return fault.New(fault.Unavailable, "there is no reranker, or it has not the model").WithHint("check PULLQUOTE_RERANK_URL and PULLQUOTE_RERANK_MODEL: %s", answered)
	case x.Status == http.StatusTooManyRequests:
		return fault.New(fault.RateLimited, "the reranker has had too many requests").WithHint("%s", answered)
	}
	return fault.New(fault.Unavailable, "the reranker answered with status %d", x.Status).WithHint("%s", answered)
}

func (c *Client) malformed(cause error) error {
	return fault.Wrap(cause, fault.Unavailable, "the reranker did not answer with a score for each text").
		WithHint("check that %s has the /rerank endpoint of Cohere, Jina, vLLM, llama.cpp or text-embeddings-inference", c)
}
