package answer

import (
	"cmp"
	"time"

	"github.com/pullquote/pullquote/retrieval"
)

// Mode is how an answer is, or was, written.
type Mode string

const (
	ModeAuto       Mode = "auto"       // the model when there is one, else extractive
	ModeLLM        Mode = "llm"        // the model wrote the prose, the program the quotations
	ModeExtractive Mode = "extractive" // the program wrote everything from the record's sentences
)

// Request is a question to be answered.
type Request struct {
	Question       string           `json:"question"`
	ConversationID string           `json:"conversation_id,omitempty"` // empty: a new conversation begins
	History        []string         `json:"history,omitempty"`         // earlier questions, oldest first, of a conversation that the asker keeps
	Filter         retrieval.Filter `json:"filter"`
	Mode           Mode             `json:"mode,omitempty"` // ModeAuto when empty

	// ID is the answer's, a UUIDv7; empty: a new one. Who may have to ask again after
	// a crash gives it, and looks first whether the answer is there.
	ID string `json:"-"`
	// Key names the request for a client that may have to repeat it: the same request
	// under the same key gets the same answer, for a day. Empty: it is not repeated.
	Key string `json:"-"`
	// Collections are asked in this order until one answers; none: the filter's.
	Collections []string `json:"-"`
	// Without are turns that are not found, see retrieval.Query.
	Without []retrieval.TurnKey `json:"-"`
	// Language is that of a model's prose, such as "French"; empty: the question's.
	Language string `json:"-"`
}

// Answer is a question's answer with its verified quotations.
//
// In Text, words stand between quotation marks only if a citation covers them.
type Answer struct {
	ID                 string                 `json:"id"`
	Question           string                 `json:"question"`
	StandaloneQuestion string                 `json:"standalone_question"`
	ConversationID     string                 `json:"conversation_id"`
	Filter             retrieval.Filter       `json:"filter,omitzero"` // that it was asked with
	Mode               Mode                   `json:"mode"`            // ModeLLM or ModeExtractive
	Answerable         bool                   `json:"answerable"`
	Confidence         *float64               `json:"confidence,omitempty"` // the calibrated probability that the citations answer the question
	Text               string                 `json:"text"`
	Statements         []Statement            `json:"statements"`
	Citations          []Citation             `json:"citations"`
	Withheld           []Withheld             `json:"withheld"`
	Nearest            []retrieval.Hit        `json:"nearest"`                // the closest turns, when not answerable
	DidYouMean         []retrieval.Respelling `json:"did_you_mean,omitempty"` // words of the question that the record does not have
	Notice             string                 `json:"notice,omitempty"`       // what the reader should know of how it was made
	Model              string                 `json:"model"`                  // empty for extractive answers
	Usage              Usage                  `json:"usage"`
	TimingsMS          TimingsMS              `json:"timings_ms"`
	CreatedAt          time.Time              `json:"created_at"`

	found    []string  // ids of the transcripts whose turns were found, see Transcripts
	Features []float64 `json:"-"` // that Confidence was computed from, see FeatureNames
}

// newAnswer is an answer that has nothing written yet.
func newAnswer(req Request, result retrieval.Result) *Answer {
	// Who asks twice at the same time begins one conversation: it has the id that the
	// request gives.
	return &Answer{
		ID: cmp.Or(req.ID, newID()), ConversationID: cmp.Or(req.ConversationID, req.ID, newID()),
		Question: req.Question, StandaloneQuestion: req.Question, Filter: req.Filter, Mode: ModeExtractive,
		Statements: []Statement{}, Citations: []Citation{}, Withheld: []Withheld{}, Nearest: []retrieval.Hit{},
		DidYouMean: result.Reading.DidYouMean, Notice: result.Notice(), found: transcriptsOf(result.Hits),
		TimingsMS: TimingsMS{Embed: result.Timings.EmbedMS, Retrieve: result.Timings.RetrieveMS},
		CreatedAt: time.Now().UTC(),
	}
}

// Statement is a sentence of the answer with the numbers of its citations.
type Statement struct {
	Text      string `json:"text"`
	Citations []int  `json:"citations"`
}

// Withheld is something that was not shown, and why.
type Withheld struct {
	Text   string `json:"text"`
	Reason Reason `json:"reason"`
}

// Reason says why something was withheld.
type Reason string

const (
	ReasonFabricated    Reason = "fabricated"    // not in the record
	ReasonAltered       Reason = "altered"       // close to the record, but not its words
	ReasonMisattributed Reason = "misattributed" // said by another
	ReasonStitched      Reason = "stitched"      // joined from several places
	ReasonAmbiguous     Reason = "ambiguous"     // several places say it
	ReasonUnsupported   Reason = "unsupported"   // a statement without a citation
	ReasonClaim         Reason = "claim"         // words of the model's that nothing cited vouches for
)

// Usage counts the tokens that a model used.
type Usage struct {
	PromptTokens     int  `json:"prompt_tokens"`
	CompletionTokens int  `json:"completion_tokens"`
	TotalTokens      int  `json:"total_tokens"`
	Estimated        bool `json:"estimated,omitempty"` // the server did not tell
}

// TimingsMS are the parts of the work, in milliseconds.
type TimingsMS struct {
	Rewrite  float64 `json:"rewrite"`
	Embed    float64 `json:"embed"`
	Retrieve float64 `json:"retrieve"`
	Generate float64 `json:"generate"`
	Verify   float64 `json:"verify"`
	Total    float64 `json:"total"`
}

// The events of an answer in the making. The whole answer, or the error, is
// what Answer returns.
type (
	// Event is one of Retrieval, Delta, Cited and WithheldEvent.
	Event interface{ event() }
	// Retrieval tells the turns that the answer is made from. It comes first.
	Retrieval struct {
		Hits     []retrieval.Hit `json:"hits"`
		AnswerID string          `json:"-"`
	}
	// Delta is the next piece of Answer.Text.
	Delta struct {
		Text     string `json:"text"`
		Declines bool   `json:"-"` // it says that the record does not answer
	}
	// Cited tells a citation; it precedes the delta that shows its quotation.
	Cited struct{ Citation }
	// WithheldEvent tells something that will not be shown.
	WithheldEvent struct{ Withheld }
)

func (Retrieval) event()     {}
func (Delta) event()         {}
func (Cited) event()         {}
func (WithheldEvent) event() {}
