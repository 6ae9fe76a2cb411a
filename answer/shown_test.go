package answer

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// ferry are hits about a ferry, whose sentences the search has weighed: of turn 4 the third
// best answers, and what is around it tells what it is about.
func ferry() retrieval.Result {
	asked := &retrieval.QuestionTurn{Turn: 3, Speaker: "Tom Reed", Affiliation: "Port Post", Text: "I have been here since noon, and nobody tells me anything about what is going on in this port. Now for once I should like to hear all of it, and from somebody who knows, and who was there when it happened. Why was the ferry stopped?"}
	hits := []retrieval.Hit{
		{TranscriptID: "b", Turn: 4, Speaker: "Ines Varga", Affiliation: "Harbour Office", Role: model.RoleAnswer, Date: "2031-05-02", Title: "Briefing", Question: asked,
			Text: "Good morning to all of you. I have seen the ship. It is not a sight for sailors. Its rudder failed. A new one has been ordered. It comes by train. The train is late. We shall see."},
		{TranscriptID: "c", Turn: 1, Speaker: "Ole Brandt", Role: model.RoleStatement, Title: "Council", Text: "The ferry costs too much. The letter says: “The rudder is rotten.” I quote it."},
		{TranscriptID: "b", Turn: 9, Speaker: "Ines Varga", Role: model.RoleAnswer, Date: "2031-05-02", Title: "Briefing", Text: "The ferry sails again in May."},
	}
	odds := [][]float64{{-9, -8, -7, 3, -1, -9, -9, -9}, {-2, 1, -9}, {0}}
	for i := range hits {
		for j, s := range sentence.Split(hits[i].Text) {
			hits[i].Evidence.Sentences = append(hits[i].Evidence.Sentences, retrieval.SentenceEvidence{Span: s, LogOdds: odds[i][j]})
		}
	}
	return retrieval.Result{Hits: hits, Fitted: &retrieval.FittedWeights{}}
}

func ferryPrompt(question string, limit int) (Prompt, *shown) {
	q := readQuestion(question)
	return newPrompt(newReading(DefaultEvidence(), q, ferry()), limit)
}

// TestPrompt shows a prompt: the best sentences with those around them, the turns of a
// transcript together, its date and title once, and of a long question its end.
func TestPrompt(t *testing.T) {
	p, _ := ferryPrompt("Why was the ferry stopped?", 2000)
	const want = `Turn: Ines Varga (Harbour Office) | answer | asked by Tom Reed (Port Post): Why was the ferry stopped? | 2031-05-02 | Briefing
[s1] Good morning to all of you.
[s2] I have seen the ship.
[s3] It is not a sight for sailors.
[s4] Its rudder failed.
[s5] A new one has been ordered.
[s6] It comes by train.
[s7] The train is late.
[s8] We shall see.

Turn: Ines Varga | answer
[s9] The ferry sails again in May.

Turn: Ole Brandt | statement | Council
[s10] The ferry costs too much.
[s11] (read aloud) The letter says: “The rudder is rotten.”
[s12] I quote it.

Question: Why was the ferry stopped?
`
	if p.User != want {
		t.Errorf("the prompt is\n%s\nwant\n%s", p.User, want)
	}
}

// TestPromptBudget holds prompts to their limits; where there is less room, less likely
// sentences go first, and a mark stands for them.
func TestPromptBudget(t *testing.T) {
	instructions := Prompt{System: answerInstructions, Format: planFormat()}.Tokens()
	before := -1
	for limit := instructions; limit < instructions+300; limit += 5 {
		p, s := ferryPrompt("Why was the ferry stopped?", limit)
		if room := limit - instructions; p.Tokens() > limit && len(s.sentences) > 0 {
			t.Fatalf("with room for %d the prompt takes %d of %d", room, p.Tokens(), limit)
		}
		if limit > instructions+80 && !strings.Contains(p.User, "Its rudder failed.") {
			t.Errorf("the best sentence is missing:\n%s", p.User)
		}
		before = len(s.sentences)
		for i, current := range s.sentences {
			if i > 0 && current.hit == s.sentences[i-1].hit && !current.follows != strings.Contains(p.User, fmt.Sprintf("…\n[s%d]", i+1)) {
				t.Errorf("sentence %d is not marked as it should be:\n%s", i+1, p.User)
			}
		}
	}
	if before != 12 {
		t.Errorf("%d sentences with much room", before)
	}
}

// Whole prompts of questions with the same evidence differ in the question alone, which comes
// last, so that a server finds all before it in its cache; instructions and schema never differ.
func TestPromptsShareTheirStart(t *testing.T) {
	const first, second = "Why was the ferry stopped?", "What of the ferry?"
	a, _ := ferryPrompt(first, 2000)
	b, _ := ferryPrompt(second, 2000)
	if a.System != b.System || a.Format.System != b.Format.System || string(a.Format.Schema) != string(b.Format.Schema) {
		t.Error("the instructions differ")
	}
	evidence, asked := strings.CutSuffix(a.User, "Question: "+first+"\n")
	if rest, ok := strings.CutPrefix(b.User, evidence); !asked || !ok || rest != "Question: "+second+"\n" {
		t.Errorf("the prompts differ before the question:\n%s\n%s", a.User, b.User)
	}
}

// Where nothing has weighed the sentences, those with the question's words are the best, and
// they are shown in the same way.
func TestPromptWithoutWeights(t *testing.T) {
	result := ferry()
	result.Fitted = nil
	q := readQuestion("Why was the rudder rotten?")
	result.Terms = []retrieval.Term{}
	limit := Prompt{System: answerInstructions, Format: planFormat()}.Tokens() + 130
	p, s := newPrompt(newReading(DefaultEvidence(), q, result), limit)
	if p.Tokens() > limit || len(s.sentences) == 0 {
		t.Errorf("%d tokens of %d:\n%s", p.Tokens(), limit, p.User)
	}
}

func TestPromptLimit(t *testing.T) {
	size := DefaultEvidence().Prompt
	for may, want := range map[int]int{0: 3400, 1800: 1800, 127_200: 6000} {
		if got := size.Limit(may); got != want {
			t.Errorf("%d where %d may be", got, want)
		}
	}
}
