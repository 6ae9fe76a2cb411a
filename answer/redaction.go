package answer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/retrieval"
)

// notices are what stands where words were.
type notices struct {
	reason string // of a citation
	text   string // in an answer's text
	answer string // of the answer; the one that it had may name people
}

var (
	deletedNotices = notices{
		"The transcript has been deleted.",
		"[Redacted: the transcript has been deleted.]",
		"A transcript that was found for this answer has been deleted, and with it all that came from there.",
	}
	closedNotices = notices{
		"These words may not be shown at present.",
		"[Redacted: these words may not be shown at present.]",
		"Something that was found for this answer may not be shown at present, nor what came from there.",
	}
)

// Transcripts are those whose turns were found for an answer, by their ids: all its words that are
// not the asker's come from these.
func (a *Answer) Transcripts() []string {
	ids := slices.Concat(a.found, transcriptsOf(a.Nearest))
	for _, c := range a.Citations {
		ids = append(ids, c.TranscriptID)
	}
	slices.Sort(ids)
	return notNil(slices.Compact(ids))
}

// Redact takes out of an answer whatever comes from transcripts that are deleted, by their ids:
// the quotations with all that is told of them, the turns that came nearest, what a model wrote
// of these transcripts and was withheld, what is told of the record without a quotation, and how the question was read by its words. A notice stands instead. The
// citations that stay are of the same words as before, in their new places.
//
// What the asker typed stays: the question is theirs.
func (a *Answer) Redact(deleted map[string]bool) {
	a.redact(deletedNotices, func(id string, _ int) bool { return deleted[id] })
}

func (a *Answer) redact(n notices, gone func(transcript string, turn int) bool) {
	a.Nearest = slices.DeleteFunc(a.Nearest, func(h retrieval.Hit) bool { return gone(h.TranscriptID, h.Turn) })
	for i, h := range a.Nearest {
		if h.Question != nil && gone(h.TranscriptID, h.Question.Turn) {
			a.Nearest[i].Question = nil
		}
	}
	a.DidYouMean, a.Notice, a.StandaloneQuestion = nil, n.answer, a.Question
	for i := range a.Withheld { // of which turn it was is not known
		a.Withheld[i].Text = n.text
	}
	// What introduces a quotation may tell of the question that it answers.
	goes := func(c Citation) bool {
		return gone(c.TranscriptID, c.Turn) || c.Question != nil && gone(c.TranscriptID, c.Question.Turn)
	}
	a.redactText(n, goes)
}

// Closed is what of an answer's transcripts is under embargo.
type Closed struct {
	whole map[string]bool
	turns map[retrieval.TurnKey]bool
	since bool // some of it since the answer was made
}

// Add adds a turn, or the whole of a transcript where there is none.
func (c *Closed) Add(transcript string, turn *int, since bool) {
	if c.whole == nil {
		c.whole, c.turns = map[string]bool{}, map[retrieval.TurnKey]bool{}
	}
	if turn == nil {
		c.whole[transcript] = true
	} else {
		c.turns[retrieval.TurnKey{TranscriptID: transcript, Turn: *turn}] = true
	}
	c.since = c.since || since
}

func (c Closed) has(transcript string, turn int) bool {
	return c.whole[transcript] || c.turns[retrieval.TurnKey{TranscriptID: transcript, Turn: turn}]
}

// Close is Redact for what is under embargo, in an answer that was read: what is stored stays
// as it is. An answer that was made since has nothing of it, and is left alone.
func (a *Answer) Close(c Closed) {
	if c.since || slices.ContainsFunc(a.Citations, c.cited) {
		a.redact(closedNotices, c.has)
	}
	for i := range a.Citations {
		if c.partly(a.Citations[i].TranscriptID) {
			a.Citations[i].SHA256 = retrieval.UntoldSHA256
		}
	}
	for i := range a.Nearest {
		if c.partly(a.Nearest[i].TranscriptID) {
			a.Nearest[i].SHA256 = retrieval.UntoldSHA256
		}
	}
}

// partly reports whether anything of a transcript is closed.
func (c Closed) partly(transcript string) bool {
	if c.whole[transcript] {
		return true
	}
	for key := range c.turns {
		if key.TranscriptID == transcript {
			return true
		}
	}
	return false
}

