package captions_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/container/internal/containertest"
)

type (
	speech = containertest.Speech
	word   = containertest.Word
)

// variant writes a conversation down as a program exports captions.
type variant struct {
	name, file string
	label      func(who int) any // under which the conversation comes out
	head       string
	cue        func(number int, s speech, words []word, first bool) string
}

func person(who int) any { return []string{"Jane Roe", "John Poe", "Lene Aas", "Karl Moe"}[who] }

func labels(of ...string) func(int) any { return func(who int) any { return of[who] } }

// vtt and srt are the times of a cue.
func vtt(words []word) string { return span(words, ".", " --> ") }
func srt(words []word) string { return span(words, ",", " --> ") }

func span(words []word, point, mark string) string {
	return clock(words[0].Start, point) + mark + clock(words[len(words)-1].End, point)
}

func clock(ms int64, point string) string {
	return fmt.Sprintf("%02d:%02d:%02d%s%03d", ms/3_600_000, ms/60_000%60, ms/1000%60, point, ms%1000)
}

// prefixed writes cues whose words stand behind a label; once leaves it out where the speaker goes
// on.
func prefixed(form string, label func(int) any, once bool, times func([]word) string) func(int, speech, []word, bool) string {
	return func(number int, s speech, words []word, first bool) string {
		text := containertest.TextOf(words)
		if first || !once {
			text = fmt.Sprintf(form, label(s.Who)) + text
		}
		return fmt.Sprintf("%d\n%s\n%s\n\n", number, times(words), text)
	}
}

func variants() []variant {
	lastFirst := labels("Roe, Jane", "Poe, John", "van der Aas, Lene", "Moe Roe, Karl")
	departments := labels("Roe, Jane (Harbour Board)", "Poe, John (Ferries)", "Aas, Lene (External)", "Moe, Karl")
	pronouns := labels("Jane Roe (she/her)", "John Poe (He/Him)", "Lene Aas", "Karl Moe (Guest)")
	bars := labels("Jane Roe | Harbour", "John Poe | Ferries", "Lene Aas", "Karl Moe | Quay 7")
	phones := labels("Jane Roe", "+44 20*****12", "+1 212-555-0100", "iPhone")
	ids := labels("SPEAKER_00", "SPEAKER_01", "SPEAKER_02", "SPEAKER_03")
	channels := labels("speaker 0", "speaker 1", "speaker 2", "speaker 3")
	numbered := labels("Speaker 1", "Speaker 2", "Speaker 3", "Speaker 4")
	small := labels("jane roe", "john poe", "laas", "karl's phone")
	chinese := labels("罗女士", "坡先生", "主持人", "莫先生")
	russian := labels("Спикер №1", "Спикер №2", "Спикер №3", "Спикер №4")
	voiced := func(label func(int) any) func(int, speech, []word, bool) string {
		return func(number int, s speech, words []word, _ bool) string {
			return fmt.Sprintf("1b2c-%d/%d-0\n%s\n<v %v>%s</v>\n\n", number, number, vtt(words), label(s.Who), containertest.TextOf(words))
		}
	}
	return []variant{
		{"Teams", "a.vtt", person, "WEBVTT\n\n", voiced(person)},
		{"Teams, family names first", "a.vtt", lastFirst, "WEBVTT\n\n", voiced(lastFirst)},
		{"Teams, departments", "a.vtt", departments, "WEBVTT\n\n", voiced(departments)},
		{"Teams, pronouns", "a.vtt", pronouns, "WEBVTT\n\n", voiced(pronouns)},
		{"Teams, organisations", "a.vtt", bars, "WEBVTT\n\n", voiced(bars)},
		{"Teams, telephones", "a.vtt", phones, "WEBVTT\n\n", voiced(phones)},
		{"Teams, older", "a.vtt", person, "WEBVTT\n\nNOTE language:en-us\n\n", func(number int, s speech, words []word, _ bool) string {
			return fmt.Sprintf("NOTE Confidence: 0.9\n\n1b2c-%d\n%s\n<v %v>%s\n\n", number, vtt(words), person(s.Who), containertest.TextOf(words))
		}},
		{"Teams, metadata", "a.vtt", person, "WEBVTT\n\n", func(_ int, s speech, words []word, _ bool) string {
			return fmt.Sprintf("%s\n{\"startDateTime\":\"2031-05-04T08:00:01Z\",\"speakerName\":%q,\"spokenText\":%q,\"spokenLanguage\":\"en-us\"}\n\n", vtt(words), person(s.Who), containertest.TextOf(words))
		}},
		{"Zoom", "a.vtt", person, "WEBVTT\n\n", prefixed("%s: ", person, false, vtt)},
		{"Zoom, names as people type them", "a.vtt", small, "WEBVTT\n\n", prefixed("%s: ", small, false, vtt)},
		{"Webex", "a.vtt", person, "WEBVTT\n\n", func(number int, s speech, words []word, _ bool) string {
			return fmt.Sprintf("%d %q (1830%d)\n%s\n%s\n\n", number, person(s.Who), s.Who, vtt(words), containertest.TextOf(words))
		}},
		{"cues called by their speaker", "a.vtt", numbered, "WEBVTT\n\n", func(_ int, s speech, words []word, _ bool) string {
			return fmt.Sprintf("%s\n%s\n%s\n\n", numbered(s.Who), vtt(words), containertest.TextOf(words))
		}},
		{"WhisperX", "a.srt", ids, "", prefixed("[%s]: ", ids, false, srt)},
		{"WhisperX in WebVTT", "a.vtt", ids, "WEBVTT\n\n", prefixed("[%s]: ", ids, false, vtt)},
		{"Otter", "a.srt", person, "", prefixed("%s: ", person, true, srt)},
		{"Rev", "a.srt", numbered, "", prefixed("%s: ", numbered, true, srt)},
		{"Descript", "a.vtt", numbered, "WEBVTT\n\n", prefixed("%s: ", numbered, false, vtt)},
		{"Happy Scribe", "a.srt", numbered, "", prefixed("%s: ", numbered, false, srt)},
		{"brackets", "a.srt", person, "", prefixed("[%s]: ", person, false, srt)},
		{"brackets without a colon", "a.srt", person, "", prefixed("[%s] ", person, false, srt)},
		{"identifiers in brackets", "a.vtt", ids, "WEBVTT\n\n", prefixed("[%s] ", ids, false, vtt)},
		{"whisper.cpp in stereo", "a.vtt", channels, "WEBVTT\n\n", prefixed("(%s) ", channels, false, vtt)},
		{"capitals behind arrows", "a.srt", labels("ROE", "JOHN POE", "MS. AAS", "MOE"), "", prefixed(">> %s: ", labels("ROE", "JOHN POE", "MS. AAS", "MOE"), true, srt)},
		{"a label on a line of its own", "a.srt", person, "", prefixed("%s:\n", person, false, srt)},
		{"Russian", "a.srt", russian, "", prefixed("%s: ", russian, true, srt)},
		{"Chinese", "a.srt", chinese, "", prefixed("%s：", chinese, false, srt)},
		{"SubViewer", "a.sbv", person, "", func(_ int, s speech, words []word, _ bool) string {
			return fmt.Sprintf("%s\n%s: %s\n\n", strings.ReplaceAll(span(words, ".", ","), "00:00:", "0:00:"), person(s.Who), containertest.TextOf(words))
		}},
	}
}

