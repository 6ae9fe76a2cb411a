package main

import (
	"context"
	"flag"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/slackbot"
	"github.com/pullquote/pullquote/internal/slackstore"
)

// slackRun is one run of the command.
type slackRun struct {
	*app
	services *services              // of the actions that need the database
	settings slackbot.SettingsStore // likewise
	asJSON   bool
	http     bool // the manifest is for HTTP, not for Socket Mode
	edits    []slackEdit
}

// slackAction is something that the command does.
type slackAction struct {
	words     []string // that name it
	arguments []slackID
	stored    bool // it needs the database
	run       func(r *slackRun, ctx context.Context, ids []string) error
}

// slackActions lists every action.
func slackActions() []slackAction {
	return []slackAction{
		{[]string{"manifest"}, nil, false, (*slackRun).manifest},
		{[]string{"settings", "list"}, nil, true, (*slackRun).list},
		{[]string{"settings", "show"}, []slackID{teamID, channelID}, true, (*slackRun).show},
		{[]string{"settings", "set"}, []slackID{teamID, channelID}, true, (*slackRun).set},
		{[]string{"user"}, []slackID{teamID, userID}, true, (*slackRun).user},
	}
}

// slackID is a kind of Slack's ids.
type slackID struct {
	name, example string
	form          string // a regular expression
}

var (
	teamID    = slackID{"TEAM", "T012AB3CD", `^[TE][A-Z0-9]+$`}
	channelID = slackID{"CHANNEL", "C012AB3CD", `^[CDG][A-Z0-9]+$`}
	userID    = slackID{"USER", "U012AB3CD", `^[UW][A-Z0-9]+$`}
)

func (id slackID) check(value string) error {
	if ok, err := regexp.MatchString(id.form, value); err != nil || !ok {
		return fault.New(fault.Invalid, "%q is not the id of a %s, such as %s; Slack in a browser has ids in its address, "+
			"app.slack.com/client/TEAM/CHANNEL, and “Copy member ID” in a person's profile", value, strings.ToLower(id.name), id.example)
	}
	return nil
}

func slackCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	run := &slackRun{app: a}
	flags.BoolVar(&run.asJSON, "json", false, "print JSON")
	flags.BoolVar(&run.http, "http", false, "manifest: for HTTP at the public URL (default for Socket Mode)")
	run.declareEdits(flags)
	return func(ctx context.Context, args []string) error {
		action, ids, err := findSlackAction(args)
		if err != nil {
			return err
		}
		if !action.stored {
			return action.run(run, ctx, ids)
		}
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		defer s.close()
		ctx, cancel := context.WithTimeout(ctx, queryTimeout)
		defer cancel()
		store, err := slackstore.Open(ctx, s.store.Pool(), a.log)
		if err != nil {
			return err
		}
		defer store.Close()
		run.services, run.settings = s, store
		return action.run(run, ctx, ids)
	}
}

// findSlackAction reads what is to be done, and of whom.
func findSlackAction(args []string) (slackAction, []string, error) {
	for _, action := range slackActions() {
		n := len(action.words)
		if len(args) != n+len(action.arguments) || !slices.Equal(args[:n], action.words) {
			continue
		}
		for i, id := range action.arguments {
			if err := id.check(args[n+i]); err != nil {
				return slackAction{}, nil, err
			}
		}
		return action, args[n:], nil
	}
	return slackAction{}, nil, fault.New(fault.Invalid, "write one of `slack %s`, with ids as Slack has them", strings.Join(slackForms(), "`, `slack "))
}

// slackForms are the arguments of the command, as help has them.
func slackForms() (forms []string) {
	for _, action := range slackActions() {
		words := action.words
		for _, id := range action.arguments {
			words = append(words, id.name)
		}
		forms = append(forms, strings.Join(words, " "))
	}
	return forms
}

func (r *slackRun) manifest(context.Context, []string) error {
	manifest, err := slackbot.Manifest(r.config.links(), !r.http)
	if err != nil {
		return err
	}
	fmt.Fprintf(r.stdout, "%s", manifest)
	return nil
}

func (r *slackRun) list(ctx context.Context, _ []string) error {
	settings, err := r.settings.Settings(ctx)
	if err != nil {
		return err
	}
	if err := r.print(settings...); err != nil {
		return err
	}
	if len(settings) == 0 {
		r.warn("nothing is set; every channel and user has the defaults")
		return errNo
	}
	return nil
}

func (r *slackRun) show(ctx context.Context, ids []string) error {
	channel, err := r.settings.Channel(ctx, ids[0], ids[1])
	if err != nil {
		return err
	}
	return r.print(slackbot.Setting{Team: ids[0], ID: ids[1], Channel: &channel})
}

func (r *slackRun) set(ctx context.Context, ids []string) error {
	channel, err := r.settings.Channel(ctx, ids[0], ids[1])
	if err != nil {
		return err
	}
	if len(r.edits) == 0 {
		return fault.New(fault.Invalid, "say what to set: --collections, --trigger, --askers, --private, --language, --quiet or --bots")
	}
	for _, edit := range r.edits {
		if edit.channel == nil {
			return fault.New(fault.Invalid, "--%s is for users; write `slack user TEAM USER --%s`", edit.flag, edit.flag)
		}
		edit.channel(&channel)
	}
	if err := r.settings.SaveChannel(ctx, ids[0], ids[1], channel); err != nil {
		return err
	}
	if err := r.print(slackbot.Setting{Team: ids[0], ID: ids[1], Channel: &channel}); err != nil {
		return err
	}
	return r.warnOfUnknown(ctx, r.services, r.collections())
}

// collections are those that the edits name.
func (r *slackRun) collections() (names []string) {
	for _, edit := range r.edits {
		names = append(names, edit.collections...)
	}
	return names
}

// user shows what a user may do, after the edits that there are.
func (r *slackRun) user(ctx context.Context, ids []string) error {
	user, err := r.settings.User(ctx, ids[0], ids[1])
	if err != nil {
		return err
	}
	for _, edit := range r.edits {
		if edit.user == nil {
			return fault.New(fault.Invalid, "--%s is for channels; write `slack settings set TEAM CHANNEL --%s`", edit.flag, edit.flag)
		}
		edit.user(&user)
	}
	if len(r.edits) > 0 {
		if err := r.settings.SaveUser(ctx, ids[0], ids[1], user); err != nil {
			return err
		}
	}
	if err := r.print(slackbot.Setting{Team: ids[0], ID: ids[1], User: &user}); err != nil {
		return err
	}
	return r.warnOfUnknown(ctx, r.services, r.collections())
}