func (c Closed) cited(cited Citation) bool { return c.has(cited.TranscriptID, cited.Turn) }

// redactText writes an answer's text anew without the quotations of deleted transcripts. With
// each of them goes its introduction, which names its speaker and the title, and what is said of
// it behind; so do the statements that quote nothing, for they tell of all the transcripts.
func (a *Answer) redactText(n notices, gone func(Citation) bool) {
	text, at := []rune(a.Text), 0
	r := redaction{answer: a, notices: n}
	order := make([]int, len(a.Citations))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(a.Citations[i].AnswerStart, a.Citations[j].AnswerStart) })
	a.Text, a.Statements = "", []Statement{}
	for _, i := range order {
		c := &a.Citations[i]
		mark := fmt.Sprintf(" [%d]", c.Number)
		before, end := string(text[at:c.AnswerStart]), c.AnswerEnd+utf8.RuneCountInString(mark)
		if !c.Redacted {
			end++ // the quotation mark
		}
		goes := c.Redacted || gone(*c)
		if goes {
			notice := n
			if c.Redacted && c.RedactedReason == deletedNotices.reason {
				notice = deletedNotices
			}
			*c = c.redacted(notice.reason)
			r.prose(before, behindRedacted)
			r.write(notice.text)
			c.AnswerStart = r.length()
		} else {
			r.prose(before, behindQuoted)
			c.AnswerStart = r.length()
			r.write(c.Quote + "”")
		}
		c.AnswerEnd = c.AnswerStart + utf8.RuneCountInString(c.Quote)
		r.write(mark)
		r.cited, r.gone = append(r.cited, c.Number), goes
		at = end
	}
	r.prose(string(text[at:]), behindNothing)
	r.end()
}

// redaction writes an answer's text anew, statement by statement.
type redaction struct {
	answer    *Answer
	notices   notices
	statement string
	cited     []int // by the statement, so far
	gone      bool  // the last of them is redacted
}

func (r *redaction) write(text string) { r.statement += text }

// length is that of the text so far, in code points.
func (r *redaction) length() int {
	return utf8.RuneCountInString(r.answer.Text + r.separator() + r.statement)
}

func (r *redaction) separator() string {
	if r.answer.Text == "" {
		return ""
	}
	return "\n\n"
}

// behind is what follows a piece of prose.
type behind int

const (
	behindNothing behind = iota
	behindQuoted
	behindRedacted
)

// prose writes what stands before a quotation or the end: the end of one statement, others, and
// the beginning of the next one, which introduces the quotation. It leaves out what says more of
// a quotation that is redacted, before it or to the end of its statement.
func (r *redaction) prose(text string, next behind) {
	parts := strings.Split(text, "\n\n")
	for i, part := range parts {
		if i > 0 {
			r.end()
		}
		introduces := i == len(parts)-1
		switch {
		case introduces && next == behindRedacted:
			if r.statement != "" {
				r.write(" ")
			}
		case r.gone && !(introduces && next == behindQuoted):
		default:
			r.write(part)
		}
	}
}

// end ends a statement.
func (r *redaction) end() {
	if text := strings.TrimSpace(r.statement); text != "" {
		if len(r.cited) == 0 {
			text = r.notices.text
			r.statement = text
		}
		r.answer.Text += r.separator() + r.statement
		r.answer.Statements = append(r.answer.Statements, Statement{Text: text, Citations: notNil(r.cited)})
	}
	r.statement, r.cited, r.gone = "", nil, false
}

// redacted is what is left of a citation: where words stood, in which version of which file.
// Whatever else a citation has, or comes to have, is gone.
func (c Citation) redacted(reason string) (left Citation) {
	left.Number, left.Status, left.Redacted, left.RedactedReason = c.Number, c.Status, true, reason
	left.TranscriptID, left.Collection, left.Version, left.SHA256 = c.TranscriptID, c.Collection, c.Version, c.SHA256
	left.Turn, left.Role, left.Start, left.End, left.URL = c.Turn, c.Role, c.Start, c.End, c.URL
	return left
}

// Standing are the citations whose words are there.
func Standing(citations []Citation) []Citation {
	return slices.DeleteFunc(slices.Clone(citations), func(c Citation) bool { return c.Redacted })
}
