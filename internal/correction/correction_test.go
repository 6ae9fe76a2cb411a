package correction

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/transcript/model"
)

// laidOut is a transcript of lines such as "A JANE ROE: We sail at six.", whose first
// letter is the role: Question, Answer, Statement. A ? before a label says that it is
// doubtful, and names nobody.
func laidOut(lines ...string) *model.Transcript {
	t := &model.Transcript{Title: "The quay", Date: "2031-04-02", Warnings: []string{}, Speakers: []model.Speaker{}}
	roles := map[byte]model.Role{'Q': model.RoleQuestion, 'A': model.RoleAnswer, 'S': model.RoleStatement}
	question := -1
	for i, line := range lines {
		label, words, _ := strings.Cut(line[2:], ": ")
		turn := model.Turn{Index: i, Role: roles[line[0]], Text: words}
		label, doubtful := strings.CutPrefix(label, "?")
		turn.Label, turn.Speaker = model.Optional(label), model.Optional(label)
		if doubtful {
			turn.Speaker, turn.Doubt = "", "may be no label"
		}
		if i > 0 {
			t.Text += "\n\n"
		}
		t.Text += label + ": "
		turn.Start = utf8.RuneCountInString(t.Text)
		t.Text += words
		turn.End = utf8.RuneCountInString(t.Text)
		switch turn.Role {
		case model.RoleQuestion:
			question = i
		case model.RoleAnswer:
			if asked := question; asked >= 0 {
				turn.Answers = &asked
			}
		}
		t.Turns = append(t.Turns, turn)
	}
	for _, turn := range t.Turns {
		known := slices.ContainsFunc(t.Speakers, func(s model.Speaker) bool { return s.Name == string(turn.Speaker) })
		if turn.Speaker != "" && !known {
			t.Speakers = append(t.Speakers, model.Speaker{Name: string(turn.Speaker), Labels: []string{string(turn.Label)}})
		}
	}
	return t
}

