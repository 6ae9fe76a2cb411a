package quotation_test

import (
	"fmt"
	"strings"

	"github.com/pullquote/pullquote/answer/quotation"
	"github.com/pullquote/pullquote/retrieval"
)

// Locate folds what typesetting decides, and nothing else.
func ExampleLocate() {
	turns := []retrieval.Hit{{Speaker: "Linden", Text: "The pillars don’t crack – not one of them.", End: 42}}
	for _, quote := range []string{"don't crack - not one", "do not crack", "crack"} {
		for _, m := range quotation.Locate(quote, turns) {
			fmt.Println(quote, "is", m.Status, "at", m.Span.Start, "to", m.Span.End)
		}
	}
	// Output:
	// don't crack - not one is normalized at 12 to 33
	// crack is exact at 18 to 23
}

// Judge explains why a quotation does not hold.
func ExampleTurns_Judge() {
	turns := quotation.NewTurns([]retrieval.Hit{
		{TranscriptID: "council", Turn: 0, Speaker: "Karin Linden", Text: "It will cost ninety-four million crowns.", End: 40},
		{TranscriptID: "council", Turn: 1, Speaker: "Ole Brandt", Text: "I voted against it.", Start: 42, End: 61},
	}, quotation.DefaultThresholds())
	for _, q := range []quotation.DraftQuote{
		{Text: "I voted against it.", Speaker: "Brandt"},
		{Text: "I voted against it.", Speaker: "Karin Linden"},
		{Text: "It will cost ninety-five million crowns.", Speaker: "Linden"},
		{Text: "It will cost ninety-four million crowns … I voted against it.", Speaker: "Linden"},
	} {
		j := turns.Judge(q)
		fmt.Println(strings.TrimSpace(string(j.Status) + " " + j.Note))
		for _, part := range j.Diff {
			fmt.Printf("  %s %q\n", part.Op, part.Text)
		}
	}
	// Output:
	// exact
	// misattributed
	// altered
	//   equal "It will cost ninety-"
	//   delete "five"
	//   insert "four"
	//   equal "million crowns."
	// stitched the pieces are from different turns
}
