package recognition_test

import (
	"encoding/json"
	"testing"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/container/internal/containertest"
)

// What a recogniser does not say is not made up, and what it says twice is read once.
func TestWhatRecognisersLeaveOpen(t *testing.T) {
	for _, tt := range []struct{ name, data, want string }{
		{"a speaker whom the recogniser does not know", `{"format": "2.9", "results": [
			{"type": "word", "start_time": 1, "end_time": 2, "alternatives": [{"content": "Yes", "speaker": "UU"}]},
			{"type": "punctuation", "start_time": 2, "end_time": 2, "alternatives": [{"content": ".", "speaker": "UU"}]}]}`, " 1000-2000: Yes.\n"},
		{"no speakers, and a silence", `{"results": {"transcripts": [{"transcript": "How? Closed."}], "items": [
			{"type": "pronunciation", "start_time": "1.0", "end_time": "1.5", "alternatives": [{"content": "How"}]},
			{"type": "punctuation", "alternatives": [{"content": "?"}]},
			{"type": "pronunciation", "start_time": "6.0", "end_time": "6.5", "alternatives": [{"content": "Closed"}]},
			{"type": "punctuation", "alternatives": [{"content": "."}]}]}}`, " 1000-1500: How?\n 6000-6500: Closed.\n"},
		{"a word without a time or speaker", `{"segments": [{"start": 1, "end": 3, "text": "In 1999 it held.", "speaker": "SPEAKER_00", "words": [
			{"word": "In", "start": 1, "end": 1.2, "score": 1, "speaker": "SPEAKER_00"}, {"word": "1999"}, {"word": "it", "start": 2, "end": 2.2, "score": 1, "speaker": "SPEAKER_01"},
			{"word": "held.", "start": 2.5, "end": 3, "score": 1, "speaker": "SPEAKER_01"}]}]}`, "SPEAKER_00 1000-1200: In 1999\nSPEAKER_01 2000-3000: it held.\n"},
		{"words without blanks between them", `{"tokens": [{"text": "大", "start_ms": 10, "end_ms": 20, "speaker": "1"}, {"text": "堤", "start_ms": 20, "end_ms": 30, "speaker": "1"}]}`, "Speaker 1 10-30: 大堤\n"},
		{"music", `{"events": [{"tStartMs": 0, "dDurationMs": 9000, "segs": [{"utf8": "the quay"}]}, {"tStartMs": 2000, "dDurationMs": 1000, "segs": [{"utf8": "[Music]"}]},
			{"tStartMs": 2500, "segs": [{"utf8": "\n"}]}]}`, " 0-2000: the quay\nnobody 2000-2500: [Music]\n"},
		{"two names for one speaker", `{"speakers": [{"id": 1, "name": "Jane Roe"}, {"id": 1, "name": "John Poe"}], "segments": [{"speaker": 1, "start": 0.5, "end": 1, "text": "Yes."}]}`, "Speaker 1 500-1000: Yes.\n"},
		{"an unknown program's whole seconds", `{"cues": [{"start": 0, "end": 4, "who": "Jane Roe", "text": "How is the quay doing today?"}, {"start": 5, "end": 7, "who": "John Poe", "text": "Still closed, I fear."}]}`,
			"Jane Roe 0-4000: How is the quay doing today?\nJohn Poe 5000-7000: Still closed, I fear.\n"},
		{"an unknown program's milliseconds", `{"cues": [{"start": 0, "end": 2400, "who": "Jane Roe", "text": "How is the quay doing today?"}, {"start": 5000, "end": 6200, "who": "John Poe", "text": "Still closed, I fear."}]}`,
			"Jane Roe 0-2400: How is the quay doing today?\nJohn Poe 5000-6200: Still closed, I fear.\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := container.Open(t.Context(), []byte(tt.data), container.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := containertest.Turns(c); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// Whatever stands in a file of a recogniser's, it is read or refused.
func FuzzDialects(f *testing.F) {
	for _, d := range dialects() {
		data, err := json.Marshal(d.write(containertest.Converse(7)[:2]))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if c, err := container.Open(t.Context(), data, container.Options{Kind: "json"}); err == nil {
			containertest.Check(t, c)
		}
	})
}
