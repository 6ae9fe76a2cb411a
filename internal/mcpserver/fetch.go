package mcpserver

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

type fetchArguments struct {
	ID        string `json:"id" jsonschema:"The id of a turn or of a transcript, as search and list_transcripts give it."`
	FirstTurn int    `json:"first_turn,omitempty" jsonschema:"Of a transcript, where to begin: the metadata.next_turn of the part before."`
}

// document is what ChatGPT's connectors expect of a fetch.
type document struct {
	ID       string            `json:"id"`
	Title    string            `json:"title" jsonschema:"Of a turn its byline: who speaks, in which role, at which event and when."`
	Text     string            `json:"text" jsonschema:"The words of the turn. Of a transcript all turns, each under its number and byline, the words behind > at the beginning of each line."`
	URL      string            `json:"url" jsonschema:"The same on Pullquote's page, for people."`
	Metadata map[string]string `json:"metadata" jsonschema:"Whose words they are, where they stand and which question they answer."`
}

func (s *Server) fetch(ctx context.Context, in fetchArguments, _ func(string)) (document, error) {
	if in.ID == "" {
		return document{}, fault.New(fault.Invalid, "id is missing; give the id of a turn or a transcript that search or list_transcripts returned")
	}
	transcript, turn := divideID(in.ID)
	stored, err := s.stored(ctx, transcript)
	if err != nil {
		return document{}, err
	}
	if turn == "" {
		return s.transcriptPart(ctx, stored, in.FirstTurn)
	}
	c, err := s.turn(ctx, stored, turn)
	if err != nil {
		return document{}, err
	}
	return turnDocument(c), nil
}

// stored is a transcript by its id.
func (s *Server) stored(ctx context.Context, id string) (retrieval.StoredTranscript, error) {
	stored, err := s.Library.Get(ctx, id)
	if fault.CodeOf(err) == fault.NotFound {
		err = fault.Wrap(err, fault.NotFound, "there is no transcript %q; search and list_transcripts tell ids", id)
	}
	return stored, err
}

// turn is a turn of a transcript as a citation.
func (s *Server) turn(ctx context.Context, stored retrieval.StoredTranscript, number string) (answer.Citation, error) {
	all, err := s.Library.Turns(ctx, stored.ID)
	if err != nil {
		return answer.Citation{}, err
	}
	index, err := strconv.Atoi(number)
	place, found := retrieval.TurnAt(all, index)
	if err != nil || !found {
		return answer.Citation{}, fault.New(fault.NotFound, "the transcript has no turn %q; its turns are numbered from 0 to %d", number, lastOf(all))
	}
	hit := retrieval.NewHit(stored, all, place)
	return s.Answers.Found("", retrieval.Result{Hits: []retrieval.Hit{hit}}).Citations[0], nil
}

func turnDocument(c answer.Citation) document {
	credit := c.Credit()
	about := map[string]string{
		"transcript_id": c.TranscriptID, "transcript_title": retrieval.Titled(c.TranscriptTitle), "collection": c.Collection,
		"date": string(c.Date), "place": words.InertLine(string(c.Place)), "turn": strconv.Itoa(c.Turn), "role": string(c.Role),
		"speaker": string(credit.Certain()), "caution": words.InertLine(c.Caution()),
		"start_char_index": strconv.Itoa(c.Start), "end_char_index": strconv.Itoa(c.End),
		"media_url": string(c.MediaURL), "start_ms": milliseconds(c.StartMS), "end_ms": milliseconds(c.EndMS),
	}
	if q := c.Question; q != nil {
		about["question_id"] = turnID(c.TranscriptID, q.Turn)
		about["question_speaker"] = q.Credit().Name(unnamed)
		about["question"] = q.Text
	}
	return document{turnID(c.TranscriptID, c.Turn), byline(c), c.Quote, c.URL, told(about)}
}

// maxPart is how much of a transcript is fetched at a time, in bytes, unless one turn is
// longer: some 15,000 tokens, of which assistants take 25,000.
const maxPart = 60_000

// transcriptPart is a transcript from a turn on.
func (s *Server) transcriptPart(ctx context.Context, stored retrieval.StoredTranscript, first int) (document, error) {
	all, err := s.Library.Turns(ctx, stored.ID)
	if err != nil {
		return document{}, err
	}
	if first < 0 || first > max(lastOf(all), 0) {
		return document{}, fault.New(fault.Invalid, "first_turn is %d; the turns are numbered from 0 to %d", first, lastOf(all))
	}
	place, _ := retrieval.TurnAt(all, first)
	text, next := bylined(all[place:], maxPart)
	about := map[string]string{
		"collection": stored.Collection, "date": string(stored.Date), "place": words.InertLine(string(stored.Place)),
		"turn_count": strconv.Itoa(len(all)), "media_url": string(stored.Media),
	}
	if next += place; next < len(all) {
		about["next_turn"] = strconv.Itoa(all[next].Index)
	}
	return document{stored.ID, retrieval.Titled(stored.Title), text, s.transcriptURL(stored), told(about)}, nil
}

// lastOf is the number of the last turn; -1 where there is none.
func lastOf(turns []model.Turn) int {
	if len(turns) == 0 {
		return -1
	}
	return turns[len(turns)-1].Index
}

// bylined writes turns, up to a length, each under its number and byline, and returns how
// many they are. Every line of the record's begins with a mark of its own: whatever it says,
// it cannot be taken for another turn.
func bylined(turns []model.Turn, length int) (text string, written int) {
	var b strings.Builder
	for i, t := range turns {
		turn := fmt.Sprintf("[turn %d] %s:\n> %s\n", t.Index, credited(retrieval.Named(t.Credit()), t.Quoting()), quoted.Replace(t.Text))
		if i > 0 && b.Len()+len(turn) > length {
			return b.String(), i
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(turn)
	}
	return b.String(), len(turns)
}

// quoted begins a line wherever something that shows a text may begin one.
var quoted = strings.NewReplacer("\r\n", "\n> ", "\n", "\n> ", "\r", "\n> ", "\v", "\n> ", "\f", "\n> ", "\u0085", "\n> ", "\u2028", "\n> ", "\u2029", "\n> ")

// milliseconds is a time; empty where it is not known.
func milliseconds(ms *int64) string {
	if ms == nil {
		return ""
	}
	return strconv.FormatInt(*ms, 10)
}

// told leaves out what the record does not tell.
func told(about map[string]string) map[string]string {
	for name, value := range about {
		if value == "" {
			delete(about, name)
		}
	}
	return about
}
