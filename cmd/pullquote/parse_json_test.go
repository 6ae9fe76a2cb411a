package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/transcript"
)

func TestTranscriptIsPrintedAsOneValueWouldBe(t *testing.T) {
	answers := 0
	for name, parsed := range map[string]*transcript.Transcript{
		"with turns": {
			Title: `"text": "", "turns": []`, Text: "ROE: <b> & “Ja”\n\nPOE: No.", Speakers: []transcript.Speaker{}, Warnings: []string{"a doubt"},
			Turns: []transcript.Turn{{Label: "ROE", Text: "<b> & “Ja”", Start: 5, End: 15}, {Index: 1, Answers: &answers, Text: "No."}},
		},
		"with a long text": {Text: strings.Repeat("Ja – “nein” ", 20_000), Turns: []transcript.Turn{}},
		"without":          {Turns: []transcript.Turn{}, Warnings: []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			var got, want bytes.Buffer
			a := &app{environment: environment{stdout: &got}}
			if err := a.printTranscriptJSON(parsed); err != nil {
				t.Fatal(err)
			}
			e := json.NewEncoder(&want)
			e.SetEscapeHTML(false)
			e.SetIndent("", "  ")
			if err := e.Encode(parsed); err != nil {
				t.Fatal(err)
			}
			if got.String() != want.String() {
				t.Errorf("got\n%s\nwant\n%s", &got, &want)
			}
		})
	}
}
