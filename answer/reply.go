package answer

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// noAnswer is what a model replies when the sentences do not answer.
const noAnswer = "NO_ANSWER"

// reply divides a model's reply into statements as it comes. A statement is a sentence,
// ended by the beginning of the next one or by the end of the line: a marker after
// the full stop belongs to it, and a quotation of several sentences is not cut. The
// zero value is ready.
type reply struct {
	pending strings.Builder
	cut     string // the beginning of a character whose rest is still to come
}

// add takes what came and returns the statements that it completed.
func (r *reply) add(delta string) []string {
	delta, r.cut = wholeCharacters(r.cut + delta)
	r.pending.WriteString(delta)
	if !strings.ContainsAny(delta, " \n") {
		return nil // a statement ends before white space
	}
	lines := strings.Split(r.pending.String(), "\n")
	last := len(lines) - 1
	var done []string
	for _, line := range lines[:last] {
		complete, open := divide(line)
		done = appendStatements(done, append(complete, open))
	}
	complete, open := divide(lines[last])
	r.pending.Reset()
	r.pending.WriteString(open)
	return appendStatements(done, complete)
}

// wholeCharacters separates the beginning of a character at the end of text.
func wholeCharacters(text string) (whole, cut string) {
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		if i := len(text) - n; utf8.RuneStart(text[i]) {
			if !utf8.FullRuneInString(text[i:]) {
				return text[:i], text[i:]
			}
			break
		}
	}
	return text, ""
}

// end returns what is left when the reply is complete.
func (r *reply) end() []string {
	complete, open := divide(r.pending.String())
	r.pending.Reset()
	return appendStatements(nil, append(complete, open))
}

func appendStatements(statements, texts []string) []string {
	for _, text := range texts {
		if text = sanitize(text); text != "" {
			statements = append(statements, text)
		}
	}
	return statements
}

// leadingMarkers are the markers at the start of a sentence, which belong to the one
// before it.
var leadingMarkers = regexp.MustCompile(`^(\s*` + marker + `\s*[.,;:]?)+`)

// divide cuts a line into complete sentences and the one that is still open.
func divide(line string) (complete []string, open string) {
	runes := []rune(line)
	spans := sentence.Split(line)
	var current strings.Builder
	for i, s := range spans {
		end := len(runes)
		if i+1 < len(spans) {
			end = spans[i+1].Start
		}
		text := string(runes[s.Start:end])
		if lead := leadingMarkers.FindString(text); lead != "" && len(complete) > 0 && current.Len() == 0 {
			complete[len(complete)-1] += " " + strings.TrimSpace(lead)
			text = text[len(lead):]
		}
		current.WriteString(text)
		if i+1 < len(spans) && !insideMarks(current.String()) {
			complete = append(complete, current.String())
			current.Reset()
		}
	}
	if len(spans) == 0 {
		return nil, line
	}
	return holdBack(complete, current.String())
}

// holdBack joins the last complete sentence to the open one as long as a number may
// still follow it: until what is open has begun with a word.
func holdBack(complete []string, open string) ([]string, string) {
	last := len(complete) - 1
	if last < 0 || beginsWithWord(open) {
		return complete, open
	}
	return complete[:last], complete[last] + open
}

func beginsWithWord(text string) bool {
	for _, r := range text {
		if !unicode.IsSpace(r) {
			return unicode.IsLetter(r) || unicode.IsDigit(r)
		}
	}
	return false
}

// insideMarks reports whether a quotation is open at the end of text.
func insideMarks(text string) bool {
	return strings.Count(text, `"`)%2 == 1 || strings.Count(text, "“") > strings.Count(text, "”") ||
		strings.Count(text, "«") > strings.Count(text, "»") || strings.Count(text, "[") > strings.Count(text, "]")
}

// sanitize makes a model's text one clean line, without what makes a list or a heading of it.
func sanitize(text string) string {
	return listNumber.ReplaceAllString(strings.TrimLeft(words.Clean(text), "*#-• "), "")
}

var listNumber = regexp.MustCompile(`^(?:\d{1,2}[.)] +)+`)
