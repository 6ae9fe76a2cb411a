package quotation

import (
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/model"
)

// Judgement is what the record says of a quotation.
type Judgement struct {
	Status Status
	// Matches are where it stands: one place when exact, normalized or edited, all of them
	// when misattributed or ambiguous, one for each piece in order when stitched.
	Matches []Match
	// Closest is the nearest passage, when altered, and when not found if any is near;
	// Diff makes the quotation that passage, or the piece of it that is altered.
	Closest *Match
	Diff    []DiffPart
	Edits   []Edit // what an editor changed, in order, when edited
	Note    string // what the status leaves open, in words for the reader

	slight bool // altered by so little that nothing else can have happened
}

// Certain reports whether no other turns could make the judgement another one.
func (j Judgement) Certain() bool {
	return j.Status != StatusNotFound && (j.Status != StatusAltered || j.slight)
}

// Judge says whether a quotation stands in these turns and is its speaker's, or
// else what is wrong with it. It is pure. Whether it holds is decided by Locate
// and Credits alone; all the rest only explains a no.
func (t *Turns) Judge(q DraftQuote) Judgement {
	if matches := t.Locate(q.Text); len(matches) > 0 {
		return t.attribute(q, matches)
	}
	return t.Explain(q)
}

// Explain says what is wrong with a quotation that Locate finds nowhere.
func (t *Turns) Explain(q DraftQuote) Judgement {
	c := t.compare(q)
	if pieces := omissionPieces(q.Text); len(pieces) > 1 {
		return t.judgePieces(q, c, pieces)
	}
	return c.explain()
}

// JudgeDraft is Judge for what people write: a quotation may be edited as print allows, as
// long as its meaning cannot have turned. Models may not: Judge alone decides on what they
// quote.
func (t *Turns) JudgeDraft(q DraftQuote) Judgement {
	if q.Unchecked != "" {
		return Judgement{Status: StatusUnchecked, Note: q.Unchecked}
	}
	var wording Judgement
	matches := t.Locate(q.Text)
	if len(matches) > 0 {
		if wording = t.attribute(q, matches); wording.Status != StatusMisattributed && wording.Status != StatusAltered {
			return wording
		}
	}
	edited := t.locateEdited(q.Text)
	switch {
	case len(edited) == 0 && len(matches) == 0:
		return t.Explain(q)
	case len(edited) == 0:
		return wording
	}
	if j := t.attribute(q, edited); len(matches) == 0 || j.Status == StatusEdited {
		return j
	}
	return wording
}

// attribute decides whose words they are that stand at matches: the claimed
// speaker's, another's, or nobody can tell.
func (t *Turns) attribute(q DraftQuote, matches []Match) Judgement {
	own, claim := matches, lexicon.ReadName(q.Speaker)
	if q.Speaker != "" {
		own = slices.DeleteFunc(slices.Clone(matches), func(m Match) bool { return !t.mayBe(claim, m) })
		if told := slices.DeleteFunc(slices.Clone(own), func(m Match) bool { return t.namesakeNote(claim, m) != "" }); len(told) > 0 {
			own = told
		}
		if certain := slices.DeleteFunc(slices.Clone(own), t.doubtful); len(certain) > 0 {
			own = certain
		}
		if theirs := slices.DeleteFunc(slices.Clone(own), t.readAloud); len(theirs) > 0 {
			own = theirs
		}
	}
	switch {
	case len(own) == 0:
		return t.misattributed(q, matches)
	case t.sources(own) > 1:
		return Judgement{Status: StatusAmbiguous, Matches: own}
	case t.namesakeNote(claim, own[0]) != "":
		return Judgement{Status: StatusAmbiguous, Matches: own, Note: t.namesakeNote(claim, own[0])}
	case q.Speaker != "" && t.namesNobody(own[0]):
		return Judgement{Status: StatusAmbiguous, Matches: own, Note: "the record does not say whose words they are: " + string(t.turns[own[0].Hit].hit.Doubt)}
	}
	if i := slices.IndexFunc(own, func(m Match) bool { return m.Status == StatusExact }); i > 0 {
		own = own[i:]
	}
	j := Judgement{Status: own[0].Status, Matches: own[:1], Edits: own[0].Edits, Note: t.cutNote(own[0])}
	for _, edit := range own[0].Edits {
		j = j.noting(edit.note)
	}
	j = j.noting(t.announcedNote(own[0]))
	return t.mentioned(q.NamedAround, j).noting(officeNote(q.Office, t.turns[own[0].Hit].hit))
}

// mayBe reports whether the record lets a match be the claimed speaker's. Where it is in
// doubt and names nobody, a label or a doubt with the family name does; that it is the
// claimed speaker's is not said.
func (t *Turns) mayBe(claim lexicon.Name, m Match) bool {
	h := t.turns[m.Hit].hit
	if len(claim.Words) == 0 || !t.namesNobody(m) {
		whose, _ := creditOf(claim, h, t.names)
		return whose != creditOther
	}
	family := claim.Words[len(claim.Words)-1]
	return slices.Contains(lexicon.NameWords(string(h.Label+" "+h.Doubt)), family)
}

// namesakeNote says who else may be meant by a claim that agrees with a match's speaker; empty
// if nobody.
func (t *Turns) namesakeNote(claim lexicon.Name, m Match) string {
	whose, others := creditOf(claim, t.turns[m.Hit].hit, t.names)
	if whose != creditUnclear {
		return ""
	}
	return "the name may also be that of " + strings.Join(others, ", ") + "; give it in full"
}

