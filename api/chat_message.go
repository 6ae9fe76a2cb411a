package api

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
)

// A chatWriter writes an answer as the message of a chat: Markdown, in which the number of
// each quotation is a link to its words in the record, and the sources come last. What has
// been told stays told, so it writes piece by piece.
type chatWriter struct {
	begin func(answerID string) error // before the first piece; may be nil
	tell  func(chatPiece) error       // may be nil
	stop  []string                    // texts that end the message

	begun, stopped bool
	content        strings.Builder
	length         int // of the content, in code points
	links          []urlCitation

	told      string            // of the answer's text
	citations []answer.Citation // of the answer, which come before the text that has them
	next      int               // of the citations, whose words have not been told
	sources   []answer.Citation // by their numbers in the message
}

// chatPiece is a piece of a message, with the links in it.
type chatPiece struct {
	text  string
	links []urlCitation
}

// urlCitation is a link of a message: the number behind a quotation. Start and end count
// code points of the message's content.
type urlCitation struct {
	Start int    `json:"start_index"`
	End   int    `json:"end_index"`
	Title string `json:"title"`
	URL   string `json:"url"`
}

// hear writes what an event tells.
func (w *chatWriter) hear(e answer.Event) error {
	switch e := e.(type) {
	case answer.Retrieval:
		return w.beginOnce(e.AnswerID)
	case answer.Cited:
		w.citations = append(w.citations, e.Citation)
	case answer.Delta:
		return w.statement(e.Text)
	}
	return nil
}

// finish writes what remains of an answer: all of it if it was made before, its notice and
// its sources.
func (w *chatWriter) finish(a *answer.Answer) error {
	if err := w.beginOnce(a.ID); err != nil {
		return err
	}
	notice := inertMarkdown(a.Notice, true)
	if w.told != a.Text {
		// A model that fails in the middle leaves an answer without it, which its notice
		// tells; what it pointed at is in the record all the same.
		if w.told != "" {
			if err := w.write("\n\n"+notice+"\n\n", nil); err != nil {
				return err
			}
			notice = ""
		}
		w.told, w.citations, w.next = "", a.Citations, 0
		for _, text := range statementsOf(a) {
			if err := w.statement(text); err != nil {
				return err
			}
		}
	}
	if notice != "" {
		if err := w.write("\n\n"+notice, nil); err != nil {
			return err
		}
	}
	return w.writeSources()
}

// statementsOf divides an answer's text as it was told.
func statementsOf(a *answer.Answer) (texts []string) {
	rest := a.Text
	for _, s := range a.Statements {
		if i := strings.Index(rest, s.Text); i >= 0 {
			end := i + len(s.Text)
			texts, rest = append(texts, rest[:end]), rest[end:]
		}
	}
	if rest != "" {
		texts = append(texts, rest)
	}
	return texts
}

func (w *chatWriter) beginOnce(answerID string) error {
	if w.begun {
		return nil
	}
	w.begun = true
	if w.begin == nil {
		return nil
	}
	return w.begin(answerID)
}

// statement writes the next piece of the answer's text.
func (w *chatWriter) statement(text string) error {
	from, runes := utf8.RuneCountInString(w.told), []rune(text)
	w.told += text
	var b strings.Builder
	var links []urlCitation
	write := func(runes []rune) { b.WriteString(inertMarkdown(string(runes), b.Len() == 0)) }
	at := 0
	for w.next < len(w.citations) {
		c := w.citations[w.next]
		end := c.AnswerEnd - from
		if !c.Redacted {
			end++ // behind the quotation mark
		}
		if end > len(runes) {
			break
		}
		write(runes[at:end])
		at = end + utf8.RuneCountInString(fmt.Sprintf(" [%d]", c.Number))
		w.next++
		w.sources = append(w.sources, c)
		if c.Redacted { // there is nothing to link to
			fmt.Fprintf(&b, " [%d]", len(w.sources))
			continue
		}
		b.WriteString(" ")
		start := w.length + utf8.RuneCountInString(b.String())
		link := fmt.Sprintf("[[%d]](%s)", len(w.sources), c.URL)
		b.WriteString(link)
		links = append(links, urlCitation{start, start + utf8.RuneCountInString(link), retrieval.Titled(c.TranscriptTitle), c.URL})
	}
	write(runes[min(at, len(runes)):])
	return w.write(b.String(), links)
}

