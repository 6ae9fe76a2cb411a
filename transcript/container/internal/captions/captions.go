// Package captions opens captions, WebVTT, SubRip and SubViewer: cues with times, and with
// voices where the file marks them: <v Jane Roe>, "Jane Roe:", ">> JANE ROE:", the
// name of a cue, an object in it, and ">>" or "- " where somebody else begins. Successive
// cues of one voice are one turn.
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
	g := arrowGrammar()
	return g.find(number) != nil || isCueNumber(number) && g.find(strings.TrimSpace(rest)) != nil
}

// IsSBV recognises SubViewer, as YouTube writes it, by the times of its first cue.
func IsSBV(data []byte, o content.Options) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(decode.Sniff(data, o)), "\n")
	m := commaGrammar().find(first)
	return m != nil && len(m[0]) == len(strings.TrimSpace(first))
}

// OpenVTT opens WebVTT.
func OpenVTT(ctx context.Context, data []byte, o content.Options) (*content.Content, error) {
	return openCaptions(ctx, data, o, "WebVTT", arrowGrammar(), cutNotes)
}

// OpenSRT opens SubRip.
func OpenSRT(ctx context.Context, data []byte, o content.Options) (*content.Content, error) {
	return openCaptions(ctx, data, o, "SubRip", arrowGrammar(), keepNotes)
}

// OpenSBV opens SubViewer.
func OpenSBV(ctx context.Context, data []byte, o content.Options) (*content.Content, error) {
	return openCaptions(ctx, data, o, "SubViewer", commaGrammar(), keepNotes)
}

func keepNotes(lines []string) []string { return lines }

// openCaptions opens captions of a kind, whose comments withoutNotes takes out.
func openCaptions(ctx context.Context, data []byte, o content.Options, kind string, g grammar, withoutNotes func([]string) []string) (*content.Content, error) {
	text, warnings, err := decode.Lines(data, o.ContentType)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(text, "\n")
	if err := content.CheckLines(len(lines)+strings.Count(text, "<v")+strings.Count(text, ">>")+strings.Count(text, ": "), len(text)); err != nil { // tags, arrows and labels begin one
		return nil, err
	}
	cues := g.readCues(withoutNotes(lines))
	c := &content.Content{Fields: g.headerFields(lines), Warnings: warnings}
	s := newSpeech(cutRepeated(cues))
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
func (g grammar) headerFields(lines []string) []content.Field {
	var fields []content.Field
	for i, line := range lines {
		line = strings.TrimSpace(line)
		if g.find(line) != nil || i > 0 && line == "" {
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
