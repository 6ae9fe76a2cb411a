package retrievaltest

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// scopedTurn is a turn of a scope with its transcript.
type scopedTurn struct {
	model.Turn
	in   keptTranscript
	asks bool
}

func (t scopedTurn) key() retrieval.TurnKey {
	return retrieval.TurnKey{TranscriptID: t.in.stored.ID, Turn: t.Index}
}

func (t scopedTurn) spoken() bool { return t.Role != model.RoleNarration }

// turns are those of the record that some condition holds for, in its order.
func (m *Memory) turns(holds func(keptTranscript, model.Turn) bool) []scopedTurn {
	m.mu.Lock()
	defer m.mu.Unlock()
	kept := slices.Clone(m.kept)
	slices.SortStableFunc(kept, func(a, b keptTranscript) int {
		return cmp.Compare(cmp.Or(string(a.stored.Date), "~"), cmp.Or(string(b.stored.Date), "~"))
	})
	var found []scopedTurn
	for _, d := range kept {
		turns := d.Transcript.Turns
		told := slices.ContainsFunc(turns, func(t model.Turn) bool { return t.Role == model.RoleQuestion })
		for _, t := range turns {
			asks := t.Role == model.RoleQuestion || !told && t.Role != model.RoleNarration && strings.ContainsAny(t.Text, "?？؟")
			if d.current() && holds(d, t) {
				found = append(found, scopedTurn{t, d, asks})
			}
		}
	}
	return found
}

func (m *Memory) turnsInScope(scope retrieval.Scope) []scopedTurn {
	return m.turns(func(d keptTranscript, t model.Turn) bool { return inScope(scope, d, t) })
}

// Outline implements retrieval.Structure.
func (m *Memory) Outline(_ context.Context, scope retrieval.Scope, q retrieval.OutlineQuery) (o retrieval.Outline, err error) {
	parts := map[string]*retrieval.TranscriptOutline{}
	var order []*retrieval.TranscriptOutline
	times := map[string][2]int64{}
	for _, t := range m.turnsInScope(scope) {
		if q.Certain && t.Doubt != "" {
			continue
		}
		stored := t.in.stored
		p := parts[stored.ID]
		if p == nil {
			p = &retrieval.TranscriptOutline{ID: stored.ID, Title: stored.Called(), Date: stored.Date, Place: stored.Place, First: t.key(), Last: t.key()}
			parts[stored.ID], order = p, append(order, p)
		}
		p.Turns++
		p.Characters += t.End - t.Start
		if q.Words {
			p.Words += len(strings.Fields(t.Text))
		}
		if t.spoken() {
			if p.Spoken == 0 {
				p.First = t.key()
			}
			p.Spoken++
			p.Last = t.key()
		}
		if t.StartMS != nil && t.EndMS != nil {
			span, timed := times[stored.ID]
			if !timed {
				span[0] = *t.StartMS
			}
			span[1] = max(span[1], *t.EndMS)
			times[stored.ID] = span
			p.DurationMS = span[1] - span[0]
		}
	}
	o.Timed = len(times)
	for _, p := range order {
		o.Transcripts++
		o.Turns, o.Spoken, o.Characters = o.Turns+p.Turns, o.Spoken+p.Spoken, o.Characters+p.Characters
		o.Words, o.DurationMS = o.Words+p.Words, o.DurationMS+p.DurationMS
		if p.Date == "" {
			o.Undated++
			continue
		}
		o.FirstDate, o.LastDate = cmp.Or(o.FirstDate, p.Date), max(o.LastDate, p.Date)
	}
	if q.Latest {
		slices.Reverse(order)
		slices.SortStableFunc(order, func(a, b *retrieval.TranscriptOutline) int { return cmp.Compare(b.Date, a.Date) })
	}
	for _, p := range order[:min(q.Limit, len(order))] {
		o.List = append(o.List, *p)
	}
	return o, nil
}

