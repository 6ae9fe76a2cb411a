package captions

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/internal/utterance"
)

// voices are the parts of the cues, with whose words they are by all that the file says beside
// them: a voice tag, an object of JSON, or the name of the cue.
type voices struct {
	named map[string]string // of cues that are called by their speaker
}

func newVoices(cues []cue) voices {
	counts := map[string]int{}
	speakers := false // some name comes again; names of cues differ, unless they are their speakers'
	for _, c := range cues {
		counts[c.name]++
		speakers = speakers || c.name != "" && counts[c.name] > 1
	}
	v := voices{map[string]string{}}
	for name := range counts {
		if m := quotedName.FindStringSubmatch(name); m != nil {
			v.named[name] = strings.TrimSpace(m[1])
		} else if speakers && name != "" {
			v.named[name] = name
		}
	}
	return v
}

// quotedName is how Webex calls a cue: 12 "Jane Roe" (1830127616). Of somebody unknown the name
// is empty.
var quotedName = regexp.MustCompile(`^\d+[ \t]+"([^"]*)"(?:[ \t]+\(\d+\))?$`)

// parts are the parts of a cue.
func (v voices) parts(c cue) []part {
	if spoken, ok := readMetadata(c.lines); ok {
		return []part{spoken}
	}
	var parts []part
	if len(c.lines) > 1 {
		if all := plainText(strings.Join(c.lines, " ")); utterance.IsUnspoken(all) {
			return []part{{text: all}}
		}
	}
	k := newClock(c)
	var cut []part
	for _, line := range c.lines {
		cut = append(cut, cutVoices(line, &k)...)
	}
	k.untilNext(cut)
	for _, p := range cut {
		parts = appendChanges(parts, p)
	}
	if voice, named := v.named[c.name]; named && len(parts) > 0 && !parts[0].tagged {
		parts[0].voice, parts[0].tagged = voice, true
	}
	return parts
}

// appendChanges appends a part, divided where arrows within it say that somebody else speaks.
func appendChanges(parts []part, p part) []part {
	for {
		at := strings.Index(p.text[min(1, len(p.text)):], " >>") + 1
		if at == 0 || p.tagged {
			return append(parts, p)
		}
		parts = append(parts, part{text: p.text[:at], times: p.times})
		p.text, p.times = p.text[at+1:], p.times.behind(at+1)
	}
}

// readMetadata reads the object that a cue of Microsoft Graph's transcripts with metadata holds in
// place of words.
func readMetadata(lines []string) (part, bool) {
	if len(lines) == 0 || lines[0] == "" || lines[0][0] != '{' {
		return part{}, false
	}
	var object struct{ SpeakerName, SpokenText *string }
	if err := json.Unmarshal([]byte(strings.Join(lines, "\n")), &object); err != nil || object.SpokenText == nil {
		return part{}, false
	}
	spoken := part{tagged: true, text: plainText(*object.SpokenText)}
	if object.SpeakerName != nil {
		spoken.voice = voiceName(*object.SpeakerName)
	}
	return spoken, true
}
