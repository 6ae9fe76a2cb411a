package model_test

import (
	"fmt"

	"github.com/pullquote/pullquote/transcript/model"
)

// The sentences of a turn are spans of the transcript's canonical text, so that what is
// quoted can be found there to the letter.
func ExampleTurn_Sentences() {
	t := model.Transcript{Text: "JANE ROE: Did it hold?\n\nJOHN POE: It did. Twice."}
	answer := model.Turn{Label: "JOHN POE", Start: 34, End: 48, Text: "It did. Twice."}
	for _, s := range answer.Sentences() {
		fmt.Println(string([]rune(t.Text)[s.Start:s.End]))
	}
	// Output:
	// It did.
	// Twice.
}
