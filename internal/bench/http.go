package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/pullquote/pullquote/retrieval"
)

// posts is a search for question number n by POST /v1/search.
func (b *bench) posts(client *http.Client, url string, f retrieval.Filter) func(context.Context, int) error {
	return func(ctx context.Context, n int) error {
		body, err := json.Marshal(struct {
			Query  string           `json:"query"`
			Filter retrieval.Filter `json:"filter"`
		}{b.questions[n].Text, f})
		if err != nil {
			return err
		}
		return post(ctx, client, url+"/v1/search", body)
	}
}

func post(ctx context.Context, client *http.Client, url string, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", resp.Status, text)
	}
	return err
}
