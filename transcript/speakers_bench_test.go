package transcript

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// The time for a transcript grows with the number of its speakers, and not with its square.
// In labelled text a document has at most labels.MostLabels of them.
func BenchmarkSpeakers(b *testing.B) {
	for _, made := range []struct {
		name, filename, head, turn string
		speakers                   int
	}{
		{"rows", "quay.csv", "timestamp,speaker,words\n", "1,GIVEN SURNAME,The wall holds.\n", 4000},
		{"rows by given name", "quay.csv", "timestamp,speaker,words\n", "1,GIVEN,The wall holds.\n", 4000},
		{"cues", "quay.vtt", "WEBVTT\n\n", "00:00:01.000 --> 00:00:02.000\n<v GIVEN SURNAME>The wall holds.\n\n", 4000},
		{"records", "quay.ndjson", "", `{"speaker":"GIVEN SURNAME","text":"The wall holds."}` + "\n", 4000},
		{"labels", "quay.txt", "", "MR. UPPER: The wall holds.\n\nMR. UPPER: It does.\n\n", 900},
		{"numbers", "quay.txt", "", "Speaker NUMBER: I'm GIVEN SURNAME. The wall holds.\n\nSpeaker NUMBER: It does.\n\n", 900},
		{"slips", "quay.txt", "", "MS. UPPERHARGREAVES: I hold.\n\nMS. UPPERHARGREAVES: I do.\n\nMS. UPPERHARGREAVES: Yes.\n\nMS. UPPERHARGREAVE: No.\n\n", 450},
	} {
		for _, times := range []int{1, 10} {
			n := made.speakers * times
			var text strings.Builder
			text.WriteString(made.head)
			for i := range n {
				text.WriteString(strings.NewReplacer("GIVEN", madeName(i), "SURNAME", madeName(7*i), "UPPER", strings.ToUpper(madeName(i)), "NUMBER", strconv.Itoa(i)).Replace(made.turn))
			}
			b.Run(fmt.Sprintf("%s/%d", made.name, n), func(b *testing.B) {
				for b.Loop() {
					if _, err := Parse(b.Context(), []byte(text.String()), Options{Filename: made.filename}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// madeName is a name of its own for each number, in letters.
func madeName(i int) string {
	name := ""
	for i += 26 * 26 * 26; i > 0; i /= 26 {
		name = string(rune('a'+i%26)) + name
	}
	return strings.ToUpper(name[:1]) + name[1:]
}
