package answer

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript"
)

// noAnswer is what a model replies when the sentences do not answer.
const noAnswer = "NO_ANSWER"

// reply divides a model's reply into statements as it comes: sentences, ended by
// the next one's beginning or the line's end, so that a number after a full stop
// belongs to the sentence before it, and a quotation of several sentences is not
// cut. The zero value is ready.
type reply struct {
	pending   strings.Builder
	cut       string // the beginning of a character whose rest is still to come
	paragraph bool   // the next statement begins a paragraph
}

// piece is a statement of a reply as the model wrote it.
type piece struct {
	text      string
	paragraph bool // begins a paragraph
}

// add takes what came and returns the statements that it completed.
func (r *reply) add(delta string) []piece {
	delta, r.cut = wholeCharacters(r.cut + delta)
	r.pending.WriteString(delta)
	if !strings.ContainsAny(delta, " \n") {
		return nil // a statement ends before white space
	}
	text := r.pending.String()
	var pieces []piece
	for {
		line, rest, ended := strings.Cut(text, "\n")
		if !ended {
			complete, open := divide(line)
			pieces = r.append(pieces, complete)
			text = open
			break
		}
		complete, open := divide(line)
		pieces = r.append(pieces, append(complete, open))
		r.paragraph = r.paragraph || strings.TrimSpace(line) != "" || len(pieces) > 0
		text = rest
	}
	r.pending.Reset()
	r.pending.WriteString(text)
	return pieces
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
func (r *reply) end() []piece {
	complete, open := divide(r.pending.String())
	r.pending.Reset()
	return r.append(nil, append(complete, open))
}

func (r *reply) append(pieces []piece, texts []string) []piece {
	for _, text := range texts {
		if text = sanitize(text); text != "" {
			pieces = append(pieces, piece{text, r.paragraph})
			r.paragraph = false
		}
	}
	return pieces
}

// leadingMarkers are numbers at the start of a sentence, which belong to the one
// before it.
var leadingMarkers = regexp.MustCompile(`^(\s*` + marker + `\s*[.,;:]?)+`)

// divide cuts a line into complete sentences and the one that is still open.
func divide(line string) (complete []string, open string) {
	runes := []rune(line)
	spans := transcript.Sentences(line)
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
	// A number may still follow the last complete sentence: hold it back with what
	// is open, unless that has begun with a word.
	if open = current.String(); len(complete) > 0 && !beginsWithWord(open) {
		open = complete[len(complete)-1] + open
		complete = complete[:len(complete)-1]
	}
	return complete, open
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

// sanitize makes a model's text one plain line: white space folded, and without
// control characters or marks that change the direction or hide text.
func sanitize(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar,
			unicode.Is(unicode.Co, r):
			return -1
		}
		return r
	}, text)
	return strings.TrimLeft(oneLine(text), "*#-• ")
}
