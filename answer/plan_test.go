package answer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/sentence"
)

// TestPlan shows what becomes of plans about the bridge, whose sentences stand at bridge.
func TestPlan(t *testing.T) {
	const (
		cost = "“It will cost 94 million crowns.” [1]"
		both = "“It will cost 94 million crowns. I would not call that cheap.” [1]"
		toll = "“The toll will be eleven crowns.” [%d]"
	)
	byProgram := "Asked by Emil Sand (Ostvik Post), Karin Voss said: "
	one := func(sentences, link string) string {
		return planOf(json.RawMessage(sentences), link)
	}
	for _, test := range []struct {
		name, reply string
		want        string
		withheld    []Reason
	}{
		{"a number", one("[2]", ""), byProgram + cost, nil},
		{"numbers that follow each other are one quotation", one("[2,3]", ""), byProgram + both, nil},
		{"in whatever order, and however often", one("[3,2,3]", ""), byProgram + both, nil},
		{"written as texts", one(`["s2","[s3]"]`, ""), byProgram + both, nil},
		{"a link", one("[2]", "Asked about the bridge, Karin Voss said:"), "Asked by Emil Sand (Ostvik Post) about the bridge, Karin Voss said: " + cost, nil},
		{"a link that names nobody", one("[2]", "On the bridge"), "Asked by Emil Sand (Ostvik Post) about the bridge, Karin Voss said: " + cost, nil},
		{"two quotations", `{"quotations":[{"sentences":[2],"link":"Voss said"},{"sentences":[5],"link":"Brandt replied"}]}`,
			byProgram + cost + "\n\nElsewhere, Ole Brandt said (Untitled transcript): " + fmt.Sprintf(toll, 2), nil},
		{"two turns behind one link, which is the first's", one("[2,5]", "On the bridge"), "Asked by Emil Sand (Ostvik Post) about the bridge, Karin Voss said: " + cost + "\n\nElsewhere, Ole Brandt said (Untitled transcript): " + fmt.Sprintf(toll, 2), nil},
		{"a question is introduced by the program", one("[1]", "Emil Sand asked"), "Emil Sand (Ostvik Post) asked: “What is the price of the bridge?” [1]", nil},
		{"text without a speaker too", one("[7]", ""), "The text accompanying the transcript says: “The office opened in 2019.” [1]", nil},
		{"a fence around it", "```json\n" + one("[2]", "") + "\n```", byProgram + cost, nil},
		{"the same twice", `{"quotations":[{"sentences":[2,3],"link":""},{"sentences":[3],"link":""}]}`, byProgram + both, nil},
		{"cut within the next quotation", `{"quotations":[{"sentences":[2],"link":""},{"sentences":[5],"li`, byProgram + cost, nil},
		{"more than is read", `{"quotations":[` + strings.Repeat(`{"sentences":[2],"link":""},`, 50) + `{"sentences":[5],"link":""}]}`, byProgram + cost, nil},

		{"no answer", `{"quotations": []}`, "", nil},
		{"nothing", `{}`, "", nil},
		{"an unknown number", one("[99]", ""), "", []Reason{ReasonFabricated}},
		{"zero", one("[0]", ""), "", []Reason{ReasonFabricated}},
		{"below zero", one("[-2]", ""), "", []Reason{ReasonFabricated}},
		{"no whole number", one("[2.5]", ""), "", []Reason{ReasonFabricated}},
		{"a huge number", one("[1e300]", ""), "", []Reason{ReasonFabricated}},
		{"a reversed run", one(`["s3-s2"]`, ""), "", []Reason{ReasonFabricated}},
		{"words for a number", one(`["two"]`, ""), "", []Reason{ReasonFabricated}},
		{"more sentences than a quotation has", one("[1,2,3,4,5,6,7,2,3,-9]", ""), "", []Reason{ReasonFabricated}},
		{"no numbers", one("[]", "Voss said"), "", []Reason{ReasonUnsupported}},
		{"no list", one(`"2"`, ""), "", []Reason{ReasonFabricated}},

		{"another's name", one("[2]", "Ole Brandt said"), byProgram + cost, []Reason{ReasonMisattributed}},
		{"the asker's name", one("[2]", "Emil Sand said"), byProgram + cost, []Reason{ReasonMisattributed}},
		{"a verb that judges", one("[2]", "Karin Voss admitted"), byProgram + cost, []Reason{ReasonClaim}},
		{"a claim", one("[2]", "Karin Voss said that it is cheap"), byProgram + cost, []Reason{ReasonClaim}},
		{"a negation", one("[2]", "Karin Voss did not say"), byProgram + cost, []Reason{ReasonClaim}},
		{"a number of its own", one("[2]", "On the cost in 2019, Karin Voss said"), byProgram + cost, []Reason{ReasonClaim}},
		{"quotation marks", one("[2]", `Karin Voss said "cheap"`), byProgram + cost, []Reason{ReasonClaim}},
		{"a second sentence", one("[2]", "It is cheap. Karin Voss said"), byProgram + cost, []Reason{ReasonClaim}},
		{"a link to elsewhere", one("[2]", "Karin Voss said http://evil.test"), byProgram + cost, nil},
		{"hidden characters", one("[2]", "Karin\u202e Voss said\u0000"), byProgram + cost, nil},
		{"a markup", one("[2]", "<b>Karin Voss</b> **said**"), byProgram + cost, nil},
		{"a book", one("[2]", strings.Repeat("Karin Voss is right, ", 20)), byProgram + cost, []Reason{ReasonClaim}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for size := 1; size <= len(test.reply); size += 1 + size/4 {
				a, err := replied(test.reply, size)
				var reasons []Reason
				for _, w := range a.Withheld {
					reasons = append(reasons, w.Reason)
				}
				if err != nil && !errors.Is(err, errEnough) || a.Text != test.want || fmt.Sprint(reasons) != fmt.Sprint(test.withheld) {
					t.Fatalf("in pieces of %d: %q, withheld %v, %v; want %q, %v", size, a.Text, a.Withheld, err, test.want, test.withheld)
				}
			}
		})
	}
}

