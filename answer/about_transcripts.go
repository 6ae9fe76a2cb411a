package answer

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/pullquote/pullquote/answer/about"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
)

// transcripts tell which there are, or when and where the only one was.
func (r *recordScope) transcripts() (f facts) {
	o := r.outline
	if o.Transcripts > 1 || r.question.Kind == about.Transcripts {
		f.say(countTranscripts(o))
	} else {
		f.say(r.held(o.List[0]))
	}
	for _, p := range o.List {
		f.cite(r.dated(p))
	}
	f.more(o.Transcripts - len(o.List))
	return f
}

// first tells the transcript that is the first in some order: the latest or the earliest.
func (r *recordScope) first(order string) (f facts) {
	p, all := r.outline.List[0], count(r.outline.Transcripts, "transcript")
	if p.Date == "" {
		f.say("Of " + all + " none has a date.")
		return f
	}
	f.say(fmt.Sprintf("The %s of %s is %s.", order, all, described(p)))
	f.cite(r.dated(p))
	return f
}

// countTranscripts says how many there are, and of what time.
func countTranscripts(o retrieval.Outline) string {
	said := count(o.Transcripts, "transcript") + verb(o.Transcripts, " is", " are") + " in reach"
	switch {
	case o.FirstDate == "":
	case o.FirstDate == o.LastDate:
		said += ", of " + dayText(o.FirstDate)
	default:
		said += ", from " + dayText(o.FirstDate) + " to " + dayText(o.LastDate)
	}
	if o.Undated > 0 {
		said += "; " + thousands(o.Undated) + verb(o.Undated, " has", " have") + " no date"
	}
	return capital(said) + "."
}

// described names a transcript by its title and its date.
func described(p retrieval.TranscriptOutline) string {
	title := cmp.Or(words.Title(string(p.Title)), "a transcript without a title")
	return title + ", of " + dayText(p.Date)
}

// held says when a transcript was, and where, as far as the record knows and the question
// asks.
func (r *recordScope) held(p retrieval.TranscriptOutline) string {
	var said []string
	switch {
	case !r.question.When:
	case p.Date == "":
		said = append(said, "the record gives no date")
	default:
		said = append(said, "the date is "+dayText(p.Date))
	}
	switch place := words.Name(string(p.Place)); {
	case !r.question.Where:
	case place == "":
		said = append(said, "the record gives no place")
	default:
		said = append(said, "the place is "+place)
	}
	return capital(strings.Join(said, "; ")) + "."
}

// length tells how long the transcripts are.
func (r *recordScope) length(ctx context.Context) (f facts, err error) {
	o, err := r.Outline(ctx, retrieval.OutlineQuery{Words: r.outline.Turns <= mostWordsOf, Limit: mostListed})
	if err != nil {
		return f, err
	}
	f.say(capital(extentText(o.Extent)) + r.ofTranscripts() + lasting(o) + ".")
	if len(o.List) == 1 {
		p := o.List[0]
		begins := r.opening(p.First, func(h retrieval.Hit) string { return turnSpeaker(h) + " begins it" })
		if p.First == p.Last {
			f.cite(begins)
			return f, nil
		}
		f.cite(begins, r.closing(p.Last, func(h retrieval.Hit) string { return turnSpeaker(h) + " ends it" }))
		return f, nil
	}
	for _, p := range o.List {
		f.cite(r.opening(p.First, func(h retrieval.Hit) string { return extentText(p.Extent) + "; " + turnSpeaker(h) + " begins" }))
	}
	f.more(o.Transcripts - len(o.List))
	return f, nil
}

// mostWordsOf is in how many turns words are counted: 100,000, whose texts take three
// seconds to read. In more, characters are.
const mostWordsOf = 100_000

// extentText is how much there is, in turns and, where they can be told, in words.
func extentText(e retrieval.Extent) string {
	if said := wordsIn(e); said != "" {
		return count(e.Turns, "turn") + " with " + said
	}
	return count(e.Turns, "turn") + " with " + count(e.Characters, "character")
}

// longWord is beyond the mean length of words, in characters: 15. Longer ones are of a
// script without spaces, in which words cannot be counted.
const longWord = 15

func wordsIn(e retrieval.Extent) string {
	if e.Words == 0 || e.Characters > longWord*e.Words {
		return ""
	}
	return count(e.Words, "word")
}

// lasting says how long what has times takes.
func lasting(o retrieval.Outline) string {
	minutes := int(o.Duration().Round(time.Minute) / time.Minute)
	switch {
	case o.Timed == 0:
		return ""
	case minutes == 0:
		return ", less than a minute"
	case o.Timed < o.Transcripts:
		return fmt.Sprintf("; of %s that %s times, %s", thousands(o.Timed), verb(o.Timed, "has", "have"), count(minutes, "minute"))
	}
	return ", " + count(minutes, "minute")
}

// mentions tell which transcripts mention something, each by the first sentence that does.
func (r *recordScope) mentions(ctx context.Context) (f facts, err error) {
	found, err := r.Mentions(ctx, r.question.Topic)
	if err != nil {
		return f, err
	}
	topic := words.Title(r.question.Topic)
	if len(found) == 0 {
		return facts{nothing: fmt.Sprintf("None of %s in reach mentions %s.", count(r.outline.Transcripts, "transcript"), topic)}, nil
	}
	f.say(fmt.Sprintf("%s of %s%s %s.", capital(thousands(len(found))), count(r.outline.Transcripts, "transcript"), verb(len(found), " mentions", " mention"), topic))
	for _, turn := range found[:min(len(found), mostListed)] {
		f.cite(r.mentioning(turn))
	}
	f.more(len(found) - mostListed)
	return f, nil
}
