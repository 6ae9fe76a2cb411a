package export

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/quotes"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// section is an answer as a part of a document.
type section struct {
	Question   string
	About      string // when it was asked, and how it was made
	Notice     string
	Paragraphs [][]segment
	Notes      []note
}

// segment is prose, or a quotation with the number of its note. A quotation's
// marks are the encoder's to set.
type segment struct {
	Text string
	Note int // 0 for prose
}

// note is what stands at the foot of the page for one quotation.
type note struct {
	Number   int
	Citation answer.Citation
	Source   []span // in the style that was chosen
	Context  string // the role, and the question that was answered
	Locator  string // turn, offsets, version and hash
	Heard    string // the time at which the recording has the words, empty where there is none
	MediaURL string // where it has them
	URL      string
}

// sections divides a document.
func (d *Document) sections() []section {
	var all []section
	number := 0
	for _, a := range d.Answers {
		s := section{Question: words.InertLine(a.Question), About: about(a), Notice: words.InertLine(a.Notice), Paragraphs: paragraphs(a, number)}
		for _, c := range answer.Standing(a.Citations) {
			number++
			c.Number = number
			s.Notes = append(s.Notes, d.note(c))
		}
		all = append(all, s)
	}
	return all
}

func about(a answer.Answer) string {
	done, made := "Asked", "made of the record's sentences alone (extractive)"
	switch {
	case a.Mode == answer.ModeSearch:
		done, made = "Searched for", "whole turns as they stand in the record, the most relevant first"
	case a.Mode == answer.ModeClippings:
		done, made = "Collected", "quotations that a reader chose, each as it stands in the record"
	case a.Model != "":
		made = "written by " + words.Title(a.Model) + ", every quotation put in from the record"
	}
	return fmt.Sprintf("%s on %s; %s.", done, a.CreatedAt.UTC().Format("2 January 2006, 15:04 UTC"), made)
}

// paragraphs divides an answer's text at its quotations. Offsets count code
// points; a quotation stands between marks, and its number in brackets follows. Where one is
// redacted its notice stands, without a number, for there is nothing to be noted.
func paragraphs(a answer.Answer, before int) [][]segment {
	text := []rune(a.Text)
	var all [][]segment
	var current []segment
	prose := func(s string) {
		for i, part := range strings.Split(s, "\n\n") {
			if i > 0 && len(current) > 0 {
				all, current = append(all, current), nil
			}
			if part = words.Inert(part); part != "" {
				current = append(current, segment{Text: part})
			}
		}
	}
	at := 0
	for _, c := range a.Citations {
		mark := len([]rune(fmt.Sprintf(" [%d]", c.Number)))
		if c.Redacted {
			prose(string(text[at:c.AnswerStart]))
			at = c.AnswerEnd + mark
			continue
		}
		before++
		prose(string(text[at : c.AnswerStart-1]))
		current = append(current, segment{words.OneLine(c.Quote), before})
		at = c.AnswerEnd + 1 + mark
	}
	prose(string(text[at:]))
	if len(current) > 0 {
		all = append(all, current)
	}
	return all
}

func (d *Document) note(c answer.Citation) note {
	s := newSource(d.Records[c.TranscriptID], cited{Citation: c})
	s.title, s.place = cmp.Or(words.Title(s.title), s.untitled()), words.Name(s.place)
	return note{
		Number: c.Number, Citation: c, Source: d.Style.cite(s, c),
		Context: contextOf(c), Locator: locatorOf(c), Heard: c.Heard(), MediaURL: string(c.MediaURL), URL: c.URL,
	}
}

// contextOf says in which role the words were said, and what keeps them from being the
// speaker's own for certain.
func contextOf(c answer.Citation) string {
	caution := []rune(c.Caution())
	if len(caution) > 0 {
		caution[0] = unicode.ToUpper(caution[0])
		caution = append(caution, '.')
	}
	return join(" ", roleOf(c), string(caution))
}

// roleOf says in which role the words were said. A questioner's premise is nobody's
// answer.
func roleOf(c answer.Citation) string {
	switch c.Role {
	case model.RoleQuestion:
		return "Said in asking a question."
	case model.RoleModerator:
		return "Said as moderator."
	case model.RoleNarration:
		return "The text accompanying the transcript, nobody's spoken words."
	case model.RoleStatement:
		return "Said in a statement."
	case model.RoleAnswer:
	}
	if c.Question == nil {
		return "Said in an answer."
	}
	asker := "a question"
	if name := c.Question.Credit().Name(""); name != "" {
		asker += " of " + name
	}
	return "Said in answer to " + asker + " (turn " + fmt.Sprint(c.Question.Turn) + "): " + excerpt(c.Question.Text)
}

const excerptRunes = 300

// excerpt quotes a question from its first sentence on, as far as there is room.
func excerpt(text string) string {
	runes := []rune(text)
	end := 0
	for _, s := range sentence.Split(text) {
		if end > 0 && s.End > excerptRunes {
			break
		}
		end = s.End
	}
	quoted := "“" + words.OneLine(string(runes[:end])) + "”"
	if strings.TrimSpace(string(runes[end:])) != "" {
		quoted += " and more"
	}
	shown := sentence.Span{End: end}
	if quoting := quotes.Quoting(shown, quotes.Within(shown, 0, quotes.ReadAloud(text, ""))); quoting != "" {
		quoted += " (" + quoting + ")."
	}
	return quoted
}

// locatorOf is where the words stand; Read takes it back.
func locatorOf(c answer.Citation) string {
	return fmt.Sprintf("Turn %d, characters %d to %d of version %d, SHA-256 %s.", c.Turn, c.Start, c.End, c.Version, c.SHA256)
}
