package correction

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// split divides turn i at a place, counted in code points from its start. Where in the
// recording that is nobody knows, unless the turn has cues.
func (e *editor) split(i, at int) {
	first := e.t.Turns[i]
	runes := []rune(first.Text)
	second := first
	first.Text = strings.TrimRightFunc(string(runes[:at]), unicode.IsSpace)
	second.Text = strings.TrimLeftFunc(string(runes[at:]), unicode.IsSpace)
	first.End = first.Start + utf8.RuneCountInString(first.Text)
	second.Start = second.End - utf8.RuneCountInString(second.Text)
	second.Label = ""
	first.EndMS, second.StartMS = nil, nil
	if cues := e.t.Turns[i].Cues; cues != nil {
		_, first.EndMS = e.t.Turns[i].Times(sentence.Span{Start: first.Start, End: first.End})
		second.StartMS, _ = e.t.Turns[i].Times(sentence.Span{Start: second.Start, End: second.End})
		first.SetCues(cues)
		second.SetCues(cues.From(second.Start - first.Start))
	}

	e.renumber(func(answered int) int {
		if answered > i {
			return answered + 1
		}
		return answered
	})
	first.Answers, second.Answers = e.t.Turns[i].Answers, e.t.Turns[i].Answers
	e.replace(i, 1, first, second)
}

// takeLabel takes a label out of the words of a turn that was divided off: one that the
// parser did not recognise, which may be why it was divided. It is a label only if it is
// the name of whoever speaks, or what is printed before other turns of theirs: other words
// before a colon were said.
func (e *editor) takeLabel(i int, speaker string) {
	turn := &e.t.Turns[i]
	label, rest, found := strings.Cut(turn.Text, ":")
	words := strings.TrimLeftFunc(rest, unicode.IsSpace)
	if !found || words == rest || fold(words) == "" || !namesAs(label, speaker) && !e.labels(label, speaker) {
		return
	}
	turn.Label, turn.Text = model.Optional(label), words
	start := turn.End - utf8.RuneCountInString(words)
	cues := turn.Cues.From(start - turn.Start)
	turn.StartMS, _ = turn.Times(sentence.Span{Start: start, End: turn.End})
	turn.Start = start
	turn.SetCues(cues)
	e.cards[i] = newCard(words)
}

// labels reports whether a label is printed before a turn of a speaker.
func (e *editor) labels(label, speaker string) bool {
	return fold(label) != "" && slices.ContainsFunc(e.t.Turns, func(t model.Turn) bool {
		return string(t.Speaker) == speaker && fold(string(t.Label)) == fold(label)
	})
}

// namesAs reports whether a label is a name or a part of it, with titles or without: JOHN
// POE, Poe, Mr. Poe.
func namesAs(label, name string) bool {
	called := strings.Fields(label)
	for len(called) > 1 && lexicon.IsTitle(called[0]) {
		called = called[1:]
	}
	named := strings.Fields(name)
	for len(called) > 0 && len(named) > 0 {
		if strings.EqualFold(fold(called[0]), fold(named[0])) {
			called = called[1:]
		}
		named = named[1:]
	}
	return fold(label) != "" && len(called) == 0
}

// join makes one turn of turn i and the next. What stands between them is a label, white
// space or page furniture. A label that was not certain to be one may be words that were
// said, and becomes a part of the turn; all else is left out of the canonical text, or it
// would enter the quotations.
func (e *editor) join(i int) {
	first, second := e.t.Turns[i], e.t.Turns[i+1]
	text := []rune(e.t.Text)
	between := string(text[first.End:second.Start])
	if second.Doubt == "" || second.Label == "" || !strings.HasPrefix(fold(between), fold(string(second.Label))) {
		between = blankLike(between)
	}
	shift := utf8.RuneCountInString(between) - (second.Start - first.End)
	e.t.Text = string(text[:first.End]) + between + string(text[second.Start:])
	joined := first
	joined.Text = first.Text + between + second.Text
	joined.End = second.End + shift
	joined.EndMS = second.EndMS
	joined.SetCues(joinCues(first, second, second.Start+shift-first.Start))

	for j := i + 2; j < len(e.t.Turns); j++ {
		e.t.Turns[j].Start += shift
		e.t.Turns[j].End += shift
	}
	e.renumber(func(answered int) int {
		if answered > i {
			return answered - 1
		}
		return answered
	})
	if joined.Answers = e.t.Turns[i].Answers; joined.Answers != nil && *joined.Answers == i {
		joined.Answers = nil
	}
	e.replace(i, 2, joined)
}

