// Package captions opens captions, WebVTT and SubRip: cues with times, and with
// voices where the file marks them: <v Jane Roe>, "Jane Roe:", ">> JANE ROE:", and
// ">>" or "- " where somebody else begins. Cues of one voice that follow each other
// are one turn.
//
// The grammar is a few lines and files often break it (a blank line within a cue,
// none between two), so a reader of our own that looks for the times alone loses
// less than a library that obeys it.
package captions

import (
	"html"
	"regexp"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/decode"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
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
func OpenVTT(data []byte, o content.Options) (*content.Content, error) {
	return openCaptions(data, o, "WebVTT", cutNotes)
}

// OpenSRT opens SubRip.
func OpenSRT(data []byte, o content.Options) (*content.Content, error) {
	return openCaptions(data, o, "SubRip", func(lines []string) []string { return lines })
}

func openCaptions(data []byte, o content.Options, kind string, withoutNotes func([]string) []string) (*content.Content, error) {
	text, warnings, err := decode.Lines(data, o.ContentType)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(text, "\n")
	cues := readCues(withoutNotes(lines))
	c := &content.Content{Fields: captionFields(lines), Warnings: warnings}
	speech := newCaptionSpeech(cutRolling(cues))
	if c.Lines = speech.lines(); len(c.Lines) == 0 {
		return nil, content.Invalid("the %s file has no cues with words; each needs a line such as 00:00:01.000 --> 00:00:04.000", kind)
	}
	if !speech.marked {
		c.Warnings = append(c.Warnings, "the captions do not say who speaks; they were divided where the speech pauses")
	}
	return c, nil
}

// cue is what is shown at a time.
type cue struct {
	start, end int64 // milliseconds
	lines      []string
}

// findTiming finds the parts of the two times of a cue; nil on any other line.
func findTiming(line string) []string {
	if !strings.Contains(line, "-->") {
		return nil
	}
	return timing.FindStringSubmatch(line)
}

var timing = regexp.MustCompile(`^(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?[ \t]*-->[ \t]*(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?`)

// readCues takes the lines between one time and the next for a cue's, but for a
// number or name right above the next time.
func readCues(lines []string) []cue {
	var cues []cue
	var open *cue
	for i, raw := range lines {
		line := strings.TrimSpace(raw)
		if m := findTiming(line); m != nil {
			cues = append(cues, cue{start: millis(m[1], m[2], m[3], m[4]), end: millis(m[5], m[6], m[7], m[8])})
			open = &cues[len(cues)-1]
			open.end = max(open.start, open.end)
			continue
		}
		if open != nil && line != "" && !isCueName(lines, i) {
			open.lines = append(open.lines, line)
		}
	}
	return cues
}

// isCueName reports whether line i is the name of the cue that begins below it.
func isCueName(lines []string, i int) bool {
	if i+1 == len(lines) || findTiming(strings.TrimSpace(lines[i+1])) == nil {
		return false
	}
	return isCueNumber(lines[i]) || i > 0 && strings.TrimSpace(lines[i-1]) == ""
}

func isCueNumber(s string) bool { return text.IsNumber(strings.TrimSpace(s)) }

// millis counts the milliseconds of hours, minutes, seconds and their fraction.
func millis(hours, minutes, seconds, fraction string) int64 {
	h, _ := strconv.ParseInt(hours, 10, 64)
	m, _ := strconv.ParseInt(minutes, 10, 64)
	s, _ := strconv.ParseInt(seconds, 10, 64)
	f, _ := strconv.ParseInt((fraction + "000")[:3], 10, 64)
	return ((h*60+m)*60+s)*1000 + f
}

// cutNotes takes out the comments, styles and regions of WebVTT, which nobody
// sees.
func cutNotes(lines []string) []string {
	var out []string
	blank, note := true, false
	for _, line := range lines {
		word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		if blank && (word == "NOTE" || word == "STYLE" || word == "REGION") {
			note = true
		}
		blank = word == ""
		note = note && !blank
		if !note {
			out = append(out, line)
		}
	}
	return out
}

// captionFields reads what stands above the first cue: "WEBVTT - A talk",
// "Language: en".
func captionFields(lines []string) []content.Field {
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

// cutRolling takes out the lines that live captions repeat while they roll
// upwards: most cues begin with the last line of the one before.
func cutRolling(cues []cue) []cue {
	again := func(i int) bool {
		before, now := cues[i-1].lines, cues[i].lines
		return len(before) > 0 && len(now) > 0 && captionWords(now[0]) == captionWords(before[len(before)-1])
	}
	repeated := 0
	for i := 1; i < len(cues); i++ {
		if again(i) {
			repeated++
		}
	}
	if repeated < 3 || repeated*3 < len(cues) {
		return cues
	}
	var out []cue
	for i, c := range cues {
		if i > 0 && again(i) {
			c.lines = c.lines[1:]
		}
		out = append(out, c)
	}
	return out
}

var voiceTag = regexp.MustCompile(`<v(?:\.[^ \t<>]*)?[ \t]+([^<>]+)>`)

// findVoices finds the tags that name a voice, and the name in each.
func findVoices(line string) [][]int {
	if !strings.Contains(line, "<v") {
		return nil
	}
	return voiceTag.FindAllStringSubmatchIndex(line, -1)
}

// captionWords is a line without tags.
func captionWords(line string) string {
	return text.OneLine(html.UnescapeString(withoutTags(line)))
}

// withoutTags takes out the tags of WebVTT, <i>, and those of SubRip's players,
// {\an8}.
func withoutTags(line string) string {
	var kept strings.Builder
	for {
		at := strings.IndexAny(line, "<{")
		if at < 0 {
			break
		}
		size := tagSize(line[at:])
		kept.WriteString(line[:at])
		if size == 0 {
			kept.WriteByte(line[at])
		}
		line = line[at+max(1, size):]
	}
	if kept.Len() == 0 {
		return line
	}
	return kept.String() + line
}

// tagSize is the length in bytes of the tag with which a text begins; 0 if the
// bracket is no tag's.
func tagSize(s string) int {
	brackets, inside := "<>", strings.TrimPrefix(s[1:], "/")
	if s[0] == '{' {
		brackets, inside = "{}", s[1:]
	}
	end := strings.IndexAny(inside, brackets)
	switch {
	case end < 0 || inside[end] != brackets[1]:
		return 0
	case s[0] == '{' && inside[0] != '\\', s[0] == '<' && end > 0 && !text.IsLatin(inside[0]) && !text.IsDigit(inside[0]):
		return 0
	}
	return len(s) - len(inside) + end + 1
}
