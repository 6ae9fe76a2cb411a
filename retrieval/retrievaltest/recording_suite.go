package retrievaltest

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/correction"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// Mole is captions of a hearing in which one speaks for long.
const Mole = `WEBVTT - The hearing on the mole
Media: https://example.org/mole.mp3

00:00:05.000 --> 00:00:08.000
<v Ada Roe>Who pays for the mole?

00:00:08.500 --> 00:00:12.250
<v Jon Elm>The harbour has paid for it since the war.

00:00:13.000 --> 00:00:20.000
<v Jon Elm>Until May, that is.

00:01:05.000 --> 00:01:09.000
<v Jon Elm>The lighthouse alone costs four thousand crowns.

00:01:09.000 --> 00:01:14.000
<v Ada Roe>Thank you.
`

// The times of the words, and the link to the recording, come back with a transcript and with
// what is found in it; what is given of the link, and mended, stays.
func testRecording(t *testing.T, r Store) {
	library := newLibrary(r)
	want, err := transcript.Parse(t.Context(), []byte(Mole), transcript.Options{Filename: "mole.vtt"})
	if err != nil {
		t.Fatal(err)
	}
	stored := addNamed(t, r, "news", "mole.vtt", Mole)
	turns, err := r.Turns(t.Context(), stored.ID)
	if err != nil || stored.Media != "https://example.org/mole.mp3" || len(want.Turns[1].Cues) != 3 || !reflect.DeepEqual(turns, want.Turns) {
		t.Fatalf("stored with %q, its turns are %+v (%v), want %+v", stored.Media, turns, err, want.Turns)
	}
	hits := search(t, r, "lighthouse costs crowns", retrieval.Filter{Collection: "news"})
	if len(hits) == 0 || hits[0].Turn != 1 {
		t.Fatalf("a search finds %+v", hits)
	}
	if got := times(hits[0], "The lighthouse alone"); got != "65000-69000" {
		t.Errorf("the words were said at %s", got)
	}
	if got := times(hits[0], "The harbour has paid for it since the war. Until May"); got != "8500-20000" {
		t.Errorf("the first words were said at %s", got)
	}
	if hits[0].MediaURL != "https://example.org/mole.mp3#t=8.5" {
		t.Errorf("the hit leads to %s", hits[0].MediaURL)
	}

	edited, changed, err := library.Edit(t.Context(), stored.ID, correction.Facts{Media: correction.Set("https://youtu.be/Ab?t=3")})
	if err != nil || !changed || edited.Version != 2 || edited.Media != "https://youtu.be/Ab?t=3" {
		t.Fatalf("edited it is %+v, changed %v (%v)", edited, changed, err)
	}
	if hits := search(t, r, "lighthouse costs crowns", retrieval.Filter{Collection: "news"}); len(hits) == 0 || hits[0].MediaURL != "https://youtu.be/Ab?t=8s" {
		t.Errorf("then a search finds %+v", hits)
	}
	if same, changed, err := library.Reparse(t.Context(), edited.ID); err != nil || changed || same.Media != edited.Media {
		t.Errorf("read again it is %+v, changed %v (%v)", same, changed, err)
	}
	if again := addNamed(t, r, "news", "mole.vtt", strings.Replace(Mole, "Thank you.", "Thanks.", 1)); again.Version != 3 || again.Media != edited.Media {
		t.Errorf("its edited file became %+v", again)
	}
	_, _, err = library.Edit(t.Context(), edited.ID, correction.Facts{Media: correction.Set("javascript:alert(1)")})
	if fault.CodeOf(err) != fault.Conflict && fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a script: %v", err)
	}
}

// A link that is given with the file goes before its own, and with a file that is there is a
// correction; one that is none refuses the file.
func testRecordingGiven(t *testing.T, r Store) {
	library := newLibrary(r)
	request := retrieval.AddRequest{Data: []byte(Mole), Collection: "news", Options: transcript.Options{Filename: "mole.vtt", Media: "https://example.org/other.webm"}}
	stored, created, err := library.Add(t.Context(), request)
	if err != nil || !created || stored.Media != "https://example.org/other.webm" {
		t.Fatalf("stored as %+v, created %v (%v)", stored, created, err)
	}
	if same, changed, err := library.Reparse(t.Context(), stored.ID); err != nil || changed {
		t.Errorf("read again it is %+v, changed %v (%v)", same, changed, err)
	}
	request.Media = "https://vimeo.com/12"
	if again, created, err := library.Add(t.Context(), request); err != nil || created || again.Version != 2 || again.Media != "https://vimeo.com/12" {
		t.Errorf("added again it is %+v, created %v (%v)", again, created, err)
	}
	for _, hostile := range []string{"javascript:alert(1)", "https://ada:secret@example.org/a.mp3", "https://example.org/" + strings.Repeat("a", 3_000)} {
		request.Media = hostile
		if _, _, err := library.Add(t.Context(), request); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%.40q: %v", hostile, err)
		}
		other := request
		other.Data, other.Filename = []byte(strings.ReplaceAll(Mole, "mole", "pier")), "pier.vtt"
		if _, _, err := library.Add(t.Context(), other); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%.40q with a new file: %v", hostile, err)
		}
	}
	if page, err := r.List(t.Context(), retrieval.ListQuery{Collection: "news", Limit: 10}); err != nil || len(page.Transcripts) != 1 {
		t.Errorf("the list is %+v (%v)", page, err)
	}
}

// times are when words of a hit were said.
func times(h retrieval.Hit, words string) string {
	before, _, _ := strings.Cut(h.Text, words)
	at := h.Start + len([]rune(before))
	start, end := h.Times(sentence.Span{Start: at, End: at + len([]rune(words))})
	if start == nil || end == nil {
		return "no time"
	}
	return fmt.Sprintf("%d-%d", *start, *end)
}