// joinCues are the cues of two turns that become one, in which the second begins at a place.
func joinCues(first, second model.Turn, at int) model.Cues {
	cues, later := slices.Clone(first.Cues), slices.Clone(second.Cues)
	if (len(later) == 0 || later[0].At > 0) && second.StartMS != nil {
		begins := model.Cue{StartMS: *second.StartMS, EndMS: *second.StartMS}
		if len(later) == 0 && second.EndMS != nil {
			begins.EndMS = *second.EndMS
		}
		later = slices.Insert(later, 0, begins)
	}
	if len(cues) == 0 && len(later) > 0 && first.StartMS != nil && first.EndMS != nil {
		cues = append(cues, model.Cue{StartMS: *first.StartMS, EndMS: *first.EndMS})
	}
	for _, c := range later {
		c.At += at
		cues = append(cues, c)
	}
	return cues
}

// blankLike is the white space that parts words as a text does: as it is where nothing
// else stands there, else a paragraph's end, or a blank.
func blankLike(between string) string {
	switch {
	case strings.TrimSpace(between) == "":
		return between
	case strings.Contains(between, "\n\n"):
		return "\n\n"
	}
	return " "
}

// renumber gives the turns that are answered their new numbers.
func (e *editor) renumber(number func(int) int) {
	for i := range e.t.Turns {
		if answers := e.t.Turns[i].Answers; answers != nil {
			n := number(*answers)
			e.t.Turns[i].Answers = &n
		}
	}
}

// replace puts turns in the place of n others.
func (e *editor) replace(i, n int, turns ...model.Turn) {
	var cards []card
	for _, t := range turns {
		cards = append(cards, newCard(t.Text))
	}
	e.t.Turns = slices.Replace(e.t.Turns, i, i+n, turns...)
	e.cards = slices.Replace(e.cards, i, i+n, cards...)
	for j := range e.t.Turns {
		e.t.Turns[j].Index = j
	}
}

// relink says which questions are answered, now that turn i is what it is. An answer
// answers the question before it; to a question belong the answers that follow it, up to
// the next one.
func (e *editor) relink(i int) {
	turns := e.t.Turns
	if turns[i].Role == model.RoleQuestion {
		for j := i + 1; j < len(turns) && turns[j].Role != model.RoleQuestion; j++ {
			if turns[j].Role == model.RoleAnswer && (turns[j].Answers == nil || *turns[j].Answers < i) {
				turns[j].Answers = &i
			}
		}
	}
	for j := range turns {
		t := &turns[j]
		switch {
		case t.Role != model.RoleAnswer && j == i:
			t.Answers = nil
		case t.Role != model.RoleAnswer:
		case t.Answers == nil && j == i, t.Answers != nil && *t.Answers == i && !asks(turns[i]):
			t.Answers = questionBefore(turns, j)
		}
	}
}

func asks(t model.Turn) bool { return t.Role == model.RoleQuestion || t.Role == model.RoleModerator }

// questionBefore is the last question before turn i; nil for none.
func questionBefore(turns []model.Turn, i int) *int {
	for j := i - 1; j >= 0; j-- {
		if turns[j].Role == model.RoleQuestion {
			return &j
		}
	}
	return nil
}

// listSpeakers lists those who speak in the turns, and after them those who were listed
// though they spoke in none of the former turns.
func (e *editor) listSpeakers(former []model.Turn) {
	speakers := model.ListSpeakers(e.t.Turns)
	for i := range speakers {
		if speakers[i].Affiliation == "" {
			speakers[i].Affiliation = e.affiliation(model.Optional(speakers[i].Name))
		}
	}
	known := map[string]bool{}
	for _, s := range slices.Concat(speakers, model.ListSpeakers(former)) {
		known[s.Name] = true
	}
	for _, s := range e.t.Speakers {
		if !known[s.Name] {
			speakers = append(speakers, s)
		}
	}
	e.t.Speakers = speakers
}
