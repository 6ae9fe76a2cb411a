package answer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/answer/about"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// questionMarks end questions, in several scripts.
const questionMarks = "?？؟"

// opening quotes how a turn begins: its first sentence, or two short ones.
func (r *recordScope) opening(turn retrieval.TurnKey, introduce func(h retrieval.Hit) string) cited {
	return cited{turn, introduce, func(h retrieval.Hit) excerpt {
		spans := sentencesOf(h)
		first := spans[0]
		if len(spans) > 1 && first.End < r.shape.ShortLead {
			first.End = spans[1].End
		}
		return r.quoted(h, first)
	}}
}

// sentencesOf are the sentences of a turn, from its text's start: at least one.
func sentencesOf(h retrieval.Hit) []sentence.Span {
	if spans := sentence.Split(h.Text); len(spans) > 0 {
		return spans
	}
	return []sentence.Span{{Start: 0, End: utf8.RuneCountInString(h.Text)}}
}

// closing quotes how a turn ends.
func (r *recordScope) closing(turn retrieval.TurnKey, introduce func(h retrieval.Hit) string) cited {
	return cited{turn, introduce, func(h retrieval.Hit) excerpt {
		spans := sentencesOf(h)
		return r.quoted(h, spans[len(spans)-1])
	}}
}

// asking quotes the first question of a turn, or how it begins.
func (r *recordScope) asking(turn retrieval.TurnKey, introduce func(h retrieval.Hit) string) cited {
	begins := r.opening(turn, introduce)
	return cited{turn, introduce, func(h retrieval.Hit) excerpt {
		runes := []rune(h.Text)
		for _, s := range sentence.Split(h.Text) {
			if strings.ContainsAny(string(runes[s.Start:s.End]), questionMarks) {
				return r.quoted(h, s)
			}
		}
		return begins.excerpt(h)
	}}
}

// answered introduces an answer.
func answered(h retrieval.Hit) string { return turnSpeaker(h) + " answered" }

// declined quotes a turn that does nothing but decline to answer.
func (r *recordScope) declined(turn retrieval.TurnKey) cited {
	return r.opening(turn, func(h retrieval.Hit) string { return turnSpeaker(h) + " declined to answer that" })
}

// refusing quotes a turn from its beginning to the sentence behind its words of refusal, which
// may answer after all.
func (r *recordScope) refusing(turn retrieval.TurnKey) cited {
	begins := r.opening(turn, answered)
	return cited{turn, answered, func(h retrieval.Hit) excerpt {
		refusal, refuses := r.shape.refusal(readTurn(h))
		if !refuses {
			return begins.excerpt(h)
		}
		spans := sentencesOf(h)
		_, last := sentence.Touching(spans, sentence.Span{Start: refusal.Start - h.Start, End: refusal.End - h.Start})
		return r.quoted(h, sentence.Span{Start: spans[0].Start, End: spans[min(last+1, len(spans)-1)].End})
	}}
}

// mentioning quotes the first sentence of a turn that mentions the question's topic.
func (r *recordScope) mentioning(turn retrieval.TurnKey) cited {
	introduce := func(h retrieval.Hit) string {
		if h.Role == model.RoleNarration {
			return credited(h.Credit()) + " says"
		}
		if h.Role == model.RoleQuestion {
			return turnSpeaker(h) + " asked"
		}
		return turnSpeaker(h) + " said"
	}
	begins := r.opening(turn, introduce)
	return cited{turn, introduce, func(h retrieval.Hit) excerpt {
		if s, ok := retrieval.Mention(h.Text, r.question.Topic); ok {
			return r.quoted(h, s)
		}
		return begins.excerpt(h)
	}}
}

// dated quotes how a transcript begins, or the sentence of its first turn that tells the
// date or the place that is asked for.
func (r *recordScope) dated(p retrieval.TranscriptOutline) cited {
	return cited{p.First, func(h retrieval.Hit) string {
		does, place := "begins", ""
		if _, tells := r.telling(p, h); tells {
			does = "says"
		}
		if name := words.Name(string(p.Place)); r.question.Where && name != "" && r.outline.Transcripts > 1 {
			place = ", " + name
		}
		return fmt.Sprintf("%s%s; %s %s", count(p.Turns, "turn"), place, turnSpeaker(h), does)
	}, func(h retrieval.Hit) excerpt {
		if s, tells := r.telling(p, h); tells {
			return r.quoted(h, s)
		}
		return r.opening(p.First, nil).excerpt(h)
	}}
}

// telling is the first sentence of a turn that has the date of its transcript as English
// writes it, or the place, if a question wants to know those of this transcript alone.
func (r *recordScope) telling(p retrieval.TranscriptOutline, h retrieval.Hit) (s sentence.Span, tells bool) {
	if r.question.Kind != about.Held || r.outline.Transcripts > 1 {
		return s, false
	}
	var told []string
	if day, err := time.Parse(time.DateOnly, string(p.Date)); err == nil && r.question.When {
		told = append(told, day.Format("2 January"), day.Format("January 2"), day.Format(time.DateOnly))
	}
	if p.Place != "" && r.question.Where {
		told = append(told, string(p.Place))
	}
	runes := []rune(h.Text)
	for _, s := range sentence.Split(h.Text) {
		text := string(runes[s.Start:s.End])
		if slices.ContainsFunc(told, func(words string) bool { return strings.Contains(text, words) }) {
			return s, true
		}
	}
	return s, false
}

// quoted is an excerpt of a turn, from its text's start. It ends with a word where a
// sentence has more of them than a quotation.
func (r *recordScope) quoted(h retrieval.Hit, s sentence.Span) excerpt {
	words, inWord := 0, false
	for i, c := range []rune(h.Text)[s.Start:s.End] {
		if letter := !unicode.IsSpace(c); letter != inWord {
			if inWord = letter; !inWord {
				words++
			}
		}
		if words == r.shape.MaxWords {
			s.End = s.Start + i
			break
		}
	}
	return readTurn(h).excerpt(s)
}

// count is a number of things, with their name in the right number.
func count(n int, name string) string { return thousands(n) + " " + name + verb(n, "", "s") }

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// thousands writes a number with its thousands apart.
func thousands(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// share is a part of a whole, in hundredths.
func share(part, whole int) string {
	switch percent := (100*part + whole/2) / max(whole, 1); {
	case percent == 0 && part > 0:
		return "less than 1 %"
	default:
		return strconv.Itoa(percent) + " %"
	}
}

// dayText writes a date of the record.
func dayText(date model.Optional) string {
	day, err := time.Parse(time.DateOnly, string(date))
	if err != nil {
		return string(date)
	}
	return day.Format("2 January 2006")
}

func uncapital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return strings.ToLower(string(first)) + s[size:]
}
