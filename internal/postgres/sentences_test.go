package postgres

import (
	"slices"
	"testing"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// FuzzSentenceColumn reads any bytes as the vectors of sentences: what can be read is
// written as it was.
func FuzzSentenceColumn(f *testing.F) {
	f.Add([]byte{}, 3)
	f.Add(appendSentences(nil, []retrieval.SentenceVector{
		{Span: sentence.Span{Start: 3, End: 70_000}, Scale: 0.01, Values: []int8{-128, 0, 127}},
		{Span: sentence.Span{Start: 70_001, End: 70_002}, Scale: 1, Values: []int8{1, 0, 0}},
	}), 3)
	f.Add([]byte("no vectors"), 0)
	f.Fuzz(func(t *testing.T, src []byte, dimensions int) {
		v := sentenceVectors{dimensions: min(max(dimensions, 0), 1<<12)}
		if err := v.ScanBytes(src); err != nil {
			if len(src)%(sentenceHead+v.dimensions) == 0 {
				t.Error(err)
			}
			return
		}
		if v.list == nil || !slices.Equal(sentenceColumn(v.list), src) {
			t.Errorf("%x became %x", src, sentenceColumn(v.list))
		}
	})
}

func TestSentenceColumnIsNull(t *testing.T) {
	v := sentenceVectors{dimensions: 3, list: []retrieval.SentenceVector{{}}}
	if err := v.ScanBytes(nil); err != nil || v.list != nil || sentenceColumn(nil) != nil {
		t.Errorf("null is read as %v (%v) and written as %v", v.list, err, sentenceColumn(nil))
	}
}
