package transcript

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/media"
	"github.com/pullquote/pullquote/transcript/model"
)

// recordingFields are the names under which files state where their recording is, the surest
// first.
var recordingFields = []string{"media", "media_url", "recording", "recording_url", "video", "video_url", "audio", "audio_url"}

// linkRecording gives a transcript the link to its recording that its file states, in its own
// JSON, its front matter or a line above the first turn: "Video: https://...". A link that is
// not taken is left out, with a warning, for the words are no worse without it.
func linkRecording(t *model.Transcript, fields []container.Field) {
	stated := string(t.Media)
	for _, name := range recordingFields {
		if i := slices.IndexFunc(fields, func(f container.Field) bool { return f.Name == name }); i >= 0 {
			stated = cmp.Or(stated, fields[i].Value)
		}
	}
	t.Media = ""
	link, err := media.Parse(cmp.Or(stated, recordingLine(frontOf(t))))
	switch {
	case err == nil:
		t.Media = model.Optional(link.String())
	case stated != "":
		t.Warn("the link to the recording was left out: %s", err)
	}
}

// readRecording reads the link that the caller gives, if any.
func readRecording(given string) (model.Optional, error) {
	if given == "" {
		return "", nil
	}
	link, err := media.Parse(given)
	if err != nil {
		return "", invalid("%s", err)
	}
	return model.Optional(link.String()), nil
}

// frontOf is the canonical text before the first turn.
func frontOf(t *model.Transcript) string {
	n := 0
	for at := range t.Text {
		if len(t.Turns) == 0 || n == t.Turns[0].Start {
			return t.Text[:at]
		}
		n++
	}
	return ""
}

// recordingLine is the address on the first line of a title block that has one behind the name of
// a recording.
func recordingLine(front string) string {
	for line := range strings.Lines(front) {
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		if slices.Contains(recordingFields, strings.ToLower(strings.TrimSpace(name))) && strings.Contains(value, "://") {
			return value
		}
	}
	return ""
}
