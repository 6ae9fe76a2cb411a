package answer

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer/quotation"
	"github.com/pullquote/pullquote/internal/golden"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// bridge are the turns that testdata/gate.txtar tells of, and their sentences.
func bridge() *shown {
	asked := func(turn int, text string) *retrieval.QuestionTurn {
		return &retrieval.QuestionTurn{Turn: turn, Speaker: "Emil Sand", Affiliation: "Ostvik Post", Text: text}
	}
	cost, money, cracks := asked(0, "What is the price of the bridge?"), asked(3, "Did you take the money for the pillars?"), asked(5, "Will the pillars crack?")
	return showing([]retrieval.Hit{
		{TranscriptID: "b", Turn: 0, Speaker: "Emil Sand", Affiliation: "Ostvik Post", Role: model.RoleQuestion, Text: cost.Text},
		{TranscriptID: "b", Turn: 1, Speaker: "Karin Voss", Role: model.RoleAnswer, Question: cost,
			Text: "It will cost 94 million crowns. I would not call that cheap. The pillars don’t crack – “not one of them.”"},
		{TranscriptID: "c", Turn: 1, Speaker: "Ole Brandt", Role: model.RoleStatement, Text: "The toll will be eleven crowns. I would not call that cheap."},
		{TranscriptID: "b", Turn: 2, Role: model.RoleNarration, Text: "The office opened in 2019."},
		{TranscriptID: "b", Turn: 4, Speaker: "Ole Brandt", Role: model.RoleAnswer, Question: money, Text: "I never said that I took the money, and Lene Aas knows it."},
		{TranscriptID: "b", Turn: 6, Speaker: "Karin Voss", Role: model.RoleAnswer, Question: cracks, Text: "I'm not going to comment on that."},
	})
}

// showing are all sentences of some turns as they are shown.
func showing(hits []retrieval.Hit, names ...retrieval.PrintedName) *shown {
	evidence := DefaultEvidence()
	s := &shown{runSentences: evidence.Prompt.RunSentences, shape: evidence.Excerpt, hits: hits, texts: readTurns(hits)}
	for i, h := range hits {
		for _, span := range sentence.Split(h.Text) {
			s.sentences = append(s.sentences, shownSentence{hit: i, span: sentence.Span{Start: h.Start + span.Start, End: h.Start + span.End}})
		}
	}
	s.turns = quotation.NewTurns(hits, quotation.DefaultThresholds(), names...)
	return s
}

// TestGate holds the gate to what testdata/gate.txtar tells of it.
func TestGate(t *testing.T) { checkReplies(t, "testdata/gate.txtar", bridge) }

// TestAsked holds what is told of questions to what testdata/asked.txtar tells of it.
func TestAsked(t *testing.T) { checkReplies(t, "testdata/asked.txtar", inquiry) }

// inquiry are the turns of testdata/asked.txtar.
func inquiry() *shown {
	return exchanges(
		[3]string{"You were there. Did you ever pay the inspector?", "Ole Brandt", "No."},
		[3]string{"I think that you are a coward.", "Ole Brandt", "I regret it very much that you do."},
		[3]string{"Ms. Aas, did the pillars crack last winter?", "Ole Brandt", "She does not have to answer that question."},
		[3]string{"Did the pillars crack?", "Lene Aas", "Yes, two of them, and both were mended. I told the board so in May of that year. No comment."},
		[3]string{"Tell us about the letter.", "Lene Aas", "My brother wrote as follows. I set the fire in the toll house. I would do it again tomorrow. Then he signed it."},
		[3]string{"Will you resign?", "Lene Aas", "I will not comment on that."},
	)
}

// TestDialogues holds which questions are told with answers to what testdata/dialogues.txtar
// tells of it.
func TestDialogues(t *testing.T) { checkReplies(t, "testdata/dialogues.txtar", cross) }

// cross are the turns of testdata/dialogues.txtar.
func cross() *shown {
	return exchanges(
		[3]string{"Is he guilty? That is for the jury. You know Mr. Renwick.", "Ole Brandt", "Yes, for many years."},
		[3]string{"Did you write the letters? And are you sorry?", "Ole Brandt", "No."},
		[3]string{"Did you sink the boat?", "Ole Brandt", "I was in Rome that year. Did I enjoy it? I did. I never refuse to answer."},
		[3]string{"Apart from the bribe, did you enjoy the supper? And what of the toll?", "Lene Aas", "(A voice: Did you steal it?) No. Every bite of it was worth the price we paid. (Laughter.) It was."},
		[3]string{"You took the money.", "Lene Aas", "It was the best thing that I ever did in my life."},
		[3]string{"Leaving aside the bribe, do the ministers know the price of the roof?", "Lene Aas", "I decline to answer. Ask the ministers about it."},
		[3]string{"Who knew?", "Lene Aas", "We must respectfully decline to comment."},
	)
}

