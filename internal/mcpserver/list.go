package mcpserver

import (
	"cmp"
	"context"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

type listArguments struct {
	Collection string `json:"collection,omitempty"`
	Limit      int    `json:"limit,omitempty" jsonschema:"Transcripts of a page, from 1 to 200; 50 without it."`
	Cursor     string `json:"cursor,omitempty" jsonschema:"The next_cursor of the page before."`
}

type transcriptList struct {
	Transcripts []listedTranscript `json:"transcripts"`
	NextCursor  model.Optional     `json:"next_cursor" jsonschema:"For the next page; null on the last."`
}

type listedTranscript struct {
	ID         string         `json:"id" jsonschema:"For fetch, and for the argument transcript of other tools."`
	Title      string         `json:"title"`
	URL        string         `json:"url" jsonschema:"The transcript on Pullquote's page, for people."`
	Collection string         `json:"collection"`
	Date       model.Optional `json:"date" jsonschema:"Of the event."`
	Place      model.Optional `json:"place"`
	Speakers   []string       `json:"speakers" jsonschema:"In the order in which they speak first."`
	TurnCount  int            `json:"turn_count" jsonschema:"Turns are numbered from 0."`
}

func (s *Server) listTranscripts(ctx context.Context, in listArguments, _ func(string)) (transcriptList, error) {
	page, err := s.Library.List(ctx, retrieval.ListQuery{
		Collection: cmp.Or(in.Collection, access.Collection(ctx)), Cursor: in.Cursor, Limit: in.Limit,
	})
	if err != nil {
		return transcriptList{}, err
	}
	listed := transcriptList{Transcripts: []listedTranscript{}, NextCursor: model.Optional(page.NextCursor)}
	for _, t := range page.Transcripts {
		speakers := []string{}
		for _, speaker := range t.Speakers {
			speakers = append(speakers, words.Name(speaker.Name))
		}
		listed.Transcripts = append(listed.Transcripts, listedTranscript{
			ID: t.ID, Title: retrieval.Titled(t.Title), URL: s.transcriptURL(t), Collection: t.Collection,
			Date: t.Date, Place: model.Optional(words.InertLine(string(t.Place))), Speakers: speakers, TurnCount: t.TurnCount,
		})
	}
	return listed, nil
}
