package answer

import (
	"cmp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

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

// speakerName names a speaker as an answer does.
func speakerName(c model.Credit) string {
	unnamed := "a speaker whom the record does not name"
	switch {
	case c.Doubt == "" && c.Role == model.RoleModerator && (c.Speaker == "" || c.Speaker == moderatorName):
		return "the moderator"
	case c.Role == model.RoleQuestion:
		unnamed = "a questioner whom the record does not name"
	}
	return c.Name(unnamed)
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

// source names the title and the date of a transcript, unless the quotation before is of the
// same; then it is empty.
func (w *writer) source(h retrieval.Hit) string {
	if w.told == h.TranscriptID {
		return ""
	}
	var parts []string
	if title := words.Title(string(h.Title)); title != "" || w.told != "" { // lest it seems to be of the one before
		parts = append(parts, cmp.Or(title, retrieval.Untitled))
	}
	w.told = h.TranscriptID
	if date, err := time.Parse(time.DateOnly, string(h.Date)); err == nil {
		parts = append(parts, date.Format("2 January 2006"))
	}
	return strings.Join(parts, ", ")
}

func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(string(first)) + s[size:]
}
