package answer_test

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
	"github.com/pullquote/pullquote/transcript"
)

const council = `The Town Council on the Bridge

3 March 2024

MS. ADEYEMI: What will the new bridge cost?

MR. LINDEN: It will cost ninety-four million crowns. I would not call that cheap.

MS. ADEYEMI: And when does it open?

MR. LINDEN: In the autumn, if the piles hold.
`

// recordOf is a record in memory with one transcript.
func recordOf(text string) *retrievaltest.Memory {
	record := new(retrievaltest.Memory)
	library := retrieval.NewLibrary(record, embeddings.NewBuiltin())
	_, _, err := library.Add(context.Background(), retrieval.AddRequest{
		Data: []byte(text), Collection: retrieval.DefaultCollection, Options: transcript.Options{Filename: "council.txt"},
	})
	if err != nil {
		panic(err)
	}
	return record
}

// A Verifier says of the quotations of a draft whether the record has them.
func ExampleVerifier() {
	verifier := answer.NewVerifier(recordOf(council), "https://quotes.example", slog.New(slog.DiscardHandler))
	for _, q := range []answer.DraftQuote{
		{Text: "I would not call that cheap.", Speaker: "Linden"},
		{Text: "I would call that cheap.", Speaker: "Linden"},
		{Text: "In the autumn, if the piles hold.", Speaker: "Ms. Adeyemi"},
		{Text: "Nobody wanted the bridge.", Speaker: "Linden"},
	} {
		verdict, err := verifier.Verify(context.Background(), q, retrieval.Filter{})
		if err != nil {
			panic(err)
		}
		fmt.Println(verdict.Status)
		if verdict.Closest != nil {
			fmt.Printf("  the record has: %s\n", verdict.Closest.Quote)
		}
		for _, place := range verdict.Places {
			fmt.Printf("  said by %s\n", place.Speaker)
		}
	}
	// Output:
	// exact
	// altered
	//   the record has: I would not call that cheap.
	// misattributed
	//   said by Mr. Linden
	// not_found
}

// Without a model, an answer is made of the record's own sentences; every quotation
// has a citation, which says where its words stand.
func ExampleService_Answer() {
	record, log := recordOf(council), slog.New(slog.DiscardHandler)
	searcher := retrieval.NewSearcher(record, embeddings.NewBuiltin(), log)
	service := answer.NewService(searcher, new(answers), nil, "https://quotes.example", log) // answers is a Store in memory
	for _, question := range []string{"What does the bridge cost?", "Who painted the lighthouse?"} {
		got, err := service.Answer(context.Background(), answer.Request{Question: question}, nil)
		if err != nil {
			panic(err)
		}
		fmt.Println(got.Text)
		for _, c := range got.Citations {
			fmt.Printf("  [%d] turn %d, characters %d to %d\n", c.Number, c.Turn, c.Start, c.End)
		}
	}
	// Output:
	// Asked by Ms. Adeyemi, Mr. Linden said (The Town Council on the Bridge, 3 March 2024): “It will cost ninety-four million crowns. I would not call that cheap.” [1]
	//   [1] turn 1, characters 103 to 172
	// The record does not answer this.
}
