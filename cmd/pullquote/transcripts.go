package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// transcriptsOutput is what `transcripts list --json` prints.
type transcriptsOutput struct {
	Transcripts []retrieval.StoredTranscript `json:"transcripts"`
}

// shownTranscript is what `transcripts show --json` prints: the record, and the words in
// Pullquote's own format.
type shownTranscript struct {
	retrieval.StoredTranscript
	Text  string            `json:"text"`
	Turns []transcript.Turn `json:"turns"`
}

// transcriptsRun is one run of the command.
type transcriptsRun struct {
	*app
	services   *services
	collection string
	asJSON     bool
	yes        bool
	original   bool
	edit       editFlags
}

func transcriptsCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	run := &transcriptsRun{app: a}
	flags.StringVar(&run.collection, "collection", retrieval.DefaultCollection, "list: the transcripts of this collection, by `name`")
	flags.BoolVar(&run.asJSON, "json", false, "print JSON")
	flags.BoolVar(&run.yes, "yes", false, "delete: do not ask")
	flags.BoolVar(&run.original, "original", false, "show: print the file as it came, byte for byte")
	run.edit.declare(flags)
	return func(ctx context.Context, args []string) error {
		action, err := run.action(args)
		if err != nil {
			return err
		}
		if run.services, err = a.open(ctx); err != nil {
			return err
		}
		defer run.services.close()
		return action(access.WithEmbargoed(ctx)) // the operator manages what is embargoed, too
	}
}

// action reads what is to be done.
func (r *transcriptsRun) action(args []string) (func(context.Context) error, error) {
	what, ids := "", args
	if len(args) > 0 {
		what, ids = args[0], args[1:]
	}
	switch {
	case what == "list" && len(ids) == 0:
		return r.list, nil
	case what == "show" && len(ids) == 1:
		return func(ctx context.Context) error { return r.show(ctx, ids[0]) }, nil
	case what == "edit" && len(ids) == 1:
		if err := r.edit.check(); err != nil {
			return nil, err
		}
		return func(ctx context.Context) error { return r.mend(ctx, ids[0]) }, nil
	case what == "delete" && len(ids) > 0:
		return func(ctx context.Context) error { return r.delete(ctx, ids) }, nil
	}
	return nil, fault.New(fault.Invalid, "write `transcripts list`, `transcripts show ID`, `transcripts edit ID` with --title, --date, --place, --media or --embargo, "+
		"or with --turn and --speaker, --role, --split-at, --join or --embargo, or `transcripts delete ID…`")
}

// list prints the transcripts of the collection page by page.
func (r *transcriptsRun) list(ctx context.Context) error {
	all := []retrieval.StoredTranscript{}
	q := retrieval.ListQuery{Collection: r.collection, Limit: retrieval.MaxPage}
	for {
		page, err := r.services.library.List(ctx, q)
		if err != nil {
			return err
		}
		for _, stored := range page.Transcripts {
			if !r.asJSON {
				r.printRecord(stored)
			}
		}
		all = append(all, page.Transcripts...)
		if q.Cursor = page.NextCursor; q.Cursor == "" {
			break
		}
	}
	if r.asJSON {
		if err := r.printJSON(transcriptsOutput{all}); err != nil {
			return err
		}
	}
	if len(all) == 0 {
		r.warnOfNowhere(ctx, r.services, r.collection)
		return errNo
	}
	return nil
}

// printRecord prints a transcript's line in a list.
func (r *transcriptsRun) printRecord(stored retrieval.StoredTranscript) {
	about := joined(cmp.Or(stored.Called(), "(no title)"), stored.Date, stored.Place)
	fmt.Fprintf(r.stdout, "%s  %s (%s%s)\n", stored.ID, words.InertLine(about), counted(stored.TurnCount, "turn"), embargoNote(stored))
}

// embargoNote says what of a transcript is under embargo.
func embargoNote(stored retrieval.StoredTranscript) (note string) {
	if stored.Embargo != "" {
		note = ", embargo " + string(stored.Embargo)
	}
	if n := len(stored.EmbargoedTurns); n > 0 {
		note += fmt.Sprintf(", %d under embargo", n)
	}
	return note
}

// show prints a transcript with the numbers of its turns, or its file.
func (r *transcriptsRun) show(ctx context.Context, id string) error {
	if r.original {
		original, err := r.services.library.Original(ctx, id)
		switch {
		case err != nil:
			return err
		case isTerminal(r.stdout) && !isText(original.Data):
			return fault.New(fault.Invalid, "the file is no text that a terminal could show; write it to another: pullquote transcripts show --original %s > FILE", id)
		}
		r.stdout.Write(original.Data)
		return nil
	}
	stored, t, err := r.services.library.Transcript(ctx, id)
	if err != nil {
		return err
	}
	if r.asJSON {
		return r.printJSON(shownTranscript{stored, t.Text, t.Turns})
	}
	r.printRecord(stored)
	fmt.Fprintf(r.stdout, "version %d, format %s%s\n", stored.Version, stored.Format, words.InertLine(mendedBy(len(stored.Corrections))))
	for _, turn := range t.Turns {
		fmt.Fprintf(r.stdout, "\n%4d  %-9s  %s\n", turn.Index, turn.Role, words.InertLine(speaking(turn)))
		if i := slices.IndexFunc(stored.EmbargoedTurns, func(e retrieval.EmbargoedTurn) bool { return e.Turn == turn.Index }); i >= 0 {
			fmt.Fprintf(r.stdout, "      embargo: %s\n", stored.EmbargoedTurns[i].Embargo)
		}
		if turn.Doubt != "" {
			fmt.Fprintf(r.stdout, "      uncertain: %s\n", words.InertLine(string(turn.Doubt)))
		}
		for line := range strings.Lines(turn.Text) {
			if line = words.InertLine(line); line != "" {
				fmt.Fprintln(r.stdout, r.wrap("      "+line, "      "))
			}
		}
	}
	r.warnOf(id, stored.Warnings)
	if stored.CurrentID != stored.ID {
		r.warn("the transcript has been replaced by %s; show that for the newest version", stored.CurrentID)
	}
	return nil
}

// speaking is who speaks in a turn or, where nobody is named, the label that is printed.
func speaking(turn transcript.Turn) string {
	switch {
	case turn.Speaker == "" && turn.Label != "":
		return fmt.Sprintf("(not named; printed %s)", turn.Label)
	case turn.Speaker == "":
		return "(not named)"
	case turn.Affiliation != "":
		return fmt.Sprintf("%s (%s)", turn.Speaker, turn.Affiliation)
	}
	return string(turn.Speaker)
}

func mendedBy(corrections int) string {
	switch corrections {
	case 0:
		return ""
	case 1:
		return ", with 1 correction by hand"
	}
	return fmt.Sprintf(", with %d corrections by hand", corrections)
}

// delete deletes transcripts with all their versions.
func (r *transcriptsRun) delete(ctx context.Context, ids []string) error {
	for _, id := range ids { // before the first is deleted
		if _, err := r.services.library.Get(ctx, id); err != nil {
			return err
		}
	}
	return r.deleteAll(ctx, fmt.Sprintf("Delete %s with all versions, and out of answers?", counted(len(ids), "transcript")), r.yes, ids, r.services.library.Delete)
}
