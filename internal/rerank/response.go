package rerank

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/pullquote/pullquote/internal/openaihttp"
)

// ranked is one text's place in a response: relevance_score with most servers,
// score with text-embeddings-inference.
type ranked struct {
	Index          *int     `json:"index"`
	RelevanceScore *float64 `json:"relevance_score"`
	Score          *float64 `json:"score"`
}

// results reads a response in each of its forms: the list itself, or an object that
// has it as results or, with Voyage, as data.
func results(body []byte) (list []ranked, err error) {
	if bytes.HasPrefix(bytes.TrimSpace(body), []byte("[")) {
		return list, json.Unmarshal(body, &list)
	}
	var object struct{ Results, Data []ranked }
	err = json.Unmarshal(body, &object)
	return append(object.Results, object.Data...), err
}

// scores are the scores in the order of the n texts.
func (c *Client) scores(x *openaihttp.Exchange, n int) ([]float64, error) {
	list, err := results(x.Body)
	if err != nil {
		return nil, c.malformed(err)
	}
	if len(list) != n {
		return nil, c.malformed(fmt.Errorf("%d scores for %d texts", len(list), n))
	}
	scores := make([]float64, n)
	seen := make([]bool, n)
	for _, r := range list {
		score := r.RelevanceScore
		if score == nil {
			score = r.Score
		}
		if score == nil || r.Index == nil || *r.Index < 0 || *r.Index >= n || seen[*r.Index] {
			return nil, c.malformed(fmt.Errorf("it is not said which score is whose"))
		}
		scores[*r.Index], seen[*r.Index] = *score, true
	}
	return scores, nil
}
