package answer

import (
	"cmp"
	"context"
	"slices"

	"github.com/pullquote/pullquote/answer/quotation"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// CitedQuote is a quotation of an exported answer, with the place that its note
// gives for it. One that was redacted has no text.
type CitedQuote struct {
	DraftQuote
	TranscriptID string
	Turn         int
	Span         sentence.Span // code points of the canonical text
	SHA256       string        // of the transcript's file
	// Credits reports whether the note credits a speaker; nil where it cannot tell.
	Credits func(speaker string) bool
}

// Transcripts are what a quotation is checked again in.
type Transcripts interface {
	Get(ctx context.Context, id string) (retrieval.StoredTranscript, error)
	Turns(ctx context.Context, id string) ([]model.Turn, error)
	Text(ctx context.Context, id string) (string, error)
}

// Recheck says of each quotation whether the record still says what it said when
// the answer was exported, and still of the same person.
func (v *Verifier) Recheck(ctx context.Context, library Transcripts, quotes []CitedQuote) ([]Verdict, error) {
	versions := versions{library, v.limits.Compare, map[string]*version{}}
	verdicts := make([]Verdict, len(quotes))
	for i, q := range quotes {
		if q.Text == "" {
			verdicts[i] = lost(q, "it is redacted: its transcript had been deleted when the answer was exported")
			continue
		}
		cited, err := versions.read(ctx, q.TranscriptID)
		switch {
		case fault.CodeOf(err) == fault.NotFound:
			verdicts[i] = lost(q, "its transcript is no longer in the record")
			continue
		case err != nil:
			return nil, err
		}
		if verdicts[i], err = v.recheck(ctx, versions, q, cited); err != nil {
			return nil, err
		}
	}
	return verdicts, nil
}

func (v *Verifier) recheck(ctx context.Context, versions versions, q CitedQuote, cited *version) (Verdict, error) {
	match, stands := cited.at(q)
	switch {
	case cited.stored.SHA256 != q.SHA256 && cited.stored.SHA256 != retrieval.UntoldSHA256 && q.SHA256 != retrieval.UntoldSHA256:
		return lost(q, "its note gives another SHA-256 than the transcript has"), nil
	case !stands:
		return v.changed(q, cited), nil
	case q.Credits != nil && !q.Credits(string(cited.hits[match.Hit].Credit().Certain())):
		return v.verdict(q.DraftQuote, quotation.Judgement{Status: StatusMisattributed, Matches: []quotation.Match{match}}, cited.turns), nil
	case cited.stored.CurrentID != cited.stored.ID:
		return v.moved(ctx, versions, q, cited)
	case words.OneLine(q.Text) != words.OneLine(cited.turns.Text(match)):
		return v.standing(q, StatusNormalized, match, cited), nil
	}
	return v.standing(q, StatusUnchanged, match, cited), nil
}

// moved looks for a quotation in the version that replaced the one it cites, from
// its place outwards. It has to be of the same person there.
func (v *Verifier) moved(ctx context.Context, versions versions, q CitedQuote, cited *version) (Verdict, error) {
	current, err := versions.read(ctx, cited.stored.CurrentID)
	if err != nil {
		return Verdict{}, err
	}
	matches := current.turns.Locate(q.Text)
	matches = slices.DeleteFunc(matches, func(m quotation.Match) bool { return current.hits[m.Hit].Speaker != cited.hits[q.Turn].Speaker })
	if len(matches) == 0 {
		return v.changed(q, current), nil
	}
	nearest := slices.MinFunc(matches, func(a, b quotation.Match) int { return cmp.Compare(distance(a.Hit, q.Turn), distance(b.Hit, q.Turn)) })
	return v.standing(q, StatusMoved, nearest, current), nil
}

// versions reads transcripts, each once.
type versions struct {
	library Transcripts
	compare quotation.Thresholds
	known   map[string]*version
}

// version is the whole of a transcript, ready to be looked into.
type version struct {
	stored retrieval.StoredTranscript
	hits   []retrieval.Hit // its turns
	turns  *quotation.Turns
	text   []rune // canonical
}

func (vs versions) read(ctx context.Context, id string) (*version, error) {
	if v := vs.known[id]; v != nil {
		return v, nil
	}
	t, err := readText(ctx, vs.library, id)
	if err != nil {
		return nil, err
	}
	v := &version{stored: t.stored, hits: make([]retrieval.Hit, len(t.turns)), text: t.canonical}
	for i := range t.turns {
		v.hits[i] = retrieval.NewHit(t.stored, t.turns, i)
	}
	v.turns = quotation.NewTurns(v.hits, vs.compare)
	vs.known[id] = v
	return v, nil
}

// at is the place that a quotation cites, if its words stand there, both in the
// turn and in the canonical text.
func (v *version) at(q CitedQuote) (quotation.Match, bool) {
	for _, m := range v.turns.Locate(q.Text) {
		s := m.Span
		if m.Hit == q.Turn && s == q.Span && s.End <= len(v.text) && string(v.text[s.Start:s.End]) == v.turns.Text(m) {
			return m, true
		}
	}
	return quotation.Match{}, false
}

func (v *Verifier) standing(q CitedQuote, status Status, m quotation.Match, in *version) Verdict {
	return v.verdict(q.DraftQuote, quotation.Judgement{Status: status, Matches: []quotation.Match{m}}, in.turns)
}

// changed tells what the record has instead of a quotation, looked for from its
// place outwards, or that it has nothing like it.
func (v *Verifier) changed(q CitedQuote, in *version) Verdict {
	nearby := slices.SortedStableFunc(slices.Values(in.hits), func(a, b retrieval.Hit) int {
		return cmp.Compare(distance(a.Turn, q.Turn), distance(b.Turn, q.Turn))
	})
	turns := quotation.NewTurns(nearby, v.limits.Compare)
	judgement := turns.Judge(q.DraftQuote)
	switch {
	case judgement.Closest != nil:
		judgement.Status, judgement.Matches = StatusChanged, nil
	case len(judgement.Matches) > 0:
		judgement = quotation.Judgement{Status: StatusChanged, Closest: &judgement.Matches[0], Note: "the words stand elsewhere in the transcript now, or are another's"}
	default:
		judgement = quotation.Judgement{Status: StatusGone}
	}
	return v.verdict(q.DraftQuote, judgement, turns)
}

func distance(a, b int) int { return max(a-b, b-a) }

func lost(q CitedQuote, why string) Verdict {
	return Verdict{
		Quote: q.Text, ClaimedSpeaker: model.Optional(q.Speaker), Line: q.Line,
		Status: StatusGone, Edits: []Edit{}, Places: []Citation{}, Note: why,
	}
}
