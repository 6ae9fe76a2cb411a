package transcript

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/golden"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/transcripttest"
)

// Each archive in testdata/times holds files, and of each the words that have a time of their
// own and the times of its sentences.
func TestTimes(t *testing.T) {
	files, err := filepath.Glob("testdata/times/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, file := range files {
		archive := golden.Open(t, file)
		for i := 0; i < len(archive.Files); i += 2 {
			input := archive.Files[i]
			t.Run(input.Name, func(t *testing.T) {
				got, err := Parse(t.Context(), input.Data, Options{Filename: input.Name})
				if err != nil {
					t.Fatal(err)
				}
				transcripttest.CheckInvariants(t, got)
				archive.Check(t, i+1, strings.TrimSuffix(input.Name, filepath.Ext(input.Name))+".times", timesOf(got))
			})
		}
	}
}

func timesOf(t *model.Transcript) string {
	var b strings.Builder
	if t.Media != "" {
		fmt.Fprintf(&b, "media: %s\n", t.Media)
	}
	for _, turn := range t.Turns {
		fmt.Fprintf(&b, "%s %s\n", turn.Bearer(), between(turn.StartMS, turn.EndMS))
		runes := []rune(turn.Text)
		for i, c := range turn.Cues {
			end := len(runes)
			if i+1 < len(turn.Cues) {
				end = turn.Cues[i+1].At
			}
			fmt.Fprintf(&b, "  %d-%d %q\n", c.StartMS, c.EndMS, string(runes[c.At:end]))
		}
		for _, s := range turn.Sentences() {
			start, end := turn.Times(s)
			fmt.Fprintf(&b, "  %s: %s\n", between(start, end), strings.ReplaceAll(string([]rune(t.Text)[s.Start:s.End]), "\n", " "))
		}
	}
	return b.String()
}

func between(start, end *int64) string {
	show := func(ms *int64) string {
		if ms == nil {
			return "?"
		}
		return fmt.Sprint(*ms)
	}
	return show(start) + " to " + show(end)
}

// What is parsed can be parsed again from its own JSON, with the times of its words.
func TestTimesInOwnJSON(t *testing.T) {
	file := golden.Open(t, "testdata/times/captions.txtar").Files[0]
	first, err := Parse(t.Context(), file.Data, Options{Filename: file.Name})
	if err != nil {
		t.Fatal(err)
	}
	own, err := json.Marshal(first)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Parse(t.Context(), own, Options{Filename: "again.json"})
	if err != nil || timesOf(again) != timesOf(first) {
		t.Errorf("%v: read again it is\n%s", err, timesOf(again))
	}
}

func TestRecordings(t *testing.T) {
	const words = "\n\n**Ada Roe:** Will it hold?\n\n**Jon Elm:** It will.\n\n**Ada Roe:** How long?\n\n**Jon Elm:** A year.\n"
	for _, tt := range []struct{ name, front, given, want, warning string }{
		{"in the front matter", "---\nmedia: https://example.org/a.mp3\n---", "", "https://example.org/a.mp3", ""},
		{"as a video", "---\nvideo_url: https://youtu.be/Ab\n---", "", "https://youtu.be/Ab", ""},
		{"given besides", "---\nmedia: https://example.org/a.mp3\n---", "https://example.org/b.mp3", "https://example.org/b.mp3", ""},
		{"given instead of a bad one", "---\nmedia: data:x\n---", "https://example.org/b.mp3", "https://example.org/b.mp3", ""},
		{"encoded", "---\nmedia: https://example.org/ä.mp3\n---", "", "https://example.org/%C3%A4.mp3", ""},
		{"a script", "---\nmedia: javascript:alert(1)\n---", "", "", "no web address"},
		{"a password", "---\nmedia: https://ada:secret@example.org/a.mp3\n---", "", "", "password"},
		{"none", "---\ntitle: The mole\n---", "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse(t.Context(), []byte(tt.front+words), Options{Filename: "a.md", Media: tt.given})
			if err != nil {
				t.Fatal(err)
			}
			if string(got.Media) != tt.want || strings.Contains(strings.Join(got.Warnings, " "), "link to the recording") != (tt.warning != "") ||
				!strings.Contains(strings.Join(got.Warnings, " "), tt.warning) {
				t.Errorf("got %q with %q", got.Media, got.Warnings)
			}
		})
	}
	if _, err := Parse(t.Context(), []byte(words), Options{Filename: "a.md", Media: "javascript:alert(1)"}); err == nil || !strings.Contains(err.Error(), "no web address") {
		t.Errorf("a script was taken: %v", err)
	}
}