// printed is a transcript in short, a line for each turn, ¶ between paragraphs.
func printed(t *model.Transcript) string {
	var b strings.Builder
	for _, turn := range t.Turns {
		who := string(turn.Speaker)
		if who == "" {
			who = "-"
		}
		fmt.Fprintf(&b, "%c", strings.ToUpper(string(turn.Role))[0])
		if turn.Answers != nil {
			fmt.Fprintf(&b, "%d", *turn.Answers)
		}
		fmt.Fprintf(&b, " %s: %s", who, strings.ReplaceAll(turn.Text, "\n\n", "¶"))
		if turn.Doubt != "" {
			fmt.Fprintf(&b, " (%s)", turn.Doubt)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// whole checks what holds of every transcript.
func whole(t *testing.T, tr *model.Transcript) {
	t.Helper()
	runes := []rune(tr.Text)
	end := 0
	for i, turn := range tr.Turns {
		if turn.Index != i || turn.Start < end || turn.End > len(runes) || turn.End <= turn.Start {
			t.Fatalf("turn %d has index %d and stands from %d to %d, after %d", i, turn.Index, turn.Start, turn.End, end)
		}
		end = turn.End
		if string(runes[turn.Start:turn.End]) != turn.Text || strings.TrimSpace(turn.Text) != turn.Text {
			t.Fatalf("turn %d is %q; the text has %q there", i, turn.Text, string(runes[turn.Start:turn.End]))
		}
		if a := turn.Answers; a != nil && (*a < 0 || *a >= len(tr.Turns) || *a == i || turn.Role != model.RoleAnswer) {
			t.Fatalf("turn %d, a %s, answers %d of %d", i, turn.Role, *a, len(tr.Turns))
		}
	}
}

var harbour = []string{
	"Q IDA: Why is the lamp dark?",
	"A JON: It failed. IDA: Since when? JON: Since May.",
	"S JON: I will say this",
	"S JON: and no more.",
	"S ?By the way: the buoy holds.",
	"Q IDA: Who pays?",
	"A JON: Yes.",
	"A MAY: Yes.",
}

// mend edits turn after turn, and returns the corrections.
func mend(t *testing.T, tr *model.Transcript, edits ...func(*model.Transcript) (Correction, error)) (*model.Transcript, []Correction) {
	t.Helper()
	var list []Correction
	for _, edit := range edits {
		c, err := edit(tr)
		if err != nil {
			t.Fatal(err)
		}
		tr, list = Apply(tr, []Correction{c}), Append(list, c)
		whole(t, tr)
	}
	return tr, list
}

func edit(n int, e TurnEdit) func(*model.Transcript) (Correction, error) {
	return func(t *model.Transcript) (Correction, error) { return e.Of(t, n) }
}

// splitBefore divides turn n before some words.
func splitBefore(n int, words string, e TurnEdit) func(*model.Transcript) (Correction, error) {
	return func(t *model.Transcript) (Correction, error) {
		before, _, _ := strings.Cut(t.Turns[n].Text, words)
		at := t.Turns[n].Start + utf8.RuneCountInString(before)
		e.SplitAt = &at
		return e.Of(t, n)
	}
}

func TestEdits(t *testing.T) {
	for _, tt := range []struct {
		name  string
		edits []func(*model.Transcript) (Correction, error)
		turn  int // the first that is compared
		want  string
	}{
		{"a speaker is certain by hand", []func(*model.Transcript) (Correction, error){edit(4, TurnEdit{Speaker: Set("MAY")})}, 4,
			"S MAY: the buoy holds.\n"},
		{"nobody is named", []func(*model.Transcript) (Correction, error){edit(2, TurnEdit{Speaker: Set("")})}, 2,
			"S -: I will say this\n"},
		{"who begins at a split is not guessed", []func(*model.Transcript) (Correction, error){splitBefore(1, "IDA", TurnEdit{})}, 1,
			"A0 JON: It failed.\nA0 -: IDA: Since when? JON: Since May. (divided by hand, without saying who speaks)\n"},
		{"a turn is divided into three", []func(*model.Transcript) (Correction, error){
			splitBefore(1, "IDA", TurnEdit{Speaker: Set("IDA"), Role: model.RoleQuestion}),
			splitBefore(2, "JON", TurnEdit{Speaker: Set("JON"), Role: model.RoleAnswer}),
		}, 1, "A0 JON: It failed.\nQ IDA: Since when?\nA2 JON: Since May.\n"},
		{"words that only look like a label stay words", []func(*model.Transcript) (Correction, error){splitBefore(1, "IDA", TurnEdit{Speaker: Set("May Elm")})}, 2,
			"A0 May Elm: IDA: Since when? JON: Since May.\n"},
		{"a real label does not enter the words of a joined turn", []func(*model.Transcript) (Correction, error){edit(2, TurnEdit{Join: true})}, 2,
			"S JON: I will say this¶and no more.\n"},
		{"a doubtful label was words", []func(*model.Transcript) (Correction, error){edit(3, TurnEdit{Join: true})}, 3,
			"S JON: and no more.¶By the way: the buoy holds.\n"},
		{"a question becomes an answer", []func(*model.Transcript) (Correction, error){edit(5, TurnEdit{Role: model.RoleAnswer})}, 5,
			"A0 IDA: Who pays?\nA0 JON: Yes.\nA0 MAY: Yes.\n"},
		{"a statement becomes a question", []func(*model.Transcript) (Correction, error){edit(4, TurnEdit{Role: model.RoleQuestion}), edit(5, TurnEdit{Role: model.RoleAnswer})}, 4,
			"Q -: the buoy holds. (may be no label)\nA4 IDA: Who pays?\nA4 JON: Yes.\nA4 MAY: Yes.\n"},
		{"what follows keeps its questions", []func(*model.Transcript) (Correction, error){splitBefore(1, "IDA", TurnEdit{Speaker: Set("IDA")}), edit(3, TurnEdit{Join: true})}, 4,
			"S -: the buoy holds. (may be no label)\nQ IDA: Who pays?\nA5 JON: Yes.\nA5 MAY: Yes.\n"},
		{"of the same words those that are meant are mended", []func(*model.Transcript) (Correction, error){edit(7, TurnEdit{Speaker: Set("ANN")})}, 6,
			"A5 JON: Yes.\nA5 ANN: Yes.\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fresh := laidOut(harbour...)
			mended, list := mend(t, fresh, tt.edits...)
			lines := strings.SplitAfter(printed(mended), "\n")[tt.turn:]
			if got := strings.Join(lines[:strings.Count(tt.want, "\n")], ""); got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
			if again := Apply(laidOut(harbour...), list); !reflect.DeepEqual(again, mended) {
				t.Errorf("done again it is\n%s%v", printed(again), again.Warnings)
			}
			if !reflect.DeepEqual(fresh, laidOut(harbour...)) {
				t.Error("what was given has changed")
			}
		})
	}
}

// Other parses of the same conversation: what was mended stays mended, where that can be
// told.
func TestOtherParses(t *testing.T) {
	split := splitBefore(1, "IDA", TurnEdit{Speaker: Set("IDA"), Role: model.RoleQuestion})
	for _, tt := range []struct {
		name   string
		edit   func(*model.Transcript) (Correction, error)
		parsed []string
		want   string // a line of the turns; empty for a warning
	}{
		{"the text before has grown", edit(2, TurnEdit{Speaker: Set("MAY")}),
			append([]string{"S MAY: Good morning, and welcome to the quay."}, harbour...), "S MAY: I will say this\n"},
		{"punctuation is read otherwise", edit(2, TurnEdit{Speaker: Set("MAY")}),
			[]string{"S JON: “I will  say this”", "S JON: And – no more!"}, "S MAY: “I will  say this”\n"},
		{"of the same words none can be told", edit(7, TurnEdit{Speaker: Set("ANN")}),
			[]string{"Q IDA: Is it so?", "A JON: Yes.", "A MAY: Yes.", "Q IDA: Really?", "A JON: Yes.", "A MAY: Yes.", "S IDA: So it is."}, ""},
		{"a short turn elsewhere is another", edit(7, TurnEdit{Speaker: Set("ANN")}),
			[]string{"Q IDA: Is it so?", "A JON: Yes.", "S MAY: The tide turns."}, ""},
		{"the turn is gone", edit(2, TurnEdit{Speaker: Set("MAY")}), harbour[4:], ""},
		{"the turn is divided otherwise", edit(1, TurnEdit{Speaker: Set("MAY")}),
			[]string{"Q IDA: Why is the lamp dark?", "A JON: It failed.", "Q IDA: Since when?", "A JON: Since May."}, ""},
		{"the parser divides there itself", split,
			[]string{"Q IDA: Why is the lamp dark?", "A JON: It failed.", "S IDA: Since when? JON: Since May."}, "Q IDA: Since when? JON: Since May.\n"},
		{"the split is in a longer turn", split,
			[]string{"A JON: Good morning all. It failed. IDA: Since when? JON: Since May. And so on."}, "Q IDA: Since when? JON: Since May. And so on.\n"},
		{"a join that the parser makes itself", edit(2, TurnEdit{Join: true}), []string{"S JON: I will say this and no more."}, ""},
		{"what was joined is still apart", edit(2, TurnEdit{Join: true}), harbour[1:], "S JON: I will say this¶and no more.\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, list := mend(t, laidOut(harbour...), tt.edit)
			got := Apply(laidOut(tt.parsed...), list)
			whole(t, got)
			switch {
			case tt.want == "" && (len(got.Warnings) != 1 || !reflect.DeepEqual(got.Turns, laidOut(tt.parsed...).Turns)):
				t.Errorf("without its words it was done all the same, with the warnings %q:\n%s", got.Warnings, printed(got))
			case tt.want != "" && (len(got.Warnings) > 0 || !strings.Contains(printed(got), tt.want)):
				t.Errorf("got %q\n%s", got.Warnings, printed(got))
			}
		})
	}
}

// Something was mended in the midst of a long turn.
func TestMendedWithinATurn(t *testing.T) {
	const opening, closing = "S JON: The harbour has three gates, and each of them was built by another engineer, in another age", "which is why none of them closes as the one before, and why the tide finds its way."
	_, list := mend(t, laidOut(opening+" and style; "+closing), edit(0, TurnEdit{Speaker: Set("MAY")}))
	if got := Apply(laidOut("S IDA: Welcome.", opening+" and taste; "+closing), list); got.Turns[1].Speaker != "MAY" || len(got.Warnings) > 0 {
		t.Errorf("got\n%s%q", printed(got), got.Warnings)
	}
}

func TestSpeakersAreListed(t *testing.T) {
	mended, _ := mend(t, laidOut(harbour...), edit(7, TurnEdit{Speaker: Set("Ann Poe")}))
	var names []string
	for _, s := range mended.Speakers {
		names = append(names, s.Name)
	}
	if want := []string{"IDA", "JON", "Ann Poe"}; !slices.Equal(names, want) {
		t.Errorf("the speakers are %q, want %q", names, want)
	}
}

func TestRefusedEdits(t *testing.T) {
	tr := laidOut(harbour...)
	start := tr.Turns[1].Start
	at := func(n int) *int { n += start; return &n }
	for _, tt := range []struct {
		name string
		turn int
		edit TurnEdit
		code fault.Code
		want string
	}{
		{"no such turn", 8, TurnEdit{Join: true}, fault.NotFound, "there is no turn 8; the turns of this transcript are 0 to 7"},
		{"nothing", 0, TurnEdit{}, fault.Invalid, "nothing is to be changed; give a speaker, a role, split_at or join"},
		{"both", 0, TurnEdit{Join: true, SplitAt: at(4)}, fault.Invalid, "a turn cannot be divided and joined at once; do one after the other"},
		{"the last", 7, TurnEdit{Join: true}, fault.Invalid, "turn 7 is the last one: there is none to join it with; join the turn before it"},
		{"no role", 1, TurnEdit{Role: "host"}, fault.Invalid, `there is no role "host"; use question, answer, statement, moderator or narration`},
		{"nobody's name", 1, TurnEdit{Speaker: Set("???")}, fault.Invalid, `nobody can be called "???"; give a name with letters`},
		{"at the start", 1, TurnEdit{SplitAt: at(0)}, fault.Invalid, "split_at 33 is not within turn 1; give a code point of the canonical text between 34 and 75"},
		{"in another turn", 1, TurnEdit{SplitAt: at(-9)}, fault.Invalid, "split_at 24 is not within turn 1; give a code point of the canonical text between 34 and 75"},
		{"in a word", 1, TurnEdit{SplitAt: at(5)}, fault.Invalid, `split_at 38 is in the middle of the word "failed"; divide the turn before it, at 36, or after it, at 42`},
		{"before the end's point", 1, TurnEdit{SplitAt: at(42)}, fault.Invalid, "split_at 75 would leave a turn without words; divide the turn between two words"},
	} {
		_, err := tt.edit.Of(tr, tt.turn)
		if fault.CodeOf(err) != tt.code || fault.MessageOf(err) != tt.want {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	for _, tt := range []struct {
		facts Facts
		want  string
	}{
		{Facts{}, "nothing is to be changed; give a title, a date, a place or a media link"},
		{Facts{Media: Set("javascript:alert(1)")}, "the media link is no web address; give one that begins with https:// or http://"},
		{Facts{Date: Set("2 April")}, `the date "2 April" is none; write it as YYYY-MM-DD, for example 2011-10-18`},
		{Facts{Date: Set("0000-01-01")}, `the date "0000-01-01" is none; write it as YYYY-MM-DD, for example 2011-10-18`},
		{Facts{Title: Set(strings.Repeat("a", 1001))}, "the title has 1001 characters; give it 1000 at the most"},
	} {
		if _, err := tt.facts.Of(); fault.MessageOf(err) != tt.want {
			t.Errorf("%+v: %v", tt.facts, err)
		}
	}
}

func TestSplitBetweenWords(t *testing.T) {
	for _, tt := range []struct {
		text string
		bar  string // a | is where it is divided
		ok   bool
	}{
		{"the tide turns", "the |tide turns", true},
		{"the tide turns", "the| tide turns", true},
		{"the tide turns", "the t|ide turns", false},
		{"I don't know", "I don|'t know", false},
		{"I don’t know", "I don’|t know", false},
		{"a well-known quay", "a well|-known quay", false},
		{"it is 3.5 metres", "it is 3.|5 metres", false},
		{"I think—no", "I think—|no", true},
		{"the end.POE: Well", "the end.|POE: Well", true},
		{"はい。いいえ。", "はい。|いいえ。", true},
		{"はいいいえ", "はい|いいえ", true},
	} {
		before, _, _ := strings.Cut(tt.bar, "|")
		tr := laidOut("S JON: " + tt.text)
		at := tr.Turns[0].Start + utf8.RuneCountInString(before)
		if _, err := (TurnEdit{SplitAt: &at}).Of(tr, 0); (err == nil) != tt.ok {
			t.Errorf("%s: %v", tt.bar, err)
		}
	}
}

func TestFactsAreKeptOnce(t *testing.T) {
	var list []Correction
	for _, f := range []Facts{{Title: Set("A")}, {Date: Set("2031-01-02")}, {Title: Set("B"), Place: Set("")}} {
		c, err := f.Of()
		if err != nil {
			t.Fatal(err)
		}
		list = Append(list, c)
	}
	kept, err := json.Marshal(list)
	if want := `[{"title":"B","date":"2031-01-02","place":null}]`; err != nil || string(kept) != want {
		t.Errorf("kept %s, want %s", kept, want)
	}
	var read []Correction
	if err := json.Unmarshal(kept, &read); err != nil || !reflect.DeepEqual(read, list) {
		t.Errorf("read back it is %+v: %v", read, err)
	}
}

// Whatever is mended in a transcript, a fresh parse with the corrections, as they are
// stored, is the same.
func TestDoneAgain(t *testing.T) {
	words := strings.Fields("yes no the quay, tide; “lamp” gate 3.5 don't — … はい。いいえ。 \n\n POE: well")
	for seed := range uint64(400) {
		random := rand.New(rand.NewPCG(seed, 7))
		var lines []string
		for range 1 + random.IntN(12) {
			line := "lamp"
			for range random.IntN(9) {
				line += " " + words[random.IntN(len(words))]
			}
			lines = append(lines, string("QAS"[random.IntN(3)])+" "+[]string{"JON", "?IDA", "MAY"}[random.IntN(3)]+": "+line)
		}
		mended := laidOut(lines...)
		var list []Correction
		for range 12 {
			n := random.IntN(len(mended.Turns))
			e := TurnEdit{Join: random.IntN(3) == 0}
			if !e.Join && random.IntN(2) == 0 {
				at := mended.Turns[n].Start + random.IntN(len(mended.Turns[n].Text))
				e.SplitAt = &at
			}
			if random.IntN(2) == 0 {
				e.Speaker = Set([]string{"", "Ann", "JON"}[random.IntN(3)])
			}
			if random.IntN(2) == 0 {
				e.Role = model.Roles[random.IntN(len(model.Roles))]
			}
			c, err := e.Of(mended, n)
			if err != nil {
				continue
			}
			mended, list = Apply(mended, []Correction{c}), Append(list, c)
			whole(t, mended)
		}
		stored, err := json.Marshal(list)
		if err != nil {
			t.Fatal(err)
		}
		var read []Correction
		if err := json.Unmarshal(stored, &read); err != nil {
			t.Fatal(err)
		}
		if again := Apply(laidOut(lines...), read); !reflect.DeepEqual(again.Turns, mended.Turns) || !reflect.DeepEqual(again.Speakers, mended.Speakers) || again.Text != mended.Text || len(again.Warnings) > 0 {
			t.Fatalf("seed %d: done again it is\n%swith %q, not\n%s", seed, printed(again), again.Warnings, printed(mended))
		}
	}
}

// The times of the words go with them where a turn is divided or joined.
func TestCuesOfMendedTurns(t *testing.T) {
	ms := func(n int64) *int64 { return &n }
	talk := laidOut("S IDA: Good morning all. JON: Who pays?", "S MAY: Nobody.", "S IDA: So.")
	talk.Turns[0].StartMS, talk.Turns[0].EndMS = ms(1_000), ms(9_000)
	talk.Turns[0].SetCues(model.Cues{{At: 0, StartMS: 1_000, EndMS: 2_000}, {At: 5, StartMS: 2_500, EndMS: 4_000}, {At: 27, StartMS: 7_000, EndMS: 9_000}})
	talk.Turns[1].StartMS, talk.Turns[1].EndMS = ms(9_500), ms(9_900)
	show := func(tr *model.Transcript) string {
		var b strings.Builder
		for _, turn := range tr.Turns {
			time := func(n *int64) string {
				if n == nil {
					return "?"
				}
				return fmt.Sprint(*n)
			}
			fmt.Fprintf(&b, "%s %s-%s %v\n", turn.Text, time(turn.StartMS), time(turn.EndMS), turn.Cues)
		}
		return b.String()
	}
	before := show(talk)
	divided, list := mend(t, talk, splitBefore(0, "JON", TurnEdit{Speaker: Set("JON")}))
	if got, want := show(divided), "Good morning all. 1000-4000 [{0 1000 2000} {5 2500 4000}]\nWho pays? 2500-9000 [{0 2500 4000} {4 7000 9000}]\nNobody. 9500-9900 []\nSo. ?-? []\n"; got != want {
		t.Errorf("divided:\n%s\nwant\n%s", got, want)
	}
	joined, _ := mend(t, divided, edit(1, TurnEdit{Join: true}))
	if got, want := show(joined), "Good morning all. 1000-4000 [{0 1000 2000} {5 2500 4000}]\nWho pays?\n\nNobody. 2500-9900 [{0 2500 4000} {4 7000 9000} {11 9500 9900}]\nSo. ?-? []\n"; got != want {
		t.Errorf("joined:\n%s\nwant\n%s", got, want)
	}
	if show(talk) != before || show(Apply(talk, list)) != show(divided) {
		t.Errorf("the transcript itself has changed:\n%s", show(talk))
	}
}
