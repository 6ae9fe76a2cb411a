package api

import (
	"net/http"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/media"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// recording is what a transcript's page shows of its recording; the zero value shows nothing.
type recording struct {
	URL     string // at the marked words, where their time is known
	Audio   bool   // it is played in the page as sound
	Video   bool   // or as pictures
	Foreign string // the origin of a file that could be played, but is of none that was configured

	link media.Link
}

// recordingOf is the recording of a transcript, whose page marks a span, or none.
func (s *server) recordingOf(r *http.Request, stored retrieval.StoredTranscript, turns []model.Turn, marked sentence.Span) recording {
	link, err := media.Parse(string(stored.Media))
	if err != nil {
		return recording{}
	}
	rec := recording{URL: link.String(), link: link}
	if at := timeOf(turns, marked); at != nil {
		rec.URL, _ = link.At(*at)
	}
	kind := link.Kind()
	ours := strings.EqualFold(link.Host(), r.Host) || slices.Contains(s.MediaOrigins, link.Origin())
	switch {
	case kind == media.Page:
	case ours:
		rec.Audio, rec.Video = kind == media.Audio, kind == media.Video
	default:
		rec.Foreign = link.Origin()
	}
	return rec
}

// timeOf is when the words of a span were said, in milliseconds; nil where nobody knows.
func timeOf(turns []model.Turn, span sentence.Span) *int64 {
	for _, t := range turns {
		if span.Start < t.End && span.End > t.Start {
			start, _ := t.Times(sentence.Span{Start: max(span.Start, t.Start), End: min(span.End, t.End)})
			return start
		}
	}
	return nil
}

// moment is a time beside a turn: how it is read, its second, and the link that leads there. It
// is empty where there is no time, and the link where there is no recording.
type moment struct{ Clock, Seconds, URL string }

func (rec recording) at(ms *int64) moment {
	if ms == nil {
		return moment{}
	}
	m := moment{Clock: media.Clock(*ms), Seconds: media.Seconds(*ms)}
	if rec.URL != "" {
		m.URL, _ = rec.link.At(*ms)
	}
	return m
}
