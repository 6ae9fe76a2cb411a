package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// Case is a question with what a good answer does. Only the question is needed:
// what a case does not say is not measured on it.
type Case struct {
	ID           string           `json:"id,omitempty"`   // the number of its line when empty
	Kind         string           `json:"kind,omitempty"` // KindUnanswerable, or a word of the author's
	Question     string           `json:"question"`
	History      []string         `json:"history,omitempty"` // earlier questions of the conversation, oldest first
	Filter       retrieval.Filter `json:"filter,omitzero"`   // to ask with; its transcript may be a Name
	Transcript   model.Optional   `json:"transcript,omitempty"`
	Speaker      model.Optional   `json:"speaker,omitempty"` // who is to be credited
	Role         model.Role       `json:"role,omitempty"`    // in which role
	Quotes       []string         `json:"quotes,omitempty"`  // words of the record that answer, in Transcript if they stand in several
	Expected     []Place          `json:"expected,omitempty"`
	MustNot      [][2]string      `json:"must_not,omitempty"` // speaker, and words that must not be shown as theirs
	Unanswerable bool             `json:"unanswerable,omitempty"`
	Without      []Place          `json:"without,omitempty"` // turns that it is asked without, as if the record did not have them
}

// KindUnanswerable is the kind of a question that the record does not answer.
const KindUnanswerable = "unanswerable"

// Place is a turn of the record.
type Place struct {
	Transcript string `json:"transcript"` // id, file name or title
	Turn       int    `json:"turn"`
}

// Declines reports whether a good answer is that the record does not say.
func (c Case) Declines() bool { return c.Unanswerable || c.Kind == KindUnanswerable }

// Answers reports whether the case knows words of the record that answer.
func (c Case) Answers() bool { return len(c.Quotes)+len(c.Expected) > 0 }

// maxLine bounds a line of a question set, in bytes.
const maxLine = 1 << 20

// Read reads a question set: a JSON object on each line, or else a question on
// each line. Empty lines and, in a plain text, those that begin with # are passed
// over.
func Read(r io.Reader) ([]Case, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	var cases []Case
	asJSON := false
	for number := 1; lines.Scan(); number++ {
		line := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("\ufeff")))
		if len(line) == 0 {
			continue
		}
		asJSON = asJSON || len(cases) == 0 && line[0] == '{'
		if !asJSON && line[0] == '#' {
			continue
		}
		c, err := readCase(line, asJSON)
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "line %d is not a question (%v); correct it", number, err)
		}
		if c.ID == "" {
			c.ID = fmt.Sprint(number)
		}
		cases = append(cases, c)
	}
	if err := lines.Err(); err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "the question set cannot be read (%v); check that it is text", err)
	}
	return cases, distinct(cases)
}

// Write writes a question set, a JSON object on each line.
func Write(w io.Writer, cases []Case) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, c := range cases {
		if err := e.Encode(c); err != nil {
			return fmt.Errorf("write the question %s: %w", c.ID, err)
		}
	}
	return nil
}

func readCase(line []byte, asJSON bool) (c Case, err error) {
	if !utf8.Valid(line) {
		return c, fmt.Errorf("it is not UTF-8")
	}
	if !asJSON {
		return Case{Question: string(line)}, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields() // a misspelt field would otherwise go unmeasured without a word
	if err := decoder.Decode(&c); err != nil {
		return c, err
	}
	switch {
	case strings.TrimSpace(c.Question) == "":
		return c, fmt.Errorf("its question is empty")
	case c.Declines() && c.Answers():
		return c, fmt.Errorf("it is unanswerable and has an answer")
	}
	return c, nil
}

// distinct refuses ids that stand twice: runs are compared question by question.
func distinct(cases []Case) error {
	if len(cases) == 0 {
		return fault.New(fault.Invalid, "the question set is empty; write a question on each line")
	}
	seen := map[string]bool{}
	for _, c := range cases {
		if seen[c.ID] {
			return fault.New(fault.Invalid, "two questions have the id %q; give each its own", c.ID)
		}
		seen[c.ID] = true
	}
	return nil
}
