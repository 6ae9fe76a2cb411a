package postgres_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/bench"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// TestOriginalOfADeletedTranscript deletes the transcript of a file while the same file is
// being stored again, as another transcript: its file is there afterwards.
func TestOriginalOfADeletedTranscript(t *testing.T) {
	t.Parallel()
	r := madeUp(t, 200)
	prepared := slices.Collect(bench.NewCorpus(1_000, 4).Transcripts())
	sum := strings.Repeat("ab", 32)
	former := prepared[1]
	former.SHA256, former.Original = sum, []byte("the file")
	stored, _, err := r.Save(t.Context(), former)
	if err != nil {
		t.Fatal(err)
	}
	edited := prepared[2]
	edited.Replaces, edited.Original = stored.ID, []byte("the edited file")
	newest, _, err := r.Save(t.Context(), edited)
	if err != nil {
		t.Fatal(err)
	}

	again := prepared[3]
	again.SHA256, again.Original = sum, make([]byte, 32<<20) // enough for it to be written before the next one comes
	copy(again.Original, "the file")
	outcomes, err := r.SaveAll(t.Context(), bench.Collection, again.Model, func(yield func(retrieval.PreparedTranscript) bool) {
		if !yield(again) {
			return
		}
		time.Sleep(time.Second)
		if err := r.Delete(t.Context(), newest.ID); err != nil {
			t.Error(err)
		}
		yield(prepared[4])
	})
	if err != nil || len(outcomes) != 2 || outcomes[0].Err != nil || !outcomes[0].Created {
		t.Fatalf("stored again it is %+v, %v", outcomes, err)
	}
	if file, err := r.Original(t.Context(), outcomes[0].Stored.ID); err != nil || !outcomes[0].Stored.HasOriginal || !strings.HasPrefix(string(file), "the file") {
		t.Errorf("its file is %.20q, %v", file, err)
	}
	if _, err := r.Original(t.Context(), stored.ID); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("the file of the deleted one: %v", err)
	}
	checkStatistics(t, r.Store, 200+2*200)
}
