package main

import (
	"context"
	"flag"
	"fmt"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
)

// speakersOutput is what `speakers --json` prints: the speakers listed, or those
// that have changed.
type speakersOutput struct {
	Speakers []retrieval.Speaker `json:"speakers"`
}

// speakersRun is one run of the command.
type speakersRun struct {
	*app
	services   *services
	collection string
	asJSON     bool
	split      retrieval.Split
}

func speakersCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	run := &speakersRun{app: a}
	flags.StringVar(&run.collection, "collection", retrieval.DefaultCollection, "the speakers of this collection, by `name`")
	flags.BoolVar(&run.asJSON, "json", false, "print JSON")
	flags.Func("alias", "split: this `alias` is another's; may be repeated", addTo(&run.split.Aliases))
	flags.Func("transcript", "split: what is said in this transcript, by `id`, is another's; may be repeated", addTo(&run.split.Transcripts))
	flags.StringVar(&run.split.Name, "name", "", "split: what to call the other, as `name` (default the alias with the most turns)")
	return func(ctx context.Context, args []string) error {
		action, err := run.action(args)
		if err != nil {
			return err
		}
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		defer s.close()
		ctx, cancel := context.WithTimeout(ctx, queryTimeout)
		defer cancel()
		run.services = s
		return action(ctx)
	}
}

func addTo(list *[]string) func(string) error {
	return func(value string) error {
		*list = append(*list, value)
		return nil
	}
}

// action reads what is to be done.
func (r *speakersRun) action(args []string) (func(context.Context) error, error) {
	what, rest := "", args
	if len(args) > 0 {
		what, rest = args[0], args[1:]
	}
	switch {
	case what == "list":
		return func(ctx context.Context) error { return r.list(ctx, strings.Join(rest, " ")) }, nil
	case what == "merge" && len(rest) >= 2:
		return func(ctx context.Context) error { return r.merge(ctx, rest[0], rest[1:]) }, nil
	case what == "split" && len(rest) == 1:
		return func(ctx context.Context) error { return r.edit(ctx, rest[0], retrieval.SpeakerEdit{Split: r.split}) }, nil
	case what == "rename" && len(rest) == 2:
		return func(ctx context.Context) error { return r.edit(ctx, rest[0], retrieval.SpeakerEdit{Name: rest[1]}) }, nil
	}
	return nil, fault.New(fault.Invalid, "write `speakers list [NAME]`, `speakers merge SPEAKER OTHER…`, `speakers split SPEAKER` with --alias or --transcript, "+
		"or `speakers rename SPEAKER NAME`; a speaker is an id, or a name in quotation marks")
}

// list prints the speakers whom a name stands for, or all.
func (r *speakersRun) list(ctx context.Context, name string) error {
	speakers, err := r.named(ctx, name)
	if err != nil {
		return err
	}
	if err := r.print(speakers); err != nil {
		return err
	}
	if len(speakers) == 0 {
		return r.nobody(ctx, name)
	}
	return nil
}

// nobody says that there is no speaker of a name, or none at all, and who is near.
func (r *speakersRun) nobody(ctx context.Context, name string) error {
	if name == "" {
		r.warnOfNowhere(ctx, r.services, r.collection)
		return errNo
	}
	meant, err := r.meant(ctx, name)
	if err == nil {
		r.warn("there is no speaker %q in collection %q; %s`pullquote speakers list` shows who there is", name, r.collection, meant)
		err = errNo
	}
	return err
}

// meant asks whether the speaker of a like name was meant.
func (r *speakersRun) meant(ctx context.Context, name string) (string, error) {
	all, err := r.named(ctx, "")
	var names []string
	for _, s := range all {
		names = append(names, s.Name)
		names = append(names, strings.Fields(s.Name)...)
	}
	return didYouMean("", name, names), err
}

