package content

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// Field is a fact that a file states about itself beside its text.
type Field struct {
	Name  string // in small letters: title, date, speakers
	Value string
}

// IsYAMLField recognises "title: A talk".
func IsYAMLField(line string) bool {
	name, value, colon := strings.Cut(line, ":")
	return colon && name != "" && strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == "" &&
		(value == "" || value[0] == ' ')
}

func AppendField(fields []Field, name, value string) []Field {
	value, _, _ = text.DropInvisible(value)
	if value = strings.Join(strings.Fields(value), " "); value == "" {
		return fields
	}
	return append(fields, Field{name, value})
}

// FieldsOf pairs names with values, and leaves out what has none.
func FieldsOf(pairs ...string) []Field {
	var fields []Field
	for i := 0; i+1 < len(pairs); i += 2 {
		if value := FieldValue(pairs[i+1]); value != "" {
			fields = append(fields, Field{Name: pairs[i], Value: value})
		}
	}
	return fields
}

// FieldValue is a text on one line, without what nobody sees.
func FieldValue(value string) string {
	clean, _, _ := text.DropInvisible(strings.Join(strings.Fields(value), " "))
	return strings.TrimSpace(clean)
}
