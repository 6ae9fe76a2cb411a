// Package talkbank opens CHAT, the transcription format of TalkBank and CHILDES: headers that
// begin with @, speakers' tiers that begin with * and a code, and below each the dependent
// tiers of its analysis, which begin with % and are nobody's words. A line that begins with
// a tab goes on with the line before.
//
// Source: B. MacWhinney, Tools for Analyzing Talk, Part 1: The CHAT Transcription Format,
// https://talkbank.org/0info/manuals/CHAT.pdf.
package talkbank

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/decode"
)

// Is recognises CHAT by its first headers.
func Is(data []byte, o content.Options) bool {
	text := strings.TrimSpace(decode.Sniff(data, o))
	return strings.HasPrefix(text, "@UTF8\n") || strings.HasPrefix(text, "@Begin\n")
}

// Open opens CHAT.
func Open(ctx context.Context, data []byte, o content.Options) (*content.Content, error) {
	text, warnings, err := decode.Lines(data, o.ContentType)
	if err != nil {
		return nil, err
	}
	r := reader{content: &content.Content{Text: text, Warnings: warnings}, voices: map[string]*content.Voice{}}
	for i, line := range tiers(text) {
		if content.Ended(ctx, i) {
			return nil, ctx.Err()
		}
		r.tier(line)
	}
	if len(r.voices) == 0 {
		return nil, content.NoTranscript("no turns found", "the CHAT file has no speaker's tier; each begins with * and a code, as in *JAN:")
	}
	return r.content, nil
}

// tiers divides a text into its headers and tiers, each on one line.
func tiers(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "\t") && len(out) > 0 {
			out[len(out)-1] += " " + strings.TrimSpace(line)
			continue
		}
		out = append(out, line)
	}
	return out
}

type reader struct {
	content *content.Content
	people  map[string]string         // names, by code
	voices  map[string]*content.Voice // by code
	open    *content.Voice            // of the turn that the last speaker's tier is in
}

func (r *reader) tier(line string) {
	name, value, _ := strings.Cut(line, ":")
	value = strings.TrimSpace(value)
	switch {
	case strings.HasPrefix(line, "*"):
		r.speech(name[1:], value)
	case strings.HasPrefix(line, "@"):
		r.header(name, value)
	}
	if !strings.HasPrefix(line, "*") {
		r.content.Lines = append(r.content.Lines, content.Line{Text: line, Gap: true})
	}
}

// header takes what a header says of the recording.
func (r *reader) header(name, value string) {
	switch name {
	case "@Participants":
		r.people = participants(value)
	case "@Date":
		if day, err := time.Parse("02-Jan-2006", value); err == nil {
			r.field("date", day.Format(time.DateOnly))
		}
	case "@Languages":
		first, _, _ := strings.Cut(value, ",")
		if base, err := language.ParseBase(strings.TrimSpace(first)); err == nil {
			r.field("language", base.String())
		}
	case "@Location":
		r.field("place", value)
	case "@Title":
		r.field("title", value)
	}
}

func (r *reader) field(name, value string) {
	r.content.Fields = content.AppendField(r.content.Fields, name, value)
}

// participants are the names of those who take part, by code: each is CODE, a name that may
// be absent, and a role.
func participants(value string) map[string]string {
	people := map[string]string{}
	for _, one := range strings.Split(value, ",") {
		words := strings.Fields(one)
		if len(words) > 2 {
			people[words[0]] = strings.ReplaceAll(strings.Join(words[1:len(words)-1], " "), "_", " ")
		}
	}
	return people
}

// bullet is the time of a tier: milliseconds from and to, between control characters that
// some programs drop.
var bullet = regexp.MustCompile(`[\x15•]?(\d+)_(\d+)[\x15•]?\s*$`)

// speech adds the words of a speaker's tier.
func (r *reader) speech(code, words string) {
	code = strings.TrimSpace(code)
	voice := r.voices[code]
	if voice == nil {
		voice = &content.Voice{Label: code, Name: r.people[code]}
		r.voices[code] = voice
	}
	line := content.Line{Text: words, Voice: voice, Gap: r.open != voice}
	if m := bullet.FindStringSubmatchIndex(words); m != nil {
		line.Text = strings.TrimSpace(words[:m[0]])
		line.StartMS, line.EndMS = milliseconds(words[m[2]:m[3]]), milliseconds(words[m[4]:m[5]])
		if line.StartMS == nil || line.EndMS == nil || *line.EndMS < *line.StartMS {
			line.EndMS = nil // no span
		}
	}
	r.open = voice
	r.content.Lines = append(r.content.Lines, line)
}

// milliseconds reads a number; nil for one that is too large.
func milliseconds(figures string) *int64 {
	n, err := strconv.ParseInt(figures, 10, 64)
	if err != nil {
		return nil
	}
	return &n
}
