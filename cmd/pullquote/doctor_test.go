package main

import (
	"testing"

	"github.com/pullquote/pullquote/internal/postgres"
)

// What the doctor says of vectors that the record lacks.
func TestDoctorTellsWhatIsNotEmbedded(t *testing.T) {
	for _, test := range []struct {
		name   string
		record postgres.Description
		want   string
	}{
		{"all is embedded", postgres.Description{Passages: 10, Serving: "m", Models: map[string]int64{"m": 10}}, ""},
		{"some wait", postgres.Description{Passages: 10, Waiting: 4, Serving: "m", Models: map[string]int64{"m": 6}},
			"; 4 of them wait to be embedded, and only their words find them until then: pullquote serve embeds them, or any ingest"},
		{"one cannot be embedded", postgres.Description{Passages: 10, Unembeddable: 1, Reason: "it is too odd", Serving: "m", Models: map[string]int64{"m": 9}},
			"; 1 of them cannot be embedded, and only their words find them (it is too odd)"},
		{"a reindex is not complete", postgres.Description{Passages: 10, Serving: "old", Models: map[string]int64{"old": 10, "m": 3}},
			"; they are searched by the vectors of old until all have those of m, which has embedded 3: run pullquote reindex"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := missingVectors(test.record, "m", false); got != test.want {
				t.Errorf("told is %q, want %q", got, test.want)
			}
		})
	}
}
