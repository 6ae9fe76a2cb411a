package content

import (
	"regexp"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// Field is a fact that a file states about itself beside its text, in front matter,
// properties of the document, or elements of a page's head.
type Field struct {
	Name  string // in small letters: title, date, speakers
	Value string
}

// CutField takes a line of front matter apart: "title: A talk". The value may be
// empty, and still has its white space and quotation marks.
func CutField(line string) (name, value string, found bool) {
	name, value, colon := strings.Cut(line, ":")
	if !colon || name == "" || strings.Trim(name, fieldName) != "" || value != "" && value[0] != ' ' {
		return "", "", false
	}
	return name, value, true
}

const fieldName = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"

// AppendField adds a fact, with its value on one line and without invisible
// characters, unless it has no value.
func AppendField(fields []Field, name, value string) []Field {
	value, _, _ = text.DropInvisible(text.OneLine(value))
	if value = text.OneLine(value); value == "" {
		return fields
	}
	return append(fields, Field{Name: name, Value: value})
}

// FieldsOf makes fields of names and values that alternate, and leaves out names
// without a value.
func FieldsOf(pairs ...string) []Field {
	var fields []Field
	for i := 0; i+1 < len(pairs); i += 2 {
		fields = AppendField(fields, pairs[i], pairs[i+1])
	}
	return fields
}

// StatedTitle is the title that a document states of itself; empty if it is rather the name of the
// file that it was made from, or none, as programs fill it in unasked.
func StatedTitle(value string) string {
	if unasked.MatchString(text.OneLine(value)) {
		return ""
	}
	return value
}

var unasked = regexp.MustCompile(`(?i)(\.(docx?|odt|rtf|pages|wpd|txt|md|html?|pdf|indd|qxd|tex|vtt|srt)|^(about:blank|untitled|document ?\d*|microsoft word - .*))$`)
