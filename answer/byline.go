package answer

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/quotes"
)

// byline is the program's own credit of a quotation: whose words it has and, where they
// are another's still, that the speaker is quoting.
func byline(e excerpt) string { return join(", ", credited(e.hit.Credit()), e.quoting()) }

// credited names the speaker and says, of a question, that it is one.
func credited(c model.Credit) string {
	switch {
	case c.Role == model.RoleQuestion:
		return speakerName(c) + ", asking"
	case c.Role == model.RoleNarration && c.Doubt == "":
		return "the text accompanying the transcript"
	}
	return speakerName(c)
}

// quoting says how much of an excerpt its speaker reads aloud; empty where nothing is.
func (e excerpt) quoting() string { return quotes.Quoting(e.span, e.hit.Aloud(e.span)) }

// bylined puts behind each quotation what the prose does not say of it: the speaker
// where none is named or certain, that words are read aloud, and once for each transcript its title and date.
func (w *writer) bylined(parts []part) []part {
	var all []part
	for i, p := range parts {
		all = append(all, p)
		if p.quote == nil {
			continue
		}
		var said []string
		switch quoting := p.quote.quoting(); {
		case p.quote.hit.Doubt != "" || !names(parts, i):
			said = append(said, byline(*p.quote))
		case quoting != "":
			said = append(said, quoting)
		}
		if source := w.source(p.quote.hit); source != "" {
			said = append(said, source)
		}
		if len(said) > 0 {
			all = append(all, part{prose: " (" + strings.Join(said, "; ") + ")"})
		}
	}
	return all
}

// speakerName names a speaker as an answer does.
func speakerName(c model.Credit) string {
	unnamed := "a speaker whom the record does not name"
	switch {
	case c.Doubt == "" && c.Role == model.RoleModerator && (c.Speaker == "" || c.Speaker == moderatorName):
		return "the moderator"
	case c.Role == model.RoleQuestion:
		unnamed = "a questioner whom the record does not name"
	}
	return unquoted(c.Name(unnamed))
}

// moderatorName is how package transcript names a moderator without a name.
const moderatorName = model.Moderator

func questioner(q *retrieval.QuestionTurn) string { return speakerName(q.Credit()) }

// turnName is what prose calls a turn of a role.
func turnName(role model.Role) string {
	if role == model.RoleAnswer || role == model.RoleStatement {
		return string(role)
	}
	return "turn"
}

// source names the title and the date of a transcript, once in an answer; then it
// is empty.
func (w *writer) source(h retrieval.Hit) string {
	if w.dated[h.TranscriptID] {
		return ""
	}
	w.dated[h.TranscriptID] = true
	var parts []string
	if h.Title != "" {
		parts = append(parts, unquoted(string(h.Title)))
	}
	if date, err := time.Parse(time.DateOnly, string(h.Date)); err == nil {
		parts = append(parts, date.Format("2 January 2006"))
	}
	return strings.Join(parts, ", ")
}

// unquoted takes quotation marks out of a title or a name: in an answer they are kept for
// words that a citation covers.
func unquoted(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("\"“”„«»‹›「」『』", r) {
			return -1
		}
		return r
	}, text)
}

func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(string(first)) + s[size:]
}
