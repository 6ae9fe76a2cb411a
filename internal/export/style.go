package export

import (
	"strings"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
)

// Style is a citation style: how a note names its source.
type Style struct {
	Name string
	cite func(source, answer.Citation) []span
}

// span is a part of a note, in italics or not, with a direction of its own.
type span struct {
	Text   string
	Italic bool
}

// Styles lists the citation styles; the first is the default. They follow the
// Chicago Manual of Style (17th edition, notes), the APA Publication Manual (7th
// edition) and the MLA Handbook (9th edition) for transcripts of spoken words.
func Styles() []Style {
	return []Style{{"chicago", chicago}, {"apa", apa}, {"mla", mla}}
}

// StyleOf finds a style by its name; none is the default.
func StyleOf(name string) (Style, error) {
	styles := Styles()
	if name == "" {
		return styles[0], nil
	}
	for _, s := range styles {
		if s.Name == name {
			return s, nil
		}
	}
	return Style{}, fault.New(fault.Invalid, "there is no citation style %q; the styles are %s", name, StyleList())
}

// StyleList names the styles, for a sentence.
func StyleList() string {
	var names []string
	for _, s := range Styles() {
		names = append(names, s.Name)
	}
	return strings.Join(names, ", ")
}

// chicago: Jane Roe (Harbour Office), “Title” (press briefing, Place, October 18, 2011).
// An interview: Jane Roe, “Title,” interview by John Poe, October 18, 2011.
func chicago(s source, c answer.Citation) []span {
	date := ""
	if t, ok := s.day(); ok {
		date = t.Format("January 2, 2006")
	}
	who := credit(c.Credit().Name(""), ", ")
	if by := s.interviewers(); len(by) > 0 {
		return append(who, span{Text: "“" + ended(s.title, ",") + "”"},
			span{Text: " " + join(", ", "interview by "+strings.Join(by, " and "), s.place, date) + "."})
	}
	return append(who, span{Text: "“" + s.title + "”"}, span{Text: " (" + join(", ", s.kind.name, s.place, date) + ")."})
}

// apa: Roe, J. (2011, October 18). Title [Transcript of a press briefing]. Place.
func apa(s source, c answer.Citation) []span {
	date := "n.d."
	if t, ok := s.day(); ok {
		date = t.Format("2006, January 2")
	}
	what := span{Text: " [" + s.what() + "]." + asSentence(s.place)}
	who := creditOf(c, personName.abbreviated)
	if who == nil {
		return []span{{s.title, true}, {Text: " (" + date + ")"}, what}
	}
	return append(who, span{Text: "(" + date + "). "}, span{s.title, true}, what)
}

// mla: Roe, Jane. “Title.” Press briefing, 18 Oct. 2011, Place.
func mla(s source, c answer.Citation) []span {
	date := ""
	if t, ok := s.day(); ok {
		month := t.Format("January")
		if len(month) > 4 {
			month = month[:3] + "."
			if t.Month() == 9 {
				month = "Sept."
			}
		}
		date = t.Format("2 ") + month + t.Format(" 2006")
	}
	what := strings.ToUpper(s.kind.name[:1]) + s.kind.name[1:]
	if by := s.interviewers(); len(by) > 0 {
		what += " by " + strings.Join(by, " and ")
	}
	return append(creditOf(c, personName.inverted), span{Text: "“" + closed(s.title) + "”"}, span{Text: " " + join(", ", what, date, s.place) + "."})
}

// creditOf is the speaker's name as a style writes it; who is uncertain is no name.
func creditOf(c answer.Citation, write func(personName) string) []span {
	name := c.Credit().Name("")
	if certain := c.Credit().Certain(); certain != "" {
		name = write(readName(string(certain)))
	}
	if name == "" {
		return nil
	}
	return credit(closed(name), " ")
}

// credit is a name, if there is one, and what divides it from what follows: the
// name may run in another direction.
func credit(name, separator string) []span {
	if name == "" {
		return nil
	}
	return []span{{Text: name}, {Text: separator}}
}

// closed ends a text with a full stop, unless it ends as a sentence does.
func closed(s string) string { return ended(s, ".") }

func ended(s, mark string) string {
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") {
		return s
	}
	return s + mark
}

// asSentence is a place as a sentence of its own, after another.
func asSentence(s string) string {
	if s == "" {
		return ""
	}
	return " " + closed(s)
}
