package answer

import (
	"slices"
	"strings"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

const (
	// Evidence answers when it meets enoughSupport of a question's weight, or a
	// little less of it with the mass of several rare words that stand together:
	// enoughMass, in weights of an unknown word. Below that the honest answer is
	// that the record does not say. Set on questions about invented and real
	// transcripts; see doc/EVALUATION.md.
	enoughSupport = 0.5
	almostSupport = 0.4
	enoughMass    = 1.6
	// premiseShare: when the person asked about uses less than this share of what
	// the questioner's own words meet, the claim was the questioner's.
	premiseShare = 0.5
	// worthwhile is the share of the best evidence that further evidence needs.
	worthwhile = 0.7
	// maxQuotations of one answer, and of each person when several are named.
	maxQuotations          = 3
	maxQuotationsPerPerson = 2
	// personBonus favours the words of a person the question mentions.
	personBonus = 0.1
	// Roles that seldom answer count less.
	questionShare  = 0.75
	moderatorShare = 0.7
)

// point is a quotation with the way it is introduced.
type point struct {
	evidence
	kind pointKind
}

type pointKind int

const (
	pointSaid     pointKind = iota // who said it, asked by whom
	pointAsked                     // a questioner's words, shown as such
	pointPremise                   // a questioner's claim, which the person asked about did not make
	pointAnswered                  // what was answered to the point before
	pointIdentity                  // where a questioner gives their name
	pointAbsent                    // no quotation: the person named said nothing on this
)

// extract chooses what of the hits answers the question; nothing when the
// record does not.
func extract(q question, result retrieval.Result) []point {
	all := weighed(q, result)
	switch {
	case q.asking:
		return askedPoints(q, all, q.topic(result.Terms))
	case q.source && len(q.persons) > 0:
		return personPoints(q, all)
	default:
		return topicPoints(q, all)
	}
}

// weighed is the evidence of the hits, best first.
func weighed(q question, result retrieval.Result) []evidence {
	topic := q.topic(result.Terms)
	all := collect(result.Hits, q, topic)
	for i := range all {
		all[i].mass = all[i].support * totalWeight(topic) / max(result.UnknownWeight, minWeight)
	}
	return all
}

// askedPoints answer who asked, or what somebody asked.
func askedPoints(q question, all []evidence, topic []retrieval.Term) []point {
	asked := slices.DeleteFunc(slices.Clone(all), func(e evidence) bool {
		ofOther := len(q.persons) > 0 && !slices.Contains(q.persons, string(e.hit.Speaker))
		return e.hit.Role != transcript.RoleQuestion || !e.answers() || ofOther
	})
	var points []point
	for _, e := range best(asked, maxQuotations) {
		if q.namesOnly(topic) {
			e = asking(e)
		}
		points = append(points, point{e, pointAsked})
		if identity, ok := identify(e); ok && len(q.persons) == 0 {
			points = append(points, point{identity, pointIdentity})
		}
	}
	return points
}

// asking is the part of a questioner's turn that asks: from its first sentence
// with a question mark to its last.
func asking(e evidence) evidence {
	runes := []rune(e.hit.Text)
	first, last := -1, -1
	for _, s := range transcript.Sentences(e.hit.Text) {
		if strings.Contains(string(runes[s.Start:s.End]), "?") {
			if first < 0 {
				first = s.Start
			}
			last = s.End
		}
	}
	if first < 0 {
		return e
	}
	e.span = transcript.Span{Start: e.hit.Start + first, End: e.hit.Start + last}
	e.text = string(runes[first:last])
	return e
}

// identify finds the sentence in which a questioner gives their name, unless
// the evidence has it already.
func identify(e evidence) (evidence, bool) {
	name := wordsOf(string(e.hit.Speaker))
	if len(name) == 0 {
		return e, false
	}
	runes := []rune(e.hit.Text)
	for _, s := range transcript.Sentences(e.hit.Text) {
		text := string(runes[s.Start:s.End])
		if !wordsOf(text).hasAll(name) {
			continue
		}
		e.span = transcript.Span{Start: e.hit.Start + s.Start, End: e.hit.Start + s.End}
		inside := e.text
		e.text = text
		return e, !wordsOf(inside).hasAll(name)
	}
	return e, false
}

// personPoints answer what the named persons said, each in their own words.
func personPoints(q question, all []evidence) []point {
	limit := maxQuotations
	if len(q.persons) > 1 {
		limit = maxQuotationsPerPerson
	}
	var points, absent []point
	for _, person := range q.persons {
		own := slices.DeleteFunc(slices.Clone(all), func(e evidence) bool { return string(e.hit.Speaker) != person })
		if premise, ok := premiseOf(q, person, own, all); ok {
			points = append(points, premise...)
			continue
		}
		said := best(answering(own), limit)
		if len(said) == 0 {
			absent = append(absent, point{evidence{hit: retrieval.Hit{Speaker: transcript.Optional(person)}}, pointAbsent})
		}
		for _, e := range said {
			points = append(points, point{e, kindOf(e)})
		}
	}
	if len(points) == 0 {
		return nil
	}
	return append(points, absent...)
}

// premiseOf recognises a claim that a questioner put to the person and that the
// person's own words do not make: "Did X say that …?", where only the question
// has it. It shows the question as the questioner's, and what X answered.
func premiseOf(q question, person string, own, all []evidence) ([]point, bool) {
	i := slices.IndexFunc(all, func(e evidence) bool {
		return e.hit.Role == transcript.RoleQuestion && string(e.hit.Speaker) != person && e.answers() && e.direct >= almostSupport
	})
	if !q.yesNo || i < 0 {
		return nil, false
	}
	claim := all[i]
	for _, e := range own {
		if e.direct >= premiseShare*claim.direct {
			return nil, false
		}
	}
	points := []point{{claim, pointPremise}}
	for _, e := range own {
		if e.hit.TranscriptID == claim.hit.TranscriptID && e.hit.Question != nil && e.hit.Question.Turn == claim.hit.Turn {
			points = append(points, point{lead(e), pointAnswered})
			break
		}
	}
	return points, len(points) > 1
}

// lead is the beginning of an evidence's turn: its first sentence, or its first
// two when the first alone is too short to mean anything.
func lead(e evidence) evidence {
	spans := transcript.Sentences(e.hit.Text)
	runes := []rune(e.hit.Text)
	end := spans[0].End
	if len(spans) > 1 && end < 40 {
		end = spans[1].End
	}
	if refused, ok := declines(e.hit.Text); ok {
		end, e.refusal = max(end, refused.End), true
	}
	e.span = transcript.Span{Start: e.hit.Start + spans[0].Start, End: e.hit.Start + end}
	e.text = string(runes[spans[0].Start:end])
	return e
}

// topicPoints answer a question that asks for no person's words.
func topicPoints(q question, all []evidence) []point {
	weighted := slices.Clone(all)
	for i := range weighted {
		e := &weighted[i]
		switch e.hit.Role {
		case transcript.RoleQuestion:
			e.support *= questionShare
		case transcript.RoleModerator:
			e.support *= moderatorShare
		}
		if slices.Contains(q.persons, string(e.hit.Speaker)) {
			e.support += personBonus
		}
	}
	slices.SortStableFunc(weighted, byMerit)
	var points []point
	for _, e := range best(withoutAnswered(answering(weighted)), maxQuotations) {
		points = append(points, point{e, kindOf(e)})
	}
	return points
}

// withoutAnswered drops a question where its answer is evidence too: the
// citation of the answer has the question.
func withoutAnswered(all []evidence) []evidence {
	answered := map[retrieval.TurnKey]bool{}
	for _, e := range all {
		if e.hit.Question != nil {
			answered[retrieval.TurnKey{TranscriptID: e.hit.TranscriptID, Turn: e.hit.Question.Turn}] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(e evidence) bool {
		return answered[retrieval.TurnKey{TranscriptID: e.hit.TranscriptID, Turn: e.hit.Turn}]
	})
}

// answers reports whether the evidence is enough for an answer.
func (e evidence) answers() bool {
	return e.support >= enoughSupport || e.support >= almostSupport && e.mass >= enoughMass
}

func answering(all []evidence) []evidence {
	return slices.DeleteFunc(slices.Clone(all), func(e evidence) bool { return !e.answers() })
}

// best are the first of a sorted list that come near the best of it, no two
// saying the same.
func best(sorted []evidence, limit int) []evidence {
	var chosen []evidence
	for _, e := range sorted {
		if len(chosen) == limit || e.merit() < worthwhile*sorted[0].merit() {
			break
		}
		if !slices.ContainsFunc(chosen, func(c evidence) bool { return sameWords(c.words, e.words) }) {
			chosen = append(chosen, e)
		}
	}
	return inOrder(chosen)
}

// inOrder puts quotations of one turn next to each other, as they were said.
func inOrder(chosen []evidence) []evidence {
	var ordered []evidence
	for len(chosen) > 0 {
		first := chosen[0].hit
		same := func(e evidence) bool { return e.hit.TranscriptID == first.TranscriptID && e.hit.Turn == first.Turn }
		turn := slices.DeleteFunc(slices.Clone(chosen), func(e evidence) bool { return !same(e) })
		slices.SortFunc(turn, func(a, b evidence) int { return a.span.Start - b.span.Start })
		ordered = append(ordered, turn...)
		chosen = slices.DeleteFunc(chosen, same)
	}
	return ordered
}

func kindOf(e evidence) pointKind {
	if e.hit.Role == transcript.RoleQuestion {
		return pointAsked
	}
	return pointSaid
}
