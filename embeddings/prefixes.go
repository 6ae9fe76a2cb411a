package embeddings

import "strings"

// Prefixes are words before the texts, for models that were trained with such.
// Without them these models find less.
type Prefixes struct {
	Query, Document string
}

func (p Prefixes) of(kind Kind) string {
	if kind == Query {
		return p.Query
	}
	return p.Document
}

const searchInstruction = "Given a web search query, retrieve relevant passages that answer the query"

// families are the models that were trained with prefixes, by a part of their
// names. The first that fits counts.
func families() []struct {
	name string
	Prefixes
} {
	instructed := Prefixes{Query: "Instruct: " + searchInstruction + "\nQuery: "}
	represented := Prefixes{Query: "Represent this sentence for searching relevant passages: "}
	return []struct {
		name string
		Prefixes
	}{
		{"nomic-embed", Prefixes{"search_query: ", "search_document: "}},
		{"embeddinggemma", Prefixes{"task: search result | query: ", "title: none | text: "}},
		{"embedding-gemma", Prefixes{"task: search result | query: ", "title: none | text: "}},
		{"qwen3-embedding", Prefixes{Query: "Instruct: " + searchInstruction + "\nQuery:"}},
		{"gte-qwen2", instructed},
		{"e5-mistral", instructed},
		{"e5-large-instruct", instructed},
		{"e5-", Prefixes{"query: ", "passage: "}},
		{"bge-m3", Prefixes{}},
		{"bge-small-en", represented},
		{"bge-base-en", represented},
		{"bge-large-en", represented},
		{"bge-small-zh", Prefixes{Query: "为这个句子生成表示以用于检索相关文章："}},
		{"bge-base-zh", Prefixes{Query: "为这个句子生成表示以用于检索相关文章："}},
		{"bge-large-zh", Prefixes{Query: "为这个句子生成表示以用于检索相关文章："}},
		{"bge-large", represented}, // as Ollama names the English one
		{"mxbai-embed", represented},
		{"arctic-embed2", Prefixes{Query: "query: "}},
		{"arctic-embed-m-v2", Prefixes{Query: "query: "}},
		{"arctic-embed-l-v2", Prefixes{Query: "query: "}},
		{"arctic-embed", represented},
	}
}

// PrefixesOf are those that a model was trained with, as far as its name tells;
// none for other models.
func PrefixesOf(model string) Prefixes {
	model = strings.ToLower(strings.ReplaceAll(model, "_", "-"))
	for _, f := range families() {
		if strings.Contains(model, f.name) {
			return f.Prefixes
		}
	}
	return Prefixes{}
}