// Whatever program exports the captions of a conversation, its turns come out with their words to
// the letter, under the labels of the file, and when they are said.
func TestEveryVariantGivesTheSameTurns(t *testing.T) {
	for _, v := range variants() {
		t.Run(v.name, func(t *testing.T) {
			for seed := range uint64(30) {
				all := containertest.Converse(seed)
				if len(all) == 1 { // a label that stands once proves nothing
					continue
				}
				var b strings.Builder
				b.WriteString(v.head)
				number := 0
				for _, s := range all {
					for i, words := range cues(s, int(seed)) {
						number++
						b.WriteString(v.cue(number, s, words, i == 0))
					}
				}
				for name, encode := range encodings() {
					c, err := container.Open(t.Context(), encode(b.String()), container.Options{Filename: v.file})
					if err != nil {
						t.Fatalf("seed %d, %s: %v\n%s", seed, name, err, b.String())
					}
					containertest.Check(t, c)
					want := containertest.WantTurns(all, v.label)
					if name == "letters and their accents apart" {
						want = norm.NFD.String(want)
					}
					if got := containertest.Turns(c); got != want {
						t.Fatalf("seed %d, %s: got\n%s\nwant\n%s\nof\n%s", seed, name, got, want, b.String())
					}
				}
			}
		})
	}
}

// encodings are ways to keep the same text in a file.
func encodings() map[string]func(string) []byte {
	return map[string]func(string) []byte{
		"as it is": func(s string) []byte { return []byte(s) },
		"of Windows, with a byte order mark": func(s string) []byte {
			return []byte("\ufeff" + strings.ReplaceAll(s, "\n", "\r\n"))
		},
		"UTF-16": func(s string) []byte {
			data := []byte{0xFF, 0xFE}
			for _, unit := range utf16.Encode([]rune(s)) {
				data = append(data, byte(unit), byte(unit>>8))
			}
			return data
		},
		"letters and their accents apart": func(s string) []byte { return norm.NFD.Bytes([]byte(s)) },
	}
}

// cues divides what somebody says as captions do: by sentences, or by a few words.
func cues(s speech, seed int) [][]word {
	if seed%2 == 0 {
		return s.Sentences
	}
	var out [][]word
	words := s.Words()
	for len(words) > 7 {
		out, words = append(out, words[:7]), words[7:]
	}
	return append(out, words)
}
