package retrieval

import (
	"context"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/correction"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// maxNamesakes bounds the transcripts with which a new one is compared.
const maxNamesakes = 20

// predecessors are the transcripts that a new one may replace.
type predecessors interface {
	Namesakes(ctx context.Context, collection, filename string, limit int) ([]StoredTranscript, int64, error)
	Get(ctx context.Context, id string) (StoredTranscript, error)
	Turns(ctx context.Context, id string) ([]model.Turn, error)
}

// succeed finds the transcript that a new one replaces, and mends in the new one what
// people mended in that by hand. Where it replaces none, it keeps the embargo of its namesakes.
func (l *Library) succeed(ctx context.Context, d *PreparedTranscript) (err error) {
	var namesakes []StoredTranscript
	if d.Replaces, namesakes, d.NameStored, err = predecessor(ctx, l.store, *d); err != nil {
		return err
	}
	if d.Replaces == "" {
		d.keepEmbargo(ctx, namesakes)
		return nil
	}
	replaced, err := l.store.Get(ctx, d.Replaces)
	if err != nil || len(replaced.Corrections) == 0 {
		return err
	}
	d.Corrections = replaced.Corrections
	d.Transcript = correction.Apply(d.Transcript, d.Corrections)
	d.Passages = Passages(d.Transcript)
	return nil
}

// predecessor is the transcript that a file replaces, empty for none: the one
// that it names, or else the one of the same file name that has most
// sentences in common with it, and at least half. Where that is one that may not be seen whole,
// the file replaces none, and stands beside it. Of the name it is told who has it, and how
// often files of it had been stored.
func predecessor(ctx context.Context, stored predecessors, d PreparedTranscript) (best string, namesakes []StoredTranscript, nameStored int64, err error) {
	if d.Replaces != "" {
		best, err = replaceable(ctx, stored, d)
		return best, nil, 0, err
	}
	if d.Filename == "" {
		return "", nil, 0, nil
	}
	namesakes, nameStored, err = stored.Namesakes(ctx, d.Collection, d.Filename, maxNamesakes)
	if err != nil {
		return "", nil, 0, err
	}
	most, unseen := 0.5, 0.0
	for _, r := range namesakes {
		turns, err := stored.Turns(ctx, r.ID)
		if fault.CodeOf(err) == fault.NotFound {
			continue // deleted meanwhile
		}
		if err != nil {
			return "", nil, 0, err
		}
		share := commonWith(r, turns, d.Transcript)
		if !seenWhole(ctx, r) {
			unseen = max(unseen, share)
		} else if share >= most {
			best, most = r.ID, share
		}
	}
	if unseen >= most {
		best = "" // what is rather a wording of what is under embargo opens under no other
	}
	return best, namesakes, nameStored, nil
}

// seenWhole reports whether nothing of a transcript is kept from a context.
func seenWhole(ctx context.Context, r StoredTranscript) bool {
	return access.Manages(ctx) || !r.embargoed() && r.SHA256 != UntoldSHA256
}

// mayReplace checks that a context may see all of the transcript that a request names as
// replaced, as those may who manage transcripts.
func (l *Library) mayReplace(ctx context.Context, req AddRequest) error {
	if req.Replaces == "" {
		return nil
	}
	stored, err := l.store.Get(access.Managing(ctx), req.Replaces)
	if err == nil && !access.Manages(ctx) {
		err = l.wholeSeen(ctx, stored)
	}
	return err
}

// replaceable checks the transcript that a transcript names as replaced.
func replaceable(ctx context.Context, stored predecessors, d PreparedTranscript) (string, error) {
	r, err := stored.Get(ctx, d.Replaces)
	switch {
	case err != nil:
		return "", err
	case r.Collection != d.Collection:
		return "", fault.New(fault.Invalid, "the transcript %s is in collection %q; name that collection to replace it", r.ID, r.Collection)
	case r.CurrentID != r.ID:
		return "", fault.New(fault.Conflict, "the transcript %s has been replaced by %s; replace that", r.ID, r.CurrentID)
	}
	return r.ID, nil
}

// commonWith is what a new file has in common with a stored transcript. If that was
// mended by hand, its sentences may be divided where those of its file are not: then the
// new file is compared as it would be mended.
func commonWith(stored StoredTranscript, turns []model.Turn, t *model.Transcript) float64 {
	share := commonSentences(turns, t.Turns)
	if len(stored.Corrections) > 0 {
		share = max(share, commonSentences(turns, correction.Apply(t, stored.Corrections).Turns))
	}
	return share
}

// commonSentences is the share of the sentences of the longer transcript that
// both have, from 0 to 1. Who says them does not matter: a speaker may be what
// was corrected.
func commonSentences(a, b []model.Turn) float64 {
	counts := map[string]int{}
	var inA, inB, common int
	for _, t := range a {
		inA += eachSentence(t, func(s string) { counts[s]++ })
	}
	for _, t := range b {
		inB += eachSentence(t, func(s string) {
			if counts[s] > 0 {
				counts[s]--
				common++
			}
		})
	}
	return float64(common) / float64(max(inA, inB, 1))
}

func eachSentence(t model.Turn, do func(string)) int {
	sentences := sentence.Split(t.Text)
	runes := []rune(t.Text)
	for _, s := range sentences {
		do(string(runes[s.Start:s.End]))
	}
	return len(sentences)
}
