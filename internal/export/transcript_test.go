package export_test

import (
	"bytes"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer/quotation/quotationtest"
	"github.com/pullquote/pullquote/internal/export"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/transcript"
	"github.com/pullquote/pullquote/transcript/model"
)

// tricky is a transcript whose words look like markup, with a turn that is nobody's, a speaker in
// doubt, and times.
const tricky = `{"title": "Tolls & <Bridges>: *the* hearing", "date": "2026-04-09", "place": "Sandmouth", "turns": [
	{"speaker": "Ruth Okell", "affiliation": "Sandmouth Post", "role": "question", "text": "Who pays <the> toll & why? # 1 of 2", "start_ms": 0, "end_ms": 4250},
	{"speaker": "Levi Brandt", "role": "answer", "text": "*Nobody* pays it.\n\n1. The bridge is free --> for now.\n\n> It stays so_so.", "start_ms": 4250, "end_ms": 3723999},
	{"speaker": "Ruth Okell", "affiliation": "Sandmouth Post", "role": "question", "text": "Is it?", "start_ms": 3724000, "end_ms": 3725000},
	{"label": "MR. B", "speaker": "Levi Brandt", "role": "answer", "doubt": "the label is cut off", "text": "It is. [Laughter.] Ask **him**.", "start_ms": 3725000, "end_ms": 3729000},
	{"speaker": "Ruth Okell", "affiliation": "Sandmouth Post", "role": "question", "text": "And later?", "start_ms": 3729000, "end_ms": 3729900},
	{"speaker": "Levi Brandt", "role": "answer", "text": "Later, too.", "start_ms": 3729900, "end_ms": 3731000}]}`

// A transcript that is exported and read again has the same turns: in JSON to the last field, in
// the others the same words of the same people of the same house, but for one that reads like
// two, and in captions their times. Captions have one turn of what somebody says in several.
func TestTranscriptRoundTrip(t *testing.T) {
	t.Parallel()
	files := map[string][]byte{"tricky.json": []byte(tricky)}
	for path, data := range quotationtest.Files(t) {
		files[filepath.Base(path)] = data
	}
	for name, data := range files {
		original, err := transcript.Parse(t.Context(), data, transcript.Options{Filename: name})
		if err != nil {
			t.Fatal(err)
		}
		for _, format := range export.TranscriptFormats() {
			t.Run(name+" as "+format.Name, func(t *testing.T) {
				t.Parallel()
				var file bytes.Buffer
				err := format.Write(&file, original)
				if timed := original.Turns[0].StartMS != nil; format.Name == "vtt" && !timed {
					if fault.CodeOf(err) != fault.Invalid || !strings.Contains(err.Error(), "captions need times") {
						t.Errorf("without times: %v", err)
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				again, err := transcript.Parse(t.Context(), file.Bytes(), transcript.Options{Filename: "transcript" + format.Extension})
				if err != nil {
					t.Fatalf("%v\n%s", err, &file)
				}
				want, got := facts(original, format.Name), facts(again, format.Name)
				for i := range min(len(want), len(got)) {
					if !reflect.DeepEqual(want[i], got[i]) {
						t.Errorf("turn %d is %+v;\nwant %+v", i, got[i], want[i])
					}
				}
				if len(got) != len(want) || again.Title != original.Title || format.Name != "vtt" && (again.Date != original.Date || again.Place != original.Place) {
					t.Errorf("it has %d turns, %q, %q, %q; want %d, %q, %q, %q",
						len(got), again.Title, again.Date, again.Place, len(want), original.Title, original.Date, original.Place)
				}
			})
		}
	}
}

// facts are the turns of a transcript with what a format keeps of them.
func facts(t *model.Transcript, format string) []model.Turn {
	turns := slices.Clone(t.Turns)
	for i := range turns {
		turn := &turns[i]
		if format == "json" {
			continue
		}
		if turn.Speaker == "" || turn.Doubt != "" { // the label stands for them, as printed
			turn.Speaker, turn.Affiliation = turn.Label, ""
		}
		if format != "vtt" && strings.Contains(string(turn.Affiliation), " and ") {
			turn.Affiliation = ""
		}
		kept := model.Turn{
			Speaker: model.Optional(strings.ToLower(string(turn.Speaker))), Text: turn.Text,
			Affiliation: model.Optional(strings.ReplaceAll(string(turn.Affiliation), "’", "'")),
		}
		if format == "vtt" {
			kept.Text, kept.StartMS, kept.EndMS = strings.Join(strings.Fields(turn.Text), " "), turn.StartMS, turn.EndMS
		}
		*turn = kept
	}
	if format != "vtt" {
		return turns
	}
	var merged []model.Turn
	for _, turn := range turns {
		if last := len(merged) - 1; last >= 0 && merged[last].Speaker == turn.Speaker {
			merged[last].Text, merged[last].EndMS = merged[last].Text+" "+turn.Text, turn.EndMS
			continue
		}
		merged = append(merged, turn)
	}
	return merged
}
