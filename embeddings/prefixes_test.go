package embeddings_test

import (
	"testing"

	"github.com/pullquote/pullquote/embeddings"
)

func TestPrefixesOf(t *testing.T) {
	const (
		represent = "Represent this sentence for searching relevant passages: "
		instruct  = "Instruct: Given a web search query, retrieve relevant passages that answer the query\n"
	)
	for model, want := range map[string]embeddings.Prefixes{
		"text-embedding-3-small":                  {},
		"all-minilm":                              {},
		"nomic-embed-text:latest":                 {Query: "search_query: ", Document: "search_document: "},
		"nomic-ai/nomic-embed-text-v1.5":          {Query: "search_query: ", Document: "search_document: "},
		"intfloat/multilingual-e5-small":          {Query: "query: ", Document: "passage: "},
		"intfloat/e5-base-v2":                     {Query: "query: ", Document: "passage: "},
		"intfloat/multilingual-e5-large-instruct": {Query: instruct + "Query: "},
		"intfloat/e5-mistral-7b-instruct":         {Query: instruct + "Query: "},
		"BAAI/bge-small-en-v1.5":                  {Query: represent},
		"bge-large":                               {Query: represent},
		"BAAI/bge-m3":                             {},
		"mxbai-embed-large":                       {Query: represent},
		"Qwen/Qwen3-Embedding-0.6B":               {Query: instruct + "Query:"},
		"Qwen3_Embedding_0.6B-Q8_0.gguf":          {Query: instruct + "Query:"},
		"embeddinggemma:300m":                     {Query: "task: search result | query: ", Document: "title: none | text: "},
		"snowflake-arctic-embed2":                 {Query: "query: "},
		"Snowflake/snowflake-arctic-embed-l-v2.0": {Query: "query: "},
		"snowflake-arctic-embed:33m":              {Query: represent},
	} {
		if got := embeddings.PrefixesOf(model); got != want {
			t.Errorf("%s: %+v, want %+v", model, got, want)
		}
	}
}

func TestParseName(t *testing.T) {
	for _, test := range []struct{ model, prefix, name string }{
		{"words", "", "words"},
		{"words", "d: ", `words+"d: "`},
		{`wo"rds+"`, `say "+"`, `wo"rds+"+"say \"+\""`},
		{"a+b", "", "a+b"},
	} {
		e := newOpenAI(t, embeddings.OpenAIConfig{Model: test.model, Prefixes: embeddings.Prefixes{Document: test.prefix}})
		if e.Model().Name != test.name {
			t.Errorf("%s is called %s, want %s", test.model, e.Model().Name, test.name)
		}
		if model, prefix := embeddings.ParseName(test.name); model != test.model || prefix != test.prefix {
			t.Errorf("%s is read as %s with %q", test.name, model, prefix)
		}
	}
}
