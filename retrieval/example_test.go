package retrieval_test

import (
	"context"
	"fmt"
	"log"
	"log/slog"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
	"github.com/pullquote/pullquote/transcript"
	"github.com/pullquote/pullquote/transcript/model"
)

const harbour = `{"title":"The harbour of Varn","date":"2026-02-03","turns":[
	{"speaker":"Ida Morrow","role":"question","text":"Why was the lighthouse switched off?"},
	{"speaker":"Jon Bastable","role":"answer","text":"The lamp failed in January. Until April a buoy marks the reef."},
	{"speaker":"Ida Morrow","role":"question","text":"What does it cost?"},
	{"speaker":"Jon Bastable","role":"answer","text":"Nine thousand crowns, which the harbour pays."}]}`

// exampleRecord is a record in memory with one transcript. A program has a database, such
// as that of internal/postgres.
func exampleRecord() *retrievaltest.Memory {
	record := new(retrievaltest.Memory)
	library := retrieval.NewLibrary(record, embeddings.NewBuiltin())
	_, _, err := library.Add(context.Background(), retrieval.AddRequest{
		Data: []byte(harbour), Options: transcript.Options{Filename: "harbour.json"},
	})
	if err != nil {
		log.Fatal(err)
	}
	return record
}

// The same file is stored once in a collection.
func ExampleLibrary_Add() {
	library := retrieval.NewLibrary(new(retrievaltest.Memory), embeddings.NewBuiltin())
	request := retrieval.AddRequest{Data: []byte(harbour), Collection: "news", Options: transcript.Options{Filename: "harbour.json"}}
	for range 2 {
		stored, created, err := library.Add(context.Background(), request)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: %d turns, version %d, stored now: %v\n", stored.Title, stored.TurnCount, stored.Version, created)
	}
	// Output:
	// The harbour of Varn: 4 turns, version 1, stored now: true
	// The harbour of Varn: 4 turns, version 1, stored now: false
}

// A hit is a turn with its speaker and the question that it answers.
func ExampleSearcher_Search() {
	searcher := retrieval.NewSearcher(exampleRecord(), embeddings.NewBuiltin(), slog.New(slog.DiscardHandler))
	result, err := searcher.Search(context.Background(), retrieval.Query{Text: "Does the harbour pay for the buoy?", Limit: 1})
	if err != nil {
		log.Fatal(err)
	}
	for _, hit := range result.Hits {
		fmt.Printf("%s, asked %q:\n  %s\n", hit.Speaker, hit.Question.Text, hit.Text)
	}
	// Output:
	// Jon Bastable, asked "What does it cost?":
	//   Nine thousand crowns, which the harbour pays.
}

// A filter narrows a search to some turns, here to those of a speaker in a role.
func ExampleFilter() {
	searcher := retrieval.NewSearcher(exampleRecord(), embeddings.NewBuiltin(), slog.New(slog.DiscardHandler))
	result, err := searcher.Search(context.Background(), retrieval.Query{
		Text:   "the lighthouse",
		Filter: retrieval.Filter{Speaker: "morrow", Role: model.RoleQuestion, From: "2026-01-01"},
		Limit:  1,
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, hit := range result.Hits {
		fmt.Println(hit.Speaker, hit.Date, hit.Text)
	}
	// Output: Ida Morrow 2026-02-03 Why was the lighthouse switched off?
}

// A search by words alone: the other settings are the default ones.
func ExampleWithRanking() {
	ranking := retrieval.DefaultRanking()
	ranking.Candidates.SemanticPerHit = 0
	searcher := retrieval.NewSearcher(exampleRecord(), embeddings.NewBuiltin(), slog.New(slog.DiscardHandler), retrieval.WithRanking(ranking))
	for _, question := range []string{"What do crowns pay for?", "Is football played there?"} {
		result, err := searcher.Search(context.Background(), retrieval.Query{Text: question})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(len(result.Hits) > 0, question)
	}
	// Output:
	// true What do crowns pay for?
	// false Is football played there?
}

// Words are what a text is indexed by.
func ExampleWords() {
	fmt.Printf("%q\n", retrieval.Words("The minister’s cyber-security plans were negotiated in the U.S."))
	// Output: ["minist" "cyber" "secur" "cybersecur" "plan" "negoti" "us."]
}