// named are the speakers whom a name stands for, or all.
func (r *speakersRun) named(ctx context.Context, name string) ([]retrieval.Speaker, error) {
	return pages(func(cursor string) ([]retrieval.Speaker, string, error) {
		page, err := r.services.library.Speakers(ctx, retrieval.SpeakersQuery{Collection: r.collection, Name: name, Cursor: cursor, Limit: retrieval.MaxPage})
		return page.Speakers, page.NextCursor, err
	})
}

func (r *speakersRun) merge(ctx context.Context, speaker string, others []string) error {
	var edit retrieval.SpeakerEdit
	for _, other := range others {
		id, err := r.find(ctx, other)
		if err != nil {
			return err
		}
		edit.Merge = append(edit.Merge, id)
	}
	return r.edit(ctx, speaker, edit)
}

func (r *speakersRun) edit(ctx context.Context, speaker string, edit retrieval.SpeakerEdit) error {
	id, err := r.find(ctx, speaker)
	if err != nil {
		return err
	}
	edited, err := r.services.library.EditSpeaker(ctx, id, edit)
	if err != nil {
		return err
	}
	return r.print(edited)
}

// find is the id of the one speaker that is meant.
func (r *speakersRun) find(ctx context.Context, speaker string) (id string, err error) {
	if retrieval.ValidID(speaker) {
		return speaker, nil
	}
	found, err := r.named(ctx, speaker)
	switch {
	case err != nil:
		return "", err
	case len(found) == 0:
		meant, err := r.meant(ctx, speaker)
		if err != nil {
			return "", err
		}
		return "", fault.New(fault.NotFound, "there is no speaker %q in collection %q; %s`pullquote speakers list` shows who there is", speaker, r.collection, meant)
	case len(found) > 1:
		var candidates []string
		for _, s := range found[:min(5, len(found))] {
			candidates = append(candidates, fmt.Sprintf("%s (%s)", s.ID, s.Name))
		}
		return "", fault.New(fault.Invalid, "%q stands for %d speakers; name one by id: %s", speaker, len(found), strings.Join(candidates, ", "))
	}
	return found[0].ID, nil
}

func (r *speakersRun) print(speakers []retrieval.Speaker) error {
	if r.asJSON {
		return r.printJSON(speakersOutput{speakers})
	}
	for _, s := range speakers {
		fmt.Fprintf(r.stdout, "%s  %s\n", s.ID, words.InertLine(joinedWith(s.Name, s.Affiliations)))
		fmt.Fprintf(r.stdout, "    %s in %s%s\n", counted(s.TurnCount, "turn"), counted(s.TranscriptCount, "transcript"), between(s))
		for _, alias := range s.Aliases {
			if len(s.Aliases) > 1 || alias.Name != s.Name || len(alias.OnlyIn)+len(alias.ExceptIn) > 0 {
				fmt.Fprintf(r.stdout, "    as %s\n", words.InertLine(where(alias)))
			}
		}
	}
	return nil
}

// joinedWith is a name with the affiliations in brackets.
func joinedWith(name string, affiliations []string) string {
	if len(affiliations) == 0 {
		return name
	}
	return fmt.Sprintf("%s (%s)", name, strings.Join(affiliations, "; "))
}

// between says when a speaker spoke, where that is known.
func between(s retrieval.Speaker) string {
	switch {
	case s.FirstDate == "":
		return ""
	case s.FirstDate == s.LastDate:
		return fmt.Sprintf(", %s", s.FirstDate)
	}
	return fmt.Sprintf(", %s to %s", s.FirstDate, s.LastDate)
}

// where is an alias with its number of turns, and the transcripts that it is
// limited to or not used in.
func where(a retrieval.Alias) string {
	text := fmt.Sprintf("%s: %d turns", a.Name, a.TurnCount)
	if len(a.OnlyIn) > 0 {
		text += ", only in " + strings.Join(a.OnlyIn, ", ")
	}
	if len(a.ExceptIn) > 0 {
		text += ", but not in " + strings.Join(a.ExceptIn, ", ")
	}
	return text
}
