package answer

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// byline is the program's own credit behind a quotation: the speaker and, for a
// question, that it is one.
func byline(h retrieval.Hit) string {
	name := speakerName(h.Speaker, h.Affiliation, h.Role)
	switch h.Role {
	case model.RoleQuestion:
		return name + ", asking"
	case model.RoleNarration:
		return "the text accompanying the transcript"
	}
	return name
}

// bylined puts behind each quotation what the prose does not say of it: the speaker
// where none is named, and once for each transcript its title and date.
func (w *writer) bylined(parts []part) []part {
	var all []part
	for i, p := range parts {
		all = append(all, p)
		if p.quote == nil {
			continue
		}
		var said []string
		if !names(parts, i) {
			said = append(said, byline(p.quote.hit))
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
func speakerName(name, affiliation model.Optional, role model.Role) string {
	switch {
	case role == model.RoleModerator && (name == "" || name == moderatorName):
		return "the moderator"
	case name == "" && role == model.RoleQuestion:
		return "a questioner whom the record does not name"
	case name == "":
		return "a speaker whom the record does not name"
	case affiliation != "":
		return fmt.Sprintf("%s (%s)", name, affiliation)
	}
	return string(name)
}

// moderatorName is how package transcript names a moderator without a name.
const moderatorName = "Moderator"

func questioner(q *retrieval.QuestionTurn) string {
	return speakerName(q.Speaker, q.Affiliation, model.RoleQuestion)
}

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

// unquoted takes quotation marks out of a title: in an answer they are kept for
// words that a citation covers.
func unquoted(title string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("\"“”„«»‹›「」『』", r) {
			return -1
		}
		return r
	}, title)
}

func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(string(first)) + s[size:]
}
