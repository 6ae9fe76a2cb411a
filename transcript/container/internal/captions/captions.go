// Package captions opens captions, WebVTT and SubRip: cues with times, and with
// voices where the file marks them: <v Jane Roe>, "Jane Roe:", ">> JANE ROE:", and
// ">>" or "- " where somebody else begins. Successive cues of one voice are one turn.
//
// The grammar is a few lines and files often break it, by a blank line within a cue
// or none between two, so a reader of our own that looks for the times alone loses
// less than a library that obeys it.
package captions

import (
	"context"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/decode"
)

// IsVTT recognises WebVTT by its first line.
func IsVTT(data []byte, o content.Options) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(decode.Sniff(data, o)), "\n")
	return first == "WEBVTT" || strings.HasPrefix(first, "WEBVTT ") || strings.HasPrefix(first, "WEBVTT\t")
}

// IsSRT recognises SubRip by the number and the times of its first cue.
func IsSRT(data []byte, o content.Options) bool {
	text := strings.TrimSpace(decode.Sniff(data, o))
	number, rest, _ := strings.Cut(text, "\n")
	return timing.MatchString(number) || isCueNumber(number) && timing.MatchString(strings.TrimSpace(rest))
}

// OpenVTT opens WebVTT.
func OpenVTT(ctx context.Context, data []byte, o content.Options) (*content.Content, error) {
	return openCaptions(ctx, data, o, "WebVTT", cutNotes)
}

// OpenSRT opens SubRip.
func OpenSRT(ctx context.Context, data []byte, o content.Options) (*content.Content, error) {
	return openCaptions(ctx, data, o, "SubRip", func(lines []string) []string { return lines })
}

// openCaptions opens captions of a kind, whose comments withoutNotes takes out.
func openCaptions(ctx context.Context, data []byte, o content.Options, kind string, withoutNotes func([]string) []string) (*content.Content, error) {
	text, warnings, err := decode.Lines(data, o.ContentType)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(text, "\n")
	if err := content.CheckLines(len(lines)+strings.Count(text, "<v"), len(text)); err != nil { // a tag of a voice begins one
		return nil, err
	}
	cues := readCues(withoutNotes(lines))
	c := &content.Content{Fields: headerFields(lines), Warnings: warnings}
	s := newSpeech(cutRollUp(cues))
	if c.Lines = s.lines(); len(c.Lines) == 0 {
		return nil, content.NoTranscript("no turns found", "the %s file has no cues with words; each needs a line such as 00:00:01.000 --> 00:00:04.000", kind)
	}
	if !s.marked {
		c.Warnings = append(c.Warnings, "the captions do not say who speaks; they were divided where the speech pauses")
	}
	return c, nil
}

// headerFields reads the header, which stands above the first cue: "WEBVTT - A talk",
// "Language: en".
func headerFields(lines []string) []content.Field {
	var fields []content.Field
	for i, line := range lines {
		line = strings.TrimSpace(line)
		if timing.MatchString(line) || i > 0 && line == "" {
			break
		}
		if title, first := strings.CutPrefix(line, "WEBVTT"); first {
			fields = content.AppendField(fields, "title", strings.Trim(title, " \t-–—"))
		} else if name, value, isField := content.CutField(line); isField {
			fields = content.AppendField(fields, strings.ToLower(name), value)
		}
	}
	return fields
}
