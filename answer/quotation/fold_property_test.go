package quotation

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/rounds"
	"github.com/pullquote/pullquote/retrieval"
)

// typesetting are changes of a text that are no difference, each by its table.
var typesetting = []func(string) string{
	strings.NewReplacer("ffi", "ﬃ", "ffl", "ﬄ", "ff", "ﬀ", "fi", "ﬁ", "fl", "ﬂ").Replace,
	func(s string) string {
		return strings.Map(func(r rune) rune {
			if r > ' ' && r <= '~' && r != ',' && r != '.' && !strings.ContainsRune("*_`<>", r) {
				return r + fullWidth
			}
			return r
		}, s)
	},
	strings.NewReplacer("“", "❝", "”", "❞").Replace,
	strings.NewReplacer("“", "<<", "”", ">>").Replace,
	strings.NewReplacer("“", "『", "”", "』").Replace,
	strings.NewReplacer("，", ",", "。", ".").Replace,
	strings.NewReplacer("，", ",", "。", "｡").Replace,
	strings.NewReplacer("`", "", "*", "").Replace,
	strings.NewReplacer("*", "_").Replace,
	strings.NewReplacer("灯", "灯\n", "台", " 台").Replace,
	strings.NewReplacer("…", "...", "-", "‐").Replace,
}

// vocabularyOfFolds are words with something to fold, and such as have only its likeness.
var vocabularyOfFolds = strings.Fields("office official flaw affair fjord first 3.1 31 3,100 £5 5% −3 10² km² F16 snake_case isn’t non-partisan quay `flag` *stress* “yes” 灯台 灯塔，港口。 œuvre maiſon")

// Whatever typesetting changes, a text folds to the same; and it does to nothing else's.
func TestFoldsKeepWords(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for range rounds.Of(20_000) {
		words := make([]string, 3+r.IntN(8))
		for i := range words {
			words[i] = vocabularyOfFolds[r.IntN(len(vocabularyOfFolds))]
		}
		text := strings.Join(words, " ")
		set := typesetting[r.IntN(len(typesetting))](text)
		if fold(set).text != fold(text).text {
			t.Fatalf("%q and %q fold to %q and %q", text, set, fold(text).text, fold(set).text)
		}
		i := r.IntN(len(words))
		changed := vocabularyOfFolds[r.IntN(len(vocabularyOfFolds))]
		if fold(changed).text == fold(words[i]).text {
			continue
		}
		words[i] = changed
		lie := typesetting[r.IntN(len(typesetting))](strings.Join(words, " "))
		if hit := (retrieval.Hit{Text: text, End: len([]rune(text))}); len(Locate(lie, []retrieval.Hit{hit})) > 0 && !strings.Contains(fold(text).text, strings.Trim(fold(lie).text, ",. ")) {
			t.Fatalf("%q is found in %q", lie, text)
		}
	}
}

// Marks of notes are none where a figure may be the record's, or part of a word.
func TestNotesAreNoFigures(t *testing.T) {
	for _, tt := range []struct{ draft, want string }{
		{"the channel¹ before", "the channel before"},
		{"the channel.² Then", "the channel. Then"},
		{"the channel[1] and the quay[^b]", "the channel and the quay"},
		{"the channel* and the quay†", "the channel and the quay"},
		{"the channel<sup>3</sup> before", "the channel before"},
		{"the channel,¹⁻³ before", "the channel, before"},
		{"北航道¹在冬天", "北航道在冬天"},
		{"in 2026.¹ Then", "in 2026. Then"},

		{"10² and 5*", "10² and 5*"},
		{"5 km² and 3 metres²", "5 km² and 3 metres²"},
		{"x² and a[1]", "x² and a[1]"},
		{"三平方米² 宽", "三平方米² 宽"},
		{"channel¹st", "channel¹st"},
		{"[1] and * and ¹", "[1] and * and ¹"},
		{"the *channel*", "the *channel"},
		{"F16 and covid19", "F16 and covid19"},
	} {
		if got := withoutNotes(tt.draft); got != tt.want {
			t.Errorf("%q becomes %q, want %q", tt.draft, got, tt.want)
		}
	}
}
