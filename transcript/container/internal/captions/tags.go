package captions

import (
	"html"
	"regexp"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

var voiceTag = regexp.MustCompile(`<v(?:\.[^ \t<>]*)?[ \t]+([^<>]+)>`)

// findVoices finds the voice tags of WebVTT: the byte offsets of each tag and of the
// name in it.
func findVoices(line string) [][]int {
	if !strings.Contains(line, "<v") {
		return nil
	}
	return voiceTag.FindAllStringSubmatchIndex(line, -1)
}

// plainText is a line without tags and character references.
func plainText(line string) string {
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

// tagSize is the length in bytes of the tag at the start of a text; 0 if its bracket
// begins none.
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

// part is words of a cue, and whose they are where the file says so.
type part struct {
	voice  string // as the file has it; empty for somebody it does not name
	tagged bool   // the file says whose words these are, or that it does not know
	other  bool   // somebody else begins, whom the file does not name
	text   string // without tags
	times  times  // when its words are said, where the cue has times within
}

const voiceEnd = "</v>"

// cutVoices divides a line at its voice tags. What stands behind the end of one is nobody's.
func cutVoices(line string, k *clock) []part {
	tags := findVoices(line)
	if tags == nil {
		plain, said := k.plainText(line)
		return []part{{text: plain, times: said}}
	}
	var parts []part
	if before, said := k.plainText(line[:tags[0][0]]); before != "" {
		parts = append(parts, part{text: before, times: said})
	}
	for i, tag := range tags {
		end := len(line)
		if i+1 < len(tags) {
			end = tags[i+1][0]
		}
		words, after, _ := strings.Cut(line[tag[1]:end], voiceEnd)
		voice := voiceName(line[tag[2]:tag[3]])
		plain, said := k.plainText(words)
		parts = append(parts, part{voice: voice, tagged: true, other: voice == "", text: plain, times: said})
		if after, said = k.plainText(after); after != "" {
			parts = append(parts, part{tagged: true, text: after, times: said})
		}
	}
	return parts
}

// voiceName is the name in a voice tag; empty where a dash stands for somebody else.
func voiceName(s string) string {
	return strings.Trim(plainText(s), "-–— ")
}
