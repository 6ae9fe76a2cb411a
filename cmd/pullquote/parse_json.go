package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript"
)

// printTranscriptJSON prints what printJSON prints, turn by turn: as one value a
// long transcript would be in memory several times.
func (a *app) printTranscriptJSON(t *transcript.Transcript) error {
	const indent = "  "
	frame := *t
	frame.Text, frame.Turns = "", []transcript.Turn{}
	small, err := jsonOf(frame, "", indent)
	if err != nil {
		return err
	}
	before, rest, _ := bytes.Cut(small, []byte("\n  \"text\": \"\""))
	between, after, _ := bytes.Cut(rest, []byte("\n  \"turns\": []"))
	out := bufio.NewWriter(a.stdout)
	fmt.Fprintf(out, "%s\n  \"text\": \"", before)
	if err := printJSONString(out, t.Text); err != nil {
		return err
	}
	fmt.Fprintf(out, "\"%s\n  \"turns\": [", between)
	for i, turn := range t.Turns {
		one, err := jsonOf(turn, indent+indent, indent)
		if err != nil {
			return err
		}
		if i > 0 {
			out.WriteByte(',')
		}
		fmt.Fprintf(out, "\n    %s", one)
	}
	if len(t.Turns) > 0 {
		out.WriteString("\n  ")
	}
	fmt.Fprintf(out, "]%s\n", after)
	return out.Flush()
}

// printJSONString writes the inside of a JSON string, piece by piece.
func printJSONString(out *bufio.Writer, s string) error {
	const most = 64 << 10 // bytes of a piece
	for s != "" {
		end := min(most, len(s))
		for end < len(s) && !utf8.RuneStart(s[end]) {
			end--
		}
		piece, err := jsonOf(s[:end], "", "")
		if err != nil {
			return err
		}
		out.Write(piece[1 : len(piece)-1])
		s = s[end:]
	}
	return nil
}

// jsonOf is a value as printJSON prints it, each line but the first behind prefix.
func jsonOf(v any, prefix, indent string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent(prefix, indent)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("write the result as JSON: %w", err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
