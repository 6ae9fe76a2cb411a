package mcpserver

import (
	"fmt"
	"strings"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// byline says of a citation who said the words, in which role and whether of their own,
// at what event and when; and why that is uncertain.
func byline(c answer.Citation) string {
	if c.Redacted {
		return c.RedactedReason
	}
	return credited(c.Credit(), c.Quoting(), retrieval.Titled(c.TranscriptTitle), string(c.Date))
}

// credited names who speaks, in which role and how, and where.
func credited(c model.Credit, quoting string, where ...string) string {
	line := c.Name(unnamed)
	for _, part := range append([]string{string(c.Role), quoting}, where...) {
		if part != "" {
			line += ", " + part
		}
	}
	if c.Doubt != "" {
		line += " (" + string(c.Doubt) + ")"
	}
	return words.InertLine(line)
}

const unnamed = "Speaker not named"

// The URI of a resource is the scheme and what names it to tools: the id of a transcript,
// or of one of its turns.
const (
	scheme = "pullquote://transcripts/"
	turns  = "/turns"
)

// turnID names a turn to the outside.
func turnID(transcript string, turn int) string {
	return fmt.Sprintf("%s%s/%d", transcript, turns, turn)
}

// transcriptURL is the page of a transcript.
func (s *Server) transcriptURL(r retrieval.StoredTranscript) string {
	return s.PublicURL + "/t/" + r.ID
}

// divideID divides the id of a turn, or its URI, into the transcript and the number of
// the turn, which is empty for a whole transcript.
func divideID(id string) (transcript, turn string) {
	transcript, turn, _ = strings.Cut(strings.TrimPrefix(strings.TrimSpace(id), scheme), turns)
	return transcript, strings.TrimPrefix(turn, "/")
}
