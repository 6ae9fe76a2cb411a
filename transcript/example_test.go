package transcript_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/pullquote/pullquote/transcript"
)

// A title block, labels and words become turns with their speakers and roles. An answer says
// which question it answers.
func ExampleParse() {
	file := `Press Briefing on the Storm Gates

Jane Roe, Harbour Master
Tallinn, Estonia
May 18, 2011

QUESTION: John Poe, Harbour Radio. Will the gates hold?

MS. ROE: They have held in forty storms.`

	t, err := transcript.Parse(context.Background(), []byte(file), transcript.Options{Filename: "briefing.txt"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s (%s, %s)\n", t.Title, t.Place, t.Date)
	for _, turn := range t.Turns {
		fmt.Printf("%d %s, %s: %s\n", turn.Index, turn.Speaker, turn.Role, turn.Text)
	}
	fmt.Println("turn 1 answers turn", *t.Turns[1].Answers)
	// Output:
	// Press Briefing on the Storm Gates (Tallinn, Estonia, 2011-05-18)
	// 0 John Poe, question: John Poe, Harbour Radio. Will the gates hold?
	// 1 Jane Roe, answer: They have held in forty storms.
	// turn 1 answers turn 0
}

// What no format can read is refused, with what to do about it.
func ExampleParse_refused() {
	_, err := transcript.Parse(context.Background(), []byte("The harbour was quiet that day."), transcript.Options{})
	var refused *transcript.Error
	if errors.As(err, &refused) {
		fmt.Println(refused.Message)
	}
	// Output:
	// no turns found: start each turn with its speaker ("JANE ROE: ..."), or give Pullquote's own JSON
}

// Explain says by which convention a file was read, and how its labels are set apart.
func ExampleExplain() {
	file := "JANE ROE: Is it safe?\nJOHN POE: It is.\nJANE ROE: Will it stay so?\nJOHN POE: I hope so."
	_, how, err := transcript.Explain(context.Background(), []byte(file), transcript.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(how.Convention, "in", how.Container)
	for _, style := range how.Labels {
		fmt.Println(style.Turns, "turns by", style.Name)
	}
	// Output:
	// briefing in text
	// 4 turns by colon
}