// namesNobody reports whether the record is in doubt whose words a match has, and names nobody.
func (t *Turns) namesNobody(m Match) bool {
	h := t.turns[m.Hit].hit
	return h.Doubt != "" && h.Speaker == ""
}

func (t *Turns) doubtful(m Match) bool { return t.turns[m.Hit].hit.Doubt != "" }

// readAloud reports whether words of a match are another's, whom the speaker quotes.
func (t *Turns) readAloud(m Match) bool { return len(t.turns[m.Hit].hit.Aloud(m.Span)) > 0 }

// misattributed judges words that only others than the claimed speaker said; but
// if the speaker did say them, and merely their case differs, they are altered.
func (t *Turns) misattributed(q DraftQuote, matches []Match) Judgement {
	c := t.compare(q)
	if p := c.longestRun(c.quote, nil); p.size() == len(c.quote) && c.claimed[p.turn] { // the claimed are preferred
		return c.altered(closeness{passage: p})
	}
	j := Judgement{Status: StatusMisattributed, Matches: matches}
	hit := t.turns[matches[0].Hit].hit
	claim := lexicon.ReadName(q.Speaker)
	if _, meant := creditOf(claim, hit, t.names); hit.Speaker == "" {
		j.Note = "the record does not name who said it"
	} else if len(meant) > 0 {
		j.Note = "the name with this title is rather that of " + strings.Join(meant, ", ")
	}
	return j
}

// sources counts the speakers and transcripts that matches are from. A speaker
// without a name is another one in every turn.
func (t *Turns) sources(matches []Match) int {
	type source struct {
		transcript string
		speaker    model.Optional
		turn       int
	}
	seen := map[source]bool{}
	for _, m := range matches {
		h := t.turns[m.Hit].hit
		s := source{h.TranscriptID, h.Speaker, 0}
		if h.Speaker == "" {
			s.turn = h.Turn
		}
		seen[s] = true
	}
	return len(seen)
}

// explain says what is wrong with a quotation that stands nowhere. A slight alteration
// explains it best, then pieces of the record that were put together, then a passage
// that has much in common with it.
func (c *comparison) explain() Judgement {
	nearest := c.nearest()
	if !c.slight(nearest) {
		if j, ok := c.pieced(); ok {
			return j
		}
	}
	switch {
	case c.similar(nearest, c.AlteredShare):
		return c.altered(nearest)
	case c.similar(nearest, c.SimilarShare):
		return c.judgement(StatusNotFound, nearest)
	}
	return Judgement{Status: StatusNotFound}
}

// pieced judges a quotation that pieces of the record make up: stitched, or altered
// where they are of one passage of which words are left out.
func (c *comparison) pieced() (j Judgement, ok bool) {
	pieces := c.cover()
	if len(pieces) < 2 {
		return j, false
	}
	if left := gap(pieces); left < 0 || left > len(c.quote) {
		return c.stitched(pieces), true
	}
	first, last := pieces[0], pieces[len(pieces)-1]
	return c.altered(closeness{passage: passage{first.turn, first.first, last.last}}), true
}

func (c *comparison) altered(n closeness) Judgement {
	j := c.judgement(StatusAltered, n)
	if !c.claimed[n.turn] {
		j.Note = "the closest passage is another's"
	}
	return j
}

// judgement is one with the closest passage and what differs from it.
func (c *comparison) judgement(status Status, n closeness) Judgement {
	quote, m := c.punctuated(c.widened(n.passage))
	if turn := c.prepared[m.Hit]; turn.possesses(m.Span.End - turn.hit.Start) {
		m.Span.End++
	}
	return Judgement{Status: status, Closest: &m, Diff: diffWords(quote, c.prepared[m.Hit].slice(m.Span), c.DiffCells), slight: c.slight(n)}
}

func (c *comparison) stitched(pieces []passage) Judgement {
	j := Judgement{Status: StatusStitched, Note: c.describe(pieces)}
	for _, p := range pieces {
		j.Matches = append(j.Matches, c.match(p))
	}
	return j
}

// describe says how far apart the pieces of a stitched quotation stand.
func (c *comparison) describe(pieces []passage) string {
	oneTranscript, oneTurn, inOrder := true, true, true
	for i, p := range pieces[1:] {
		before := pieces[i]
		oneTranscript = oneTranscript && c.hit(before.turn).TranscriptID == c.hit(p.turn).TranscriptID
		oneTurn = oneTurn && before.turn == p.turn
		inOrder = inOrder && before.last <= p.first
	}
	switch {
	case !oneTranscript:
		return "the pieces are from different transcripts"
	case !oneTurn:
		return "the pieces are from different turns"
	case !inOrder:
		return "the pieces stand in another order"
	}
	return "words between the pieces are left out"
}

// judgePieces judges a quotation with ellipses: stitched, if each piece stands in
// the record; else by the first piece that does not.
func (t *Turns) judgePieces(q DraftQuote, c *comparison, texts []string) Judgement {
	found, missing := c.pieces(texts)
	if len(missing) == 0 {
		return c.stitched(found)
	}
	judgements := make([]Judgement, len(missing))
	for i, text := range missing {
		piece := t.compare(DraftQuote{Text: text, Speaker: q.Speaker})
		nearest := piece.nearest()
		if !piece.similar(nearest, c.AlteredShare) {
			return Judgement{Status: StatusNotFound, Note: "a piece of it is not in the record"}
		}
		judgements[i] = piece.altered(nearest)
	}
	return judgements[0]
}
