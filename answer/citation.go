package answer

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/media"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/quotes"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// Citation is a verified quotation: Quote is a span of one turn, and Speaker is
// that turn's speaker.
type Citation struct {
	Number          int                     `json:"number"` // 1-based, in order of appearance
	Quote           string                  `json:"quote"`
	Status          Status                  `json:"status"`
	TranscriptID    string                  `json:"transcript_id"`
	TranscriptTitle model.Optional          `json:"transcript_title"`
	Collection      string                  `json:"collection"`
	Date            model.Optional          `json:"date"`
	Place           model.Optional          `json:"place"`
	Version         int                     `json:"transcript_version"`
	SHA256          string                  `json:"transcript_sha256"` // of the file as it was given, hexadecimal
	Turn            int                     `json:"turn"`
	Label           model.Optional          `json:"label,omitempty"` // as printed
	Speaker         model.Optional          `json:"speaker"`
	Affiliation     model.Optional          `json:"affiliation"`
	Role            model.Role              `json:"role"`
	Doubt           model.Optional          `json:"doubt,omitempty"`            // why the speaker or the boundary of the turn is uncertain
	ReadAloud       bool                    `json:"read_aloud,omitempty"`       // words of the quotation, at least, are quoted by the speaker
	ReadAloudSpans  []sentence.Span         `json:"read_aloud_spans,omitempty"` // which, in code points of the canonical text
	Start           int                     `json:"start_char_index"`           // code points in the canonical text
	End             int                     `json:"end_char_index"`
	Prefix          string                  `json:"prefix"`       // the words of the record just before the quotation
	Suffix          string                  `json:"suffix"`       // and just after
	AnswerStart     int                     `json:"answer_start"` // code points in Answer.Text, of the quoted words
	AnswerEnd       int                     `json:"answer_end"`
	Question        *retrieval.QuestionTurn `json:"question"` // null when the turn answers none
	URL             string                  `json:"url"`      // the turn on Pullquote's own page
	SourceURL       model.Optional          `json:"source_url"`
	MediaURL        model.Optional          `json:"media_url"` // the recording at StartMS, as far as its host takes a time
	StartMS         *int64                  `json:"start_ms"`  // when the words were said, in milliseconds into the recording: see model.Turn.Times
	EndMS           *int64                  `json:"end_ms"`
	Redacted        bool                    `json:"redacted,omitempty"` // its transcript is deleted: of all words and names there are none, see Answer.Redact
	RedactedReason  string                  `json:"redacted_reason,omitempty"`
}

// Credit is whose words a quotation has, in names that are fit for a byline.
func (c Citation) Credit() model.Credit {
	return retrieval.Named(model.Credit{Label: c.Label, Speaker: c.Speaker, Affiliation: c.Affiliation, Role: c.Role, Doubt: c.Doubt})
}

// Quoting says in a byline how much of the quotation is read aloud; it is empty where
// nothing is.
func (c Citation) Quoting() string {
	return quotes.Quoting(sentence.Span{Start: c.Start, End: c.End}, c.ReadAloudSpans)
}

// Caution says, in words for the reader, what keeps the words from being the speaker's own
// for certain; it is empty where nothing does.
func (c Citation) Caution() string {
	var doubt, aloud string
	if c.Doubt != "" {
		doubt = "speaker uncertain: " + string(c.Doubt)
	}
	switch c.Quoting() {
	case "":
	case "quoting":
		aloud = "quoting: the speaker reads these words aloud, or repeats another's"
	default:
		aloud = "quoting in part: the speaker reads some of these words aloud, or repeats another's"
	}
	return join("; ", doubt, aloud)
}

// Heard leads, in words before a colon, to MediaURL: where the recording has the words. It is
// empty where there is no recording.
func (c Citation) Heard() string {
	switch {
	case c.MediaURL == "":
		return ""
	case c.StartMS == nil:
		return "Recording"
	}
	return "Recording, at " + media.Clock(*c.StartMS)
}

// contextRunes of the record are kept on either side of a quotation, so that it
// can be found again in an edited text.
const contextRunes = 32

// citer makes citations: the one place where a text becomes a quotation.
type citer struct {
	publicURL string // base of their links
}

// cite makes the citation of a span of a hit. Quote, speaker and date are the
// record's: no text that was written elsewhere can come in. Its number, how its
// asker's words differed and where an answer shows it are set by who shows it.
func (c citer) cite(h *turn, span sentence.Span) Citation {
	start, end := span.Start-h.Start, span.End-h.Start
	aloud := quotes.Within(span, h.Start, h.aloud())
	startMS, endMS := h.Times(span)
	return Citation{
		Quote: string(h.runes[start:end]), Status: StatusExact,
		TranscriptID: h.TranscriptID, TranscriptTitle: h.Title, Collection: h.Collection, Date: h.Date, Place: h.Place,
		Version: h.Version, SHA256: h.SHA256,
		Turn: h.Turn, Label: h.Label, Speaker: h.Speaker, Affiliation: h.Affiliation, Role: h.Role,
		Doubt: h.Doubt, ReadAloud: len(aloud) > 0, ReadAloudSpans: aloud,
		Start: span.Start, End: span.End,
		Prefix:   string(h.runes[max(0, start-contextRunes):start]),
		Suffix:   string(h.runes[end:min(len(h.runes), end+contextRunes)]),
		Question: briefly(h.Question), URL: c.turnURL(h.Hit, span),
		MediaURL: h.MediaAt(startMS), StartMS: startMS, EndMS: endMS,
	}
}

// turnURL is the permalink of a span: the page of its transcript, the words
// marked, at its turn.
func (c citer) turnURL(h retrieval.Hit, span sentence.Span) string {
	base := strings.TrimRight(c.publicURL, "/")
	return fmt.Sprintf("%s/t/%s?start=%d&end=%d#turn-%d", base, url.PathEscape(h.TranscriptID), span.Start, span.End, h.Turn)
}

// briefly is the question that a citation answers, of which a very long one keeps its last
// sentences, which ask.
func briefly(q *retrieval.QuestionTurn) *retrieval.QuestionTurn {
	if q == nil || len(q.Text) <= longestQuotation {
		return q
	}
	runes := []rune(q.Text)
	spans := sentence.Split(q.Text)
	first := len(spans) - 1
	for first > 0 && len(runes)-spans[first-1].Start <= longestQuotation {
		first--
	}
	if first <= 0 {
		return q
	}
	end := *q
	end.Text, end.Start = string(runes[spans[first].Start:]), q.Start+spans[first].Start
	return &end
}
