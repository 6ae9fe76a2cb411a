package access

import (
	"context"
	"time"
)

// Act is an administrative act, or one that removes or changes what others may rely on.
type Act string

const (
	KeyCreated          Act = "key created"
	KeyLimited          Act = "key limited" // its rate or its budget is another
	KeyRevoked          Act = "key revoked"
	CollectionRenamed   Act = "collection renamed"
	CollectionDeleted   Act = "collection deleted"
	TranscriptChanged   Act = "transcript changed" // a new version replaces another
	TranscriptEmbargoed Act = "transcript embargoed"
	EmbargoLifted       Act = "embargo lifted"
	TranscriptDeleted   Act = "transcript deleted"
	SpeakerChanged      Act = "speaker changed"
	ConversationNamed   Act = "conversation named"
	ConversationDeleted Act = "conversation deleted"
	AnswerDeleted       Act = "answer deleted"

	// What the retention of the configuration has removed, many at once.
	ConversationsExpired Act = "conversations expired"
	AnswersExpired       Act = "redacted answers expired"
	AuditExpired         Act = "log of acts expired"
)

// Noted is an act in the log, which is written in the same transaction as what it tells of.
type Noted struct {
	ID      string    `json:"id"`
	At      time.Time `json:"at"`
	By      string    `json:"by"` // Grant.By
	Act     Act       `json:"act"`
	Subject string    `json:"subject"` // ids and names, never the words of a transcript
}

// Log reads the acts.
type Log interface {
	// Audit are the last acts, the newest first.
	Audit(ctx context.Context, last int) ([]Noted, error)
}
