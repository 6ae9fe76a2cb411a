package main

import (
	"context"
	"flag"
	"fmt"
	"strconv"

	"github.com/pullquote/pullquote/internal/correction"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// editFlags say what is to be mended: the transcript as a whole, or a turn.
type editFlags struct {
	facts   correction.Facts
	turn    int
	change  correction.TurnEdit
	splitAt string // a number, or words
	embargo correction.Setting
}

func (e *editFlags) declare(flags *flag.FlagSet) {
	flags.Func("title", "edit: the `title`; an empty one says that there is none", given(&e.facts.Title))
	flags.Func("date", "edit: the `date` of the event, such as 2026-01-31", given(&e.facts.Date))
	flags.Func("place", "edit: the `place` of the event", given(&e.facts.Place))
	flags.Func("media", "edit: the `link` to the recording, https://...; an empty one says that there is none", given(&e.facts.Media))
	flags.Func("embargo", "edit: show nobody the transcript, or the turn, before a `time`: 2026-01-31, 2026-01-31T18:00:00Z or for-good; an empty one lifts the embargo", given(&e.embargo))
	flags.IntVar(&e.turn, "turn", -1, "edit: mend this turn, by its `number`")
	flags.Func("speaker", "edit: who speaks in the turn, by `name`; an empty one names nobody", given(&e.change.Speaker))
	flags.StringVar((*string)(&e.change.Role), "role", "", "edit: the turn's `role`: question, answer, statement, moderator or narration")
	flags.StringVar(&e.splitAt, "split-at", "", "edit: another turn begins at this `place`: its first words, or a code point of the canonical text; --speaker and --role are then that turn's")
	flags.BoolVar(&e.change.Join, "join", false, "edit: join the turn with the next one")
}

// given sets a value that may be empty.
func given(s *correction.Setting) func(string) error {
	return func(value string) error {
		*s = correction.Set(value)
		return nil
	}
}

// check reports whether one thing is to be mended.
func (e *editFlags) check() error {
	whole := e.facts != (correction.Facts{})
	ofTurn := e.splitAt != "" || e.change != (correction.TurnEdit{})
	switch {
	case e.embargo.Given && (whole || ofTurn):
		return fault.New(fault.Invalid, "an embargo is set or lifted by itself; give --embargo, with --turn for a turn")
	case e.embargo.Given:
		return nil
	case whole && (ofTurn || e.turn >= 0):
		return fault.New(fault.Invalid, "the transcript and a turn are mended one after the other; give --title, --date, --place and --media, or --turn")
	case ofTurn && e.turn < 0:
		return fault.New(fault.Invalid, "no turn is named; give --turn with its number, which `pullquote transcripts show ID` prints")
	case !whole && !ofTurn:
		return fault.New(fault.Invalid, "nothing is to be changed; give --title, --date, --place, --media or --embargo, or --turn with --speaker, --role, --split-at or --join")
	}
	return nil
}

// mend makes the change, and prints the version that it makes.
func (r *transcriptsRun) mend(ctx context.Context, id string) error {
	stored, changed, err := r.change(ctx, id)
	if err != nil {
		return err
	}
	if err := r.embedPending(ctx, r.services.library); err != nil {
		return err
	}
	stored.Pending = 0
	if r.asJSON {
		return r.printJSON(stored)
	}
	status := "present"
	if changed {
		status = "edited"
	}
	fmt.Fprintf(r.stdout, "%-8s  %s (version %d, %d turns)\n", status, stored.ID, stored.Version, stored.TurnCount)
	return nil
}

func (r *transcriptsRun) change(ctx context.Context, id string) (retrieval.StoredTranscript, bool, error) {
	library, e := r.services.library, r.edit
	if e.embargo.Given {
		var turn *int
		if e.turn >= 0 {
			turn = &e.turn
		}
		stored, err := library.Embargo(ctx, id, turn, retrieval.Embargo(e.embargo.Value))
		return stored, err == nil, err
	}
	if e.turn < 0 {
		return library.Edit(ctx, id, e.facts)
	}
	if e.splitAt != "" {
		at, err := r.place(ctx, id)
		if err != nil {
			return retrieval.StoredTranscript{}, false, err
		}
		e.change.SplitAt = &at
	}
	return library.EditTurn(ctx, id, e.turn, e.change)
}

// place is where a turn is to be divided: words are found in it.
func (r *transcriptsRun) place(ctx context.Context, id string) (int, error) {
	if at, err := strconv.Atoi(r.edit.splitAt); err == nil {
		return at, nil
	}
	turns, err := r.services.library.Turns(ctx, id)
	if err != nil {
		return 0, err
	}
	if r.edit.turn >= len(turns) {
		return 0, nil // which turns there are is said when it is mended
	}
	return correction.PlaceOf(turns[r.edit.turn], r.edit.splitAt)
}
