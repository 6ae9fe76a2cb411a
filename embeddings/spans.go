package embeddings

import "context"

// Span is a stretch of a text, in bytes: Start is its first, End the one behind its last.
type Span struct{ Start, End int }

// SpanEmbedder is an Embedder that gives, from one pass over a text, the vectors of its
// parts as well, each in the light of the text around it. An encoder does so by late
// pooling (Günther et al., 2024): the vector of a part is the mean of its tokens.
type SpanEmbedder interface {
	Embedder

	// EmbedSpans returns the vector of each text and those of its spans: whole[i] is of
	// texts[i], and parts[i][j] of spans[i][j] in it. All are of one space, and each has
	// Model().Dimensions finite coordinates and length 1. The vector of a text is the one
	// that Embed returns, unless the text is longer than the model takes at once. spans has
	// a list, which may be empty, for each text, or is nil: then there are no parts.
	//
	// The spans of a text may stand in any order and overlap. One of which nothing is read
	// has the vector of its text: it is empty or blank, or stands beyond what is read of
	// the text or beyond its end.
	//
	// As with Embed, it is all or nothing: with an error there are no vectors. Lists of
	// spans that are more or fewer than the texts are "invalid".
	EmbedSpans(ctx context.Context, kind Kind, texts []string, spans [][]Span) (whole [][]float32, parts [][][]float32, err error)
}