// exchanges are turns in which Emil Sand asks, and somebody answers: question, speaker, answer.
func exchanges(all ...[3]string) *shown {
	var hits []retrieval.Hit
	for _, e := range all {
		q := retrieval.Hit{TranscriptID: "i", Turn: len(hits), Speaker: "Emil Sand", Role: model.RoleQuestion, Text: e[0]}
		a := retrieval.Hit{TranscriptID: "i", Turn: q.Turn + 1, Speaker: model.Optional(e[1]), Role: model.RoleAnswer, Text: e[2]}
		a.Question = &retrieval.QuestionTurn{Turn: q.Turn, Speaker: q.Speaker, Text: q.Text}
		hits = append(hits, q, a)
	}
	return showing(hits)
}

// checkReplies holds what becomes of the replies in an archive, each a line of its own, to
// the lines below it.
func checkReplies(t *testing.T, archiveName string, shows func() *shown) {
	archive := golden.Open(t, archiveName)
	for i, f := range archive.Files {
		var got strings.Builder
		for line := range strings.Lines(string(f.Data)) {
			if strings.HasPrefix(line, "    ") {
				continue
			}
			text := strings.TrimSpace(line)
			a := replyAbout(t, shows(), text)
			fmt.Fprintf(&got, "%s\n", text)
			for shown := range strings.FieldsFuncSeq(a.Text, func(r rune) bool { return r == '\n' }) {
				fmt.Fprintf(&got, "    %s\n", shown)
			}
			for _, w := range a.Withheld {
				fmt.Fprintf(&got, "    withheld: %s\n", w.Reason)
			}
		}
		archive.Check(t, i, f.Name, got.String())
	}
}

// replyAbout is the answer that a reply about some turns becomes.
func replyAbout(t *testing.T, s *shown, text string) *Answer {
	t.Helper()
	a := &Answer{}
	g := &generation{shown: s, writer: newWriter(a, citer{}, func(Event) error { return nil })}
	if err := errors.Join(g.delta(text), g.end()); err != nil {
		t.Fatal(err)
	}
	return a
}

// A question that its label has read aloud is another's, and told as read.
func TestQuestionReadAloud(t *testing.T) {
	const text = "Did the pillars crack?"
	q := retrieval.QuestionTurn{Label: "MR. SAND (reading)", Speaker: "Emil Sand", Text: text, End: len(text)}
	s := showing([]retrieval.Hit{{TranscriptID: "i", Turn: 1, Speaker: "Lene Aas", Role: model.RoleAnswer, Text: "Yes.", End: len("Yes."), Question: &q}})
	if a := replyAbout(t, s, "[s1]"); !strings.Contains(a.Text, "The question was, quoting: “"+text+"”") || !a.Citations[1].ReadAloud {
		t.Errorf("shown: %s", a.Text)
	}
}

// A statement that credits by a family name has to tell which of its bearers is meant.
func TestCheckAmongNamesakes(t *testing.T) {
	s := showing([]retrieval.Hit{
		{TranscriptID: "w", Turn: 0, Label: "MR. DANIEL RUSK", Speaker: "Daniel Rusk", Text: "The roof costs more than the ward."},
		{TranscriptID: "w", Turn: 1, Label: "DR. HELEN RUSK", Speaker: "Helen Rusk", Text: "I put two babies into one cot."},
		{TranscriptID: "x", Turn: 0, Label: "Nora Lund", Speaker: "Nora Lund", Text: "I wanted to be a violinist."},
	}, []retrieval.PrintedName{
		{Name: "Daniel Rusk", Labels: []string{"MR. DANIEL RUSK"}},
		{Name: "Helen Rusk", Labels: []string{"DR. HELEN RUSK"}},
		{Name: "Nora Lund", Labels: []string{"Nora Lund"}},
		{Name: "Senator Lund", Labels: []string{"SENATOR LUND"}}, // none of whose words are shown
	}...)
	for text, want := range map[string]Reason{
		"Dr. Rusk said: [s2]":           "",
		"Mr. Rusk said: [s1]":           "",
		"Helen Rusk told of it: [s2]":   "",
		"Helen Rusk's memory is: [s2]":  "",
		"Nora Lund said: [s3]":          "",
		"Mr. Rusk said: [s2]":           ReasonMisattributed,
		"Rusk said: [s2]":               ReasonMisattributed,
		"Rusk said: [s1]":               ReasonMisattributed,
		"Rusk's memory is: [s1]":        ReasonMisattributed,
		"Daniel Rusk's memory is: [s2]": ReasonMisattributed,
		"Senator Lund said: [s3]":       ReasonMisattributed,
		"[s3], said Lund.":              ReasonMisattributed,
	} {
		t.Run(text, func(t *testing.T) {
			if st := s.read(text); st.reason != want || len(st.led) != 1 {
				t.Errorf("withheld as %q, want %q; %d quotations", st.reason, want, len(st.led))
			}
		})
	}
}