// CountSpeakers implements retrieval.Structure.
func (m *Memory) CountSpeakers(_ context.Context, scope retrieval.Scope, q retrieval.CountQuery) (v retrieval.SpeakerCounts, err error) {
	type bearer struct {
		person    *entry
		label, in string
		uncertain bool
	}
	asking := q.Order == retrieval.ByAsking || q.Order == retrieval.ByAskingLess
	counts := map[bearer]*retrieval.SpeakerCount{}
	transcripts := map[bearer]map[string]bool{}
	marks := map[bearer]bool{} // where the first turn that asks has a question mark
	var order []bearer
	for _, t := range m.turnsInScope(scope) {
		if !t.spoken() {
			continue
		}
		id := t.in.stored.ID
		var b bearer
		switch named := t.Speaker != "" && !(t.Role == model.RoleModerator && t.Speaker == model.Moderator); {
		case t.Doubt != "":
			b.uncertain = true
		case named:
			m.mu.Lock()
			b.person = m.of(scope.Filter.Collection, retrieval.Appearance{TranscriptID: id, Name: string(t.Speaker)})
			m.mu.Unlock()
		case t.Bearer() != "":
			b.label, b.in = string(t.Bearer()), id
		}
		speaker := counts[b]
		if speaker == nil {
			speaker = &retrieval.SpeakerCount{Label: b.label, First: t.key()}
			if b.person != nil {
				speaker.Name = b.person.name
			}
			counts[b], transcripts[b], order = speaker, map[string]bool{}, append(order, b)
		}
		speaker.Turns++
		speaker.Characters += t.End - t.Start
		if transcripts[b][id] = true; t.asks {
			if marked := strings.ContainsAny(t.Text, "?？؟"); asking && (speaker.Asking == 0 || marked && !marks[b]) {
				speaker.FirstAsking, marks[b] = t.key(), marked
			}
			speaker.Asking++
		}
		speaker.Transcripts = len(transcripts[b])
	}
	for _, b := range order {
		speaker := counts[b]
		if asking && speaker.Asking == 0 {
			continue
		}
		v.Turns, v.Characters = v.Turns+speaker.Turns, v.Characters+speaker.Characters
		switch {
		case b.uncertain:
			v.Uncertain += speaker.Turns
			continue
		case b.person != nil:
			v.Named++
		case b.label != "":
			v.Labels++
		default:
			v.Unlabelled += speaker.Turns
			continue
		}
		v.List = append(v.List, *speaker)
	}
	measure := map[retrieval.SpeakerOrder]func(retrieval.SpeakerCount) int{
		retrieval.ByAppearance: func(retrieval.SpeakerCount) int { return 0 },
		retrieval.ByMost:       func(v retrieval.SpeakerCount) int { return -v.Characters },
		retrieval.ByLeast:      func(v retrieval.SpeakerCount) int { return v.Characters },
		retrieval.ByAsking:     func(v retrieval.SpeakerCount) int { return -v.Asking },
		retrieval.ByAskingLess: func(v retrieval.SpeakerCount) int { return v.Asking },
	}[q.Order]
	slices.SortStableFunc(v.List, func(a, b retrieval.SpeakerCount) int { return cmp.Compare(measure(a), measure(b)) })
	v.List = v.List[:min(q.Limit, len(v.List))]
	return v, nil
}

// Exchanges implements retrieval.Structure.
func (m *Memory) Exchanges(_ context.Context, scope retrieval.Scope, answered bool, each func(retrieval.Exchange) error) error {
	for _, t := range m.turns(func(keptTranscript, model.Turn) bool { return true }) {
		if !t.asks {
			continue
		}
		e := retrieval.Exchange{TurnText: retrieval.TurnText{TurnKey: t.key(), Text: t.Text}}
		wanted := inScope(scope, t.in, t.Turn)
		answer := slices.IndexFunc(t.in.Transcript.Turns, func(a model.Turn) bool { return a.Answers != nil && *a.Answers == t.Index })
		if answered && answer >= 0 {
			a := t.in.Transcript.Turns[answer]
			e.Answer = &retrieval.TurnText{TurnKey: retrieval.TurnKey{TranscriptID: e.TranscriptID, Turn: a.Index}, Text: a.Text}
			wanted = wanted || inScope(scope, t.in, a)
		}
		if !wanted {
			continue
		}
		if err := each(e); err != nil {
			return err
		}
	}
	return nil
}

// Containing implements retrieval.Structure.
func (m *Memory) Containing(_ context.Context, scope retrieval.Scope, q retrieval.ContainingQuery, each func(retrieval.ContainingTurn) error) error {
	seen, passages := map[string]bool{}, 0
	for _, t := range m.turnsInScope(scope) {
		id := t.in.stored.ID
		for _, p := range t.in.Passages {
			if p.Turn != t.Index || q.First && seen[id] || q.Within != nil && !slices.Contains(q.Within, id) || !hasAll(q.Lexemes, p) && !(q.Across && hasAcross(q.Lexemes, t.in.Passages, p.Ordinal)) {
				continue
			}
			if passages++; q.Limit > 0 && passages > q.Limit {
				return nil
			}
			seen[id] = true
			found := retrieval.ContainingTurn{TurnText: retrieval.TurnText{TurnKey: t.key(), Text: t.Text}, Date: t.in.stored.Date, Speaker: t.Speaker, Doubt: t.Doubt}
			if t.Speaker != "" {
				m.mu.Lock()
				if person := m.of(scope.Filter.Collection, retrieval.Appearance{TranscriptID: id, Name: string(t.Speaker)}); person != nil {
					found.Speaker = model.Optional(person.name)
				}
				m.mu.Unlock()
			}
			if err := each(found); err != nil {
				return err
			}
		}
	}
	return nil
}

// hasAcross reports whether a passage and one of its turn beside it have all lexemes.
func hasAcross(lexemes []retrieval.Lexeme, passages []retrieval.Passage, i int) bool {
	for _, beside := range []int{i - 1, i + 1} {
		if beside >= 0 && beside < len(passages) && passages[beside].Turn == passages[i].Turn && hasAll(lexemes, passages[i], passages[beside]) {
			return true
		}
	}
	return false
}

func hasAll(lexemes []retrieval.Lexeme, passages ...retrieval.Passage) bool {
	return !slices.ContainsFunc(lexemes, func(wanted retrieval.Lexeme) bool {
		return !slices.ContainsFunc(passages, func(p retrieval.Passage) bool {
			return slices.ContainsFunc(p.LexemeWeights(), func(w retrieval.LexemeWeight) bool { return w.Lexeme == wanted })
		})
	})
}

// WaitingTranscripts implements retrieval.Structure.
func (m *Memory) WaitingTranscripts(_ context.Context, scope retrieval.Scope) (n int, err error) {
	scope.Filter.Speaker, scope.Filter.Role = "", ""
	seen := map[string]bool{}
	for _, t := range m.turnsInScope(scope) {
		if stored := t.in.stored; stored.Pending > 0 && !seen[stored.ID] {
			seen[stored.ID] = true
			n++
		}
	}
	return n, nil
}
