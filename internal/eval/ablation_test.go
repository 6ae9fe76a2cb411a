package eval

import (
	"strings"
	"testing"
)

func TestWriteMarkdown(t *testing.T) {
	t.Parallel()
	table := []Ablated{
		{Metrics: []Summary{{NDCG10, 0.4713, 237}, {CitationPrecision, 0.25, 12}}},
		{Without: "context", Metrics: []Summary{{NDCG10, 0.3996, 237}}, Against: []Difference{{Metric: NDCG10, P: 0.001}}},
		{Without: "place", Metrics: []Summary{{NDCG10, 0.4701, 237}, {CitationPrecision, 0.5, 10}}, Against: []Difference{{Metric: NDCG10, P: 0.8}, {Metric: CitationPrecision, P: 0.05}}},
	}
	const want = `| without | ndcg@10 | citation_precision |
|---|---|---|
| nothing | 0.471 | 0.250 |
| context | 0.400† | – |
| place | 0.470 | 0.500 |
`
	var got strings.Builder
	if err := WriteMarkdown(&got, table); err != nil || got.String() != want {
		t.Errorf("got %v\n%s\nwant\n%s", err, &got, want)
	}
}
