package api

import (
	"bytes"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// pages are the templates of the web page.
type pages struct{ transcript *template.Template }

func newPages() pages {
	return pages{template.Must(template.ParseFS(files, "web/transcript.html"))}
}

// transcriptView is what transcript.html shows.
type transcriptView struct {
	Stored    retrieval.StoredTranscript
	Recording recording
	Turns     []turnView
}

type turnView struct {
	model.Turn
	Question   *int // the turn that this one answers
	Time       moment
	Paragraphs [][]segment
}

// segment is a part of a paragraph that is marked, or not, as a whole.
type segment struct {
	Text   string
	Marked bool
}

// transcriptPage shows a transcript. The query's start and end, in code points
// of the canonical text, mark a span; numbers that make none mark nothing, since
// an old or shortened link should still lead to its transcript.
func (s *server) transcriptPage(w http.ResponseWriter, r *http.Request) error {
	stored, err := s.Library.Get(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	turns, err := s.Library.Turns(r.Context(), stored.ID)
	if err != nil {
		return err
	}
	marked := spanOf(r, turns)
	view := transcriptView{Stored: stored, Recording: s.recordingOf(r, stored, turns, marked)}
	for _, turn := range turns {
		view.Turns = append(view.Turns, turnView{turn, turn.Answers, view.Recording.at(turn.StartMS), paragraphs(turn, marked)})
	}
	var page bytes.Buffer
	if err := s.pages.transcript.Execute(&page, view); err != nil {
		return fmt.Errorf("write the page of transcript %s: %w", stored.ID, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.Write(page.Bytes())
	return nil
}

// spanOf is the span of the query; empty when its numbers are not one of the turns' words.
func spanOf(r *http.Request, turns []model.Turn) sentence.Span {
	start, errStart := strconv.Atoi(r.URL.Query().Get("start"))
	end, errEnd := strconv.Atoi(r.URL.Query().Get("end"))
	if errStart != nil || errEnd != nil || start < 0 || end <= start || len(turns) == 0 || end > turns[len(turns)-1].End {
		return sentence.Span{}
	}
	return sentence.Span{Start: start, End: end}
}

// paragraphs divides the words of a turn at blank lines, and marks in each
// paragraph its part of the span.
func paragraphs(turn model.Turn, marked sentence.Span) [][]segment {
	const blankLine = "\n\n"
	var divided [][]segment
	start := turn.Start
	for text := range strings.SplitSeq(turn.Text, blankLine) {
		runes := []rune(text)
		if strings.TrimSpace(text) != "" {
			divided = append(divided, segments(runes, marked.Start-start, marked.End-start))
		}
		start += len(runes) + len(blankLine)
	}
	return divided
}

// segments cuts a paragraph where the mark begins and ends. The two offsets may
// lie before or behind it.
func segments(paragraph []rune, from, to int) []segment {
	from = min(max(from, 0), len(paragraph))
	to = min(max(to, from), len(paragraph))
	if from == to {
		return []segment{{Text: string(paragraph)}}
	}
	var cut []segment
	for _, s := range []segment{
		{string(paragraph[:from]), false},
		{string(paragraph[from:to]), true},
		{string(paragraph[to:]), false},
	} {
		if s.Text != "" {
			cut = append(cut, s)
		}
	}
	return cut
}