// writeSources lists where the quotations stand, by their numbers.
func (w *chatWriter) writeSources() error {
	if len(w.sources) == 0 {
		return nil
	}
	var b strings.Builder
	b.WriteString("\n\nSources:\n")
	for i, c := range w.sources {
		if c.Redacted {
			fmt.Fprintf(&b, "\n%d. %s", i+1, c.RedactedReason)
			continue
		}
		who := c.Credit().Name("a speaker whom the record does not name") + ", " + string(c.Role)
		line := fmt.Sprintf("%s · [%s](%s)", inertMarkdown(words.InertLine(who), false), inertMarkdown(retrieval.Titled(c.TranscriptTitle), false), c.URL)
		if c.Date != "" {
			line += " · " + string(c.Date)
		}
		if heard := c.Heard(); heard != "" {
			line += fmt.Sprintf(" · [%s](<%s>)", heard, c.MediaURL)
		}
		if caution := c.Caution(); caution != "" {
			line += " (" + inertMarkdown(words.InertLine(caution), false) + ")"
		}
		fmt.Fprintf(&b, "\n%d. %s", i+1, line)
	}
	return w.write(b.String(), nil)
}

// write adds a piece to the message, unless one that comes at the end of it stops it. A
// statement is not cut: half a quotation is none.
func (w *chatWriter) write(text string, links []urlCitation) error {
	content := w.content.String() + text
	for _, s := range w.stop {
		w.stopped = w.stopped || s != "" && strings.Contains(content, s)
	}
	if w.stopped || text == "" {
		return nil
	}
	w.content.WriteString(text)
	w.length += utf8.RuneCountInString(text)
	w.links = append(w.links, links...)
	if w.tell == nil {
		return nil
	}
	return w.tell(chatPiece{text, links})
}

var (
	// markdownActive is what of the record's words Markdown would take for markup: emphasis,
	// code, tags, entities, links, images and addresses, which would take the quotation mark
	// behind them along. Documents escape every mark; here plain words stay as they are,
	// because there are clients that show no Markdown, and some that take \[ and \( for formulas.
	markdownActive = regexp.MustCompile("[*_`~@\\\\]" + `|<[\pL/!?]|&(?:#|\w+;)|!\[|\]\(|\]\[|\]:|\[\^|://`)
	bareAddress    = regexp.MustCompile(`(?i)(www)\.`)
	// markdownBegins is what begins a heading, a quotation, a list, a rule or a table, with the
	// mark that makes it one; and the indent that makes code of a line.
	markdownBegins = regexp.MustCompile(`(?m)^[ \t]*(\d{0,9})(#{1,6}(?:\s|$)|>|[-+.)](?:\s|$)|--|-?[|:]-?|=+\s*$)`)
	markdownIndent = regexp.MustCompile(`(?m)^[ \t]+`)
)

// inertMarkdown is text in which nothing is markup. lineStart says whether it begins a line.
func inertMarkdown(text string, lineStart bool) string {
	text = bareAddress.ReplaceAllString(markdownActive.ReplaceAllString(text, `\$0`), `$1\.`)
	from := 0
	if !lineStart {
		_, rest, _ := strings.Cut(text, "\n")
		from = len(text) - len(rest)
	}
	lines := markdownBegins.ReplaceAllString(text[from:], `$1\$2`)
	return text[:from] + markdownIndent.ReplaceAllString(lines, "")
}
