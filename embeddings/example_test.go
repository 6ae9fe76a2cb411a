package embeddings_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/pullquote/pullquote/embeddings"
)

// The built-in embedder finds the passage that shares the most with a question.
func ExampleBuiltin() {
	e := embeddings.NewBuiltin()
	passages := []string{
		"We rebuilt the network after the cyber attack.",
		"The orchestra has found a new conductor.",
	}
	documents, err := e.Embed(context.Background(), embeddings.Document, passages)
	if err != nil {
		log.Fatal(err)
	}
	questions, err := e.Embed(context.Background(), embeddings.Query, []string{"Were there cyberattacks?"})
	if err != nil {
		log.Fatal(err)
	}
	for i, d := range documents {
		fmt.Printf("%.2f %s\n", dot(questions[0], d), passages[i])
	}
	// Output:
	// 0.26 We rebuilt the network after the cyber attack.
	// 0.00 The orchestra has found a new conductor.
}

// Any server that speaks OpenAI's protocol will do.
func ExampleNewOpenAI() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"data":[{"index":0,"embedding":[3,4]}]}`)
	}))
	defer server.Close()

	e, err := embeddings.NewOpenAI(embeddings.OpenAIConfig{
		BaseURL: server.URL + "/v1",
		Model:   "nomic-embed-text",
	})
	if err != nil {
		log.Fatal(err)
	}
	vectors, err := e.Embed(context.Background(), embeddings.Query, []string{"Were there cyberattacks?"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(vectors[0], e.Model())
	// Output: [0.6 0.8] {nomic-embed-text 2}
}

// Models that were trained with words before the texts find less without them.
func ExamplePrefixesOf() {
	prefixes := embeddings.PrefixesOf("nomic-embed-text:v1.5")
	fmt.Printf("%q %q\n", prefixes.Query, prefixes.Document)
	// Output: "search_query: " "search_document: "
}

// An error has a message for whoever asked and a hint for whoever runs the program.
func ExampleError() {
	_, err := embeddings.NewOpenAI(embeddings.OpenAIConfig{BaseURL: "localhost:11434", Model: "nomic-embed-text"})
	if e, ok := errors.AsType[*embeddings.Error](err); ok {
		fmt.Println(e.Code)
		fmt.Println(e.Message)
		fmt.Println(e.Hint)
	}
	// Output:
	// invalid
	// the embedding server's address is not one
	// set OPENAI_BASE_URL to something like http://localhost:11434/v1
}
