package slackbot

import "context"

// Trigger says what the bot answers in a channel. In a direct message it answers
// everything.
type Trigger string

const (
	TriggerMentions Trigger = "mentions" // messages that mention it
	TriggerThreads  Trigger = "threads"  // also all that follows in a thread where it has answered
	TriggerAll      Trigger = "all"      // also every question of the channel
)

// Channel is how the bot behaves in a channel. The zero value is the default.
type Channel struct {
	Collections []string `json:"collections,omitempty"` // asked in this order until one answers; none: the default one
	Trigger     Trigger  `json:"trigger,omitempty"`     // TriggerMentions when empty
	Askers      []string `json:"askers,omitempty"`      // ids of the users who may ask; none: everybody
	Private     bool     `json:"private,omitempty"`     // answers are for the asker alone, who may share them
	Language    string   `json:"language,omitempty"`    // of a model's prose, as "French"; empty: the question's
	Quiet       bool     `json:"quiet,omitempty"`       // silent, unless spoken to, when the record does not answer
	Bots        bool     `json:"bots,omitempty"`        // other bots may ask, too
	Ingest      string   `json:"ingest,omitempty"`      // the collection that gets the files put into the channel; empty: they are left alone
}

// User is what a person may do. The zero value is the default.
type User struct {
	Denied      bool     `json:"denied,omitempty"`      // may not ask
	Collections []string `json:"collections,omitempty"` // may ask these alone, wherever; none: those of the channel
	Manager     bool     `json:"manager,omitempty"`     // may change settings, as the workspace's administrators may
}

// SettingsStore keeps settings, of channels and users by their ids in Slack.
// What is not there is the zero value.
type SettingsStore interface {
	Channel(ctx context.Context, team, id string) (Channel, error)
	SaveChannel(ctx context.Context, team, id string, c Channel) error
	User(ctx context.Context, team, id string) (User, error)
	SaveUser(ctx context.Context, team, id string, u User) error
	// Collections are the names that there are, in their order.
	Collections(ctx context.Context) ([]string, error)
	// Settings lists all, ordered by team and id.
	Settings(ctx context.Context) ([]Setting, error)
}

// Setting is the settings of a channel or of a user.
type Setting struct {
	Team, ID string
	Channel  *Channel
	User     *User
}