func TestReply(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"sentences", "Voss said [s1]. Brandt did not. ", "Voss said [s1].|Brandt did not."},
		{"a number after the full stop", "Voss said so. [s1] Brandt did not. [s2]", "Voss said so. [s1]|Brandt did not. [s2]"},
		{"abbreviations", "Mr. Voss of the U.S. office said [s1]. Yes [s2].", "Mr. Voss of the U.S. office said [s1].|Yes [s2]."},
		{"a quotation of several sentences", "Voss said “One. Two.” [s1] Three [s2].", "Voss said “One. Two.” [s1]|Three [s2]."},
		{"paragraphs", "One [s1].\n\nTwo [s2].\nThree [s3].", "One [s1].|Two [s2].|Three [s3]."},
		{"list marks", "- One [s1].\n* Two [s2].", "One [s1].|Two [s2]."},
		{"no answer", "NO_ANSWER", "NO_ANSWER"},
		{"control characters", "Voss\x1b[31m said\u202e [s1].", "Voss said [s1]."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for size := 1; size <= len(tt.text); size++ {
				if got := readReply(tt.text, size); got != tt.want {
					t.Fatalf("in pieces of %d: %q, want %q", size, got, tt.want)
				}
			}
		})
	}
}

// readReply reads a reply that comes in pieces of size runes.
func readReply(text string, size int) string {
	var r reply
	var statements []string
	for runes := []rune(text); len(runes) > 0; runes = runes[min(size, len(runes)):] {
		statements = append(statements, r.add(string(runes[:min(size, len(runes))]))...)
	}
	return strings.Join(append(statements, r.end()...), "|")
}

// A follow-up that a model makes stand alone has the words of the questions, and none of its own.
func TestRewritten(t *testing.T) {
	history, followUp := []string{"Who stole the lamp of Karin Voss?", "What will the bridge cost?"}, "And who pays for it?"
	for question, want := range map[string]bool{
		"Who pays for the bridge?":                      true,
		"Who pays for the bridge":                       true,
		"Karin Voss stole the lamp.":                    false,
		"Karin Voss pays for it.":                       false,
		"And who pays for it?":                          true,
		"Who stole the money for the bridge?":           false,
		"Did Karin Voss pay for the bridge?":            false,
		"Who does not pay for the bridge?":              false,
		"Who pays for the bridge if Karin Voss stole?":  false,
		"What did Karin Voss say who pays for it?":      true,
		"Who pays the 94 million crowns of the bridge?": false,
	} {
		if got := asks(question, history, followUp); got != want {
			t.Errorf("%s: %v, want %v", question, got, want)
		}
	}
}

// TestStanding holds quotations to sentences that stand by themselves.
func TestStanding(t *testing.T) {
	for _, tt := range []struct{ name, text, chosen, want string }{
		{"a sentence", "The quay is new. The toll is high.", "The toll is high.", "The toll is high."},
		{"what others call", "[Voice: He took it!] The toll is high. (Laughter.)", "[Voice: He took it!] The toll is high. (Laughter.)", "The toll is high."},
		{"nothing else", "The toll is high. [Voice: He took it!]", "[Voice: He took it!]", ""},
		{"behind an abbreviation", "It is a lie that in the U.S. I took the toll.", "I took the toll.", "It is a lie that in the U.S. I took the toll."},
		{"behind an hour", "It is false that at 5 p.m. I took the toll.", "I took the toll.", "It is false that at 5 p.m. I took the toll."},
		{"behind an exclamation that is a name", "I never told the people at Yahoo! I would sell it.", "I would sell it.", "I never told the people at Yahoo! I would sell it."},
		{"behind an exclamation", "What a day! I would sell it.", "I would sell it.", "I would sell it."},
		{"behind a colon", "They say of me:\n\nI stole the boat.\n\nThat is a lie.", "I stole the boat.", "They say of me:\n\nI stole the boat."},
		{"behind a no", "No. I would sell it.", "I would sell it.", "I would sell it."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			start := len([]rune(tt.text[:strings.Index(tt.text, tt.chosen)]))
			e, ok := readTurn(retrieval.Hit{Text: tt.text}).excerpt(sentence.Span{Start: start, End: start + len([]rune(tt.chosen))}).standing()
			if got := e.text; ok != (tt.want != "") || ok && got != tt.want {
				t.Errorf("got %q, %v; want %q", got, ok, tt.want)
			}
		})
	}
}

// What a search found is written down whole, with what others called out; an answer quotes none
// of that.
func TestFoundIsWhole(t *testing.T) {
	const text = "[Voice: He took it!] The toll is high. (Laughter.)"
	found := (&Service{}).Found("toll", retrieval.Result{Hits: []retrieval.Hit{{TranscriptID: "t", Speaker: "Ole Brandt", Role: model.RoleStatement, Text: text, End: len(text)}}})
	if len(found.Citations) != 1 || found.Citations[0].Quote != text {
		t.Errorf("%+v", found.Citations)
	}
	if stand := standing([]point{{excerpt: readTurn(retrieval.Hit{Text: text}).excerpt(sentence.Span{End: 20})}}); len(stand) > 0 {
		t.Errorf("%q stands", stand[0].text)
	}
}