// replied is what becomes of a reply about the bridge that comes in pieces.
func replied(text string, size int) (*Answer, error) {
	a := &Answer{}
	g := &generation{shown: bridge(), writer: newWriter(a, citer{}, func(Event) error { return nil })}
	for runes := []rune(text); len(runes) > 0; runes = runes[min(size, len(runes)):] {
		if err := g.delta(string(runes[:min(size, len(runes))])); err != nil {
			return a, err
		}
	}
	return a, g.end()
}

// TestPlanDeclines tells a plan that finds no answer from what is no plan.
func TestPlanDeclines(t *testing.T) {
	for text, declines := range map[string]bool{
		`{"quotations": []}`:                        true,
		"```json\n{\n  \"quotations\": [ ]\n}\n```": true,
		"NO_ANSWER": true,
		`{"quotations": [{"sentences": [], "link": ""}]}`:  false,
		`{"answer": "The bridge costs 94 million crowns"}`: false,
		`{`:  false,
		`{}`: false,
	} {
		g := &generation{shown: bridge(), writer: newWriter(&Answer{}, citer{}, func(Event) error { return nil })}
		if err := errors.Join(g.delta(text), g.end()); err != nil || g.declines() != declines {
			t.Errorf("%s: declines %v, %v", text, g.declines(), err)
		}
	}
}

// TestPlanStops shows that a plan without an end is not read to it.
func TestPlanStops(t *testing.T) {
	endless := map[string]string{
		"quotations": `{"quotations":[` + strings.Repeat(`{"sentences":[2],"link":""},{"sentences":[3],"link":""},{"sentences":[4],"link":""},{"sentences":[5],"link":""},{"sentences":[6],"link":""},{"sentences":[7],"link":""},{"sentences":[1],"link":""},`, 100),
		"numbers":    `{"quotations":[{"sentences":[` + strings.Repeat("1,", 100_000),
		"a link":     `{"quotations":[{"sentences":[1],"link":"` + strings.Repeat("so ", 100_000),
		"blanks":     `{"quotations":` + strings.Repeat("\n", 100_000),
	}
	for name, text := range endless {
		if a, err := replied(text, 10); !errors.Is(err, errEnough) || len(a.Citations) > maxPlanned {
			t.Errorf("%s: %d citations and the error %v", name, len(a.Citations), err)
		}
	}
}

