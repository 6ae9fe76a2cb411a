package main

import (
	"cmp"
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/internal/slackbot"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
)

// slackEdit is a flag that was given: what it changes of a channel and of a user,
// or nil.
type slackEdit struct {
	flag    string
	channel func(*slackbot.Channel)
	user    func(*slackbot.User)

	collections []string // that it names
}

// declareEdits declares the flags that change settings. What no flag names stays as
// it is.
func (r *slackRun) declareEdits(flags *flag.FlagSet) {
	r.text(flags, "collections", "ask these collections, by `names` with commas between them; in a channel in this order until one answers", func(value string) (slackEdit, error) {
		names := listed(value)
		for _, name := range names {
			if err := retrieval.CheckCollection(name); err != nil {
				return slackEdit{}, err
			}
		}
		return slackEdit{
			channel:     func(c *slackbot.Channel) { c.Collections = names },
			user:        func(u *slackbot.User) { u.Collections = names },
			collections: names,
		}, nil
	})
	r.text(flags, "trigger", "channel: answer `mentions`, also all that follows in threads, or all questions", func(value string) (slackEdit, error) {
		trigger, err := parseTrigger(value)
		return slackEdit{channel: func(c *slackbot.Channel) { c.Trigger = trigger }}, err
	})
	r.text(flags, "askers", "channel: only these users may ask, by `ids` with commas between them", func(value string) (slackEdit, error) {
		ids := listed(value)
		for _, id := range ids {
			if err := userID.check(id); err != nil {
				return slackEdit{}, err
			}
		}
		return slackEdit{channel: func(c *slackbot.Channel) { c.Askers = ids }}, nil
	})
	r.text(flags, "language", "channel: write the prose of answers in this `language`, such as French", func(value string) (slackEdit, error) {
		return slackEdit{channel: func(c *slackbot.Channel) { c.Language = strings.TrimSpace(value) }}, nil
	})
	r.text(flags, "ingest", "channel: put the transcripts that members share there into this `collection`; \"\" leaves them alone", func(value string) (slackEdit, error) {
		name := strings.TrimSpace(value)
		edit := slackEdit{channel: func(c *slackbot.Channel) { c.Ingest = name }}
		if name == "" {
			return edit, nil
		}
		edit.collections = []string{name}
		return edit, retrieval.CheckCollection(name)
	})
	r.yes(flags, "private", "channel: answers are for the asker alone, who may share them", func(yes bool) slackEdit {
		return slackEdit{channel: func(c *slackbot.Channel) { c.Private = yes }}
	})
	r.yes(flags, "quiet", "channel: say nothing, unless spoken to, when the record does not answer", func(yes bool) slackEdit {
		return slackEdit{channel: func(c *slackbot.Channel) { c.Quiet = yes }}
	})
	r.yes(flags, "bots", "channel: other bots may ask, too", func(yes bool) slackEdit {
		return slackEdit{channel: func(c *slackbot.Channel) { c.Bots = yes }}
	})
	r.yes(flags, "deny", "user: may not ask", func(yes bool) slackEdit {
		return slackEdit{user: func(u *slackbot.User) { u.Denied = yes }}
	})
	r.yes(flags, "allow", "user: may ask", func(yes bool) slackEdit {
		return slackEdit{user: func(u *slackbot.User) { u.Denied = !yes }}
	})
	r.yes(flags, "manager", "user: may change settings in Slack, as administrators may", func(yes bool) slackEdit {
		return slackEdit{user: func(u *slackbot.User) { u.Manager = yes }}
	})
}

// text declares a flag with a value; an empty one brings the default back.
func (r *slackRun) text(flags *flag.FlagSet, name, usage string, edit func(string) (slackEdit, error)) {
	flags.Func(name, usage, func(value string) error {
		e, err := edit(value)
		if err != nil {
			return err
		}
		e.flag = name
		r.edits = append(r.edits, e)
		return nil
	})
}

// yes declares a flag for yes, or for no with =false.
func (r *slackRun) yes(flags *flag.FlagSet, name, usage string, edit func(bool) slackEdit) {
	flags.BoolFunc(name, usage, func(value string) error {
		yes, err := strconv.ParseBool(value)
		if err != nil {
			return fmt.Errorf("write --%s, or --%s=false", name, name)
		}
		e := edit(yes)
		e.flag = name
		r.edits = append(r.edits, e)
		return nil
	})
}

// parseTrigger reads a trigger; the default is left empty.
func parseTrigger(value string) (slackbot.Trigger, error) {
	switch trigger := slackbot.Trigger(value); trigger {
	case "", slackbot.TriggerMentions:
		return "", nil
	case slackbot.TriggerThreads, slackbot.TriggerAll:
		return trigger, nil
	}
	return "", fmt.Errorf("use mentions, threads or all")
}

// slackOutput is what `slack --json` prints: the settings listed, shown or set.
type slackOutput struct {
	Settings []slackSetting `json:"settings"`
}

type slackSetting struct {
	Team    string            `json:"team"`
	ID      string            `json:"id"`
	Channel *slackbot.Channel `json:"channel,omitempty"`
	User    *slackbot.User    `json:"user,omitempty"`
}

func (r *slackRun) print(settings ...slackbot.Setting) error {
	if r.asJSON {
		output := slackOutput{Settings: []slackSetting{}}
		for _, s := range settings {
			output.Settings = append(output.Settings, slackSetting(s))
		}
		return r.printJSON(output)
	}
	for _, s := range settings {
		fmt.Fprintf(r.stdout, "%s %s  %s\n", s.Team, s.ID, words.InertLine(cmp.Or(describeSetting(s), "default")))
	}
	return nil
}

// describeSetting is what differs from the default, in words.
func describeSetting(s slackbot.Setting) string {
	if s.User != nil {
		return inWords(
			when(s.User.Denied, "may not ask"),
			list("may ask only", s.User.Collections),
			when(s.User.Manager, "may change settings"))
	}
	if s.Channel == nil {
		return ""
	}
	return inWords(
		list("asks", s.Channel.Collections),
		when(s.Channel.Trigger == slackbot.TriggerThreads, "follows its threads"),
		when(s.Channel.Trigger == slackbot.TriggerAll, "answers every question"),
		list("only for", s.Channel.Askers),
		when(s.Channel.Private, "privately"),
		when(s.Channel.Language != "", "in "+s.Channel.Language),
		when(s.Channel.Quiet, "quiet without an answer"),
		when(s.Channel.Bots, "answers bots"),
		when(s.Channel.Ingest != "", "puts files into "+s.Channel.Ingest))
}

func when(yes bool, words string) string {
	if yes {
		return words
	}
	return ""
}

func list(words string, items []string) string {
	return when(len(items) > 0, words+" "+strings.Join(items, ", "))
}

// inWords joins those of the parts that there are.
func inWords(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), "; ")
}