// A plan may be anything: whatever is quoted stands in the record, and how the reply was cut
// into pieces makes no difference.
func FuzzPlan(f *testing.F) {
	for _, text := range []string{
		`{"quotations": [{"sentences": [2, 3], "link": "Voss said"}, {"sentences": [5], "link": ""}]}`,
		`{"quotations": []}`, "```json\n{}", `{"a":"\"]}{","quotations":[{"sentences":["s4-s2"],"link":"“"}]`, `[[[{"sentences":[1]}]]]`, `}}{"x":[{"sentences":[6],"link":"\u202e"}]}`,
		"Voss said [s2]. Brandt said [s5].", `{"quotations":[{"sentences":[9999999],"link":null},7,"x",{"sentences":{}}]}`,
	} {
		f.Add(text, uint64(1))
	}
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		if !utf8.ValidString(text) || len(text) > maxPlannedBytes {
			t.Skip()
		}
		whole, err := replied(text, len(text)+1)
		again, errAgain := replied(text, 1+int(seed%7))
		if whole.Text != again.Text && err == nil && errAgain == nil {
			t.Errorf("%q (%v), and in pieces %q (%v)", whole.Text, err, again.Text, errAgain)
		}
		hits := bridge().hits
		for _, c := range whole.Citations {
			found := false
			for _, h := range hits {
				if h.TranscriptID == c.TranscriptID && h.Turn == c.Turn {
					found = string([]rune(h.Text)[c.Start:c.End]) == c.Quote && c.Speaker == h.Speaker
				}
			}
			if !found || !strings.Contains(whole.Text, "“"+c.Quote+"”") {
				t.Errorf("%q quotes %+v", whole.Text, c)
			}
		}
	})
}

// cutting is a model whose reply ends with an error, and whose server counts no tokens.
type cutting struct {
	scripted
	err error
}

func (m cutting) Complete(ctx context.Context, p Prompt, delta func(string) error) (Usage, error) {
	if _, err := m.scripted.Complete(ctx, p, delta); err != nil {
		return Usage{}, err
	}
	return Usage{}, m.err
}

// TestPlanCut shows what becomes of a reply that is cut: of a plan what is complete is an
// answer where the limit of tokens cut it; any other reply is none.
func TestPlanCut(t *testing.T) {
	const plan, prose = `{"quotations":[{"sentences":[2],"link":""},{"sen`, "Voss said [s2]. Brandt"
	broken := errors.New("the connection broke")
	for _, test := range []struct {
		name, text string
		err        error
		answers    bool
	}{
		{"a plan at its limit", plan, ErrReplyLimit, true},
		{"a plan that broke off", plan, broken, false},
		{"prose at its limit", prose, ErrReplyLimit, false},
		{"a plan cut before its first quotation", plan[:30], ErrReplyLimit, false},
	} {
		a := &Answer{}
		model := cutting{scripted{rand.New(rand.NewPCG(1, 1)), test.text}, test.err}
		g := &generation{shown: bridge(), writer: newWriter(a, citer{}, func(Event) error { return nil })}
		err := g.hear(t.Context(), model, Prompt{User: "What will the bridge cost?"}, a)
		if test.answers != (err == nil) || test.answers && len(a.Citations) != 1 {
			t.Errorf("%s: %d citations and the error %v", test.name, len(a.Citations), err)
		}
		if !a.Usage.Estimated || a.Usage.PromptTokens < 6 || a.Usage.TotalTokens <= a.Usage.PromptTokens {
			t.Errorf("%s: used %+v", test.name, a.Usage)
		}
	}
}

// TestPlanSchema holds the schema to what servers with strict schemas want.
func TestPlanSchema(t *testing.T) {
	format := planFormat()
	var schema map[string]any
	if err := json.Unmarshal(format.Schema, &schema); err != nil || schema["additionalProperties"] != false {
		t.Errorf("%v, %v", schema, err)
	}
	if !strings.Contains(format.System, "JSON") { // or servers refuse, and models write blanks
		t.Error("the instructions do not say that a plan is JSON")
	}
}

// A run over sentences that are not shown is no single quotation.
func TestRunOverAGap(t *testing.T) {
	s := bridge()
	gap := &shown{hits: s.hits, texts: s.texts, runSentences: s.runSentences, turns: s.turns, sentences: []shownSentence{s.sentences[1], s.sentences[3]}}
	for _, marker := range []string{"[s1-s2]", "[s1, s2]"} {
		quotes, reason := gap.quotesOf(marker)
		if reason != "" || len(quotes) != 2 || quotes[0].span != (sentence.Span{Start: 0, End: 31}) {
			t.Errorf("%s: %v %v", marker, quotes, reason)
		}
	}
}
