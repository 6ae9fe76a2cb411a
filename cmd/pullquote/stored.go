package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/correction"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// shelf is a kind of what is stored, of which everything is listed, shown, named and deleted
// in the same way: collections, conversations and answers.
type shelf struct {
	kind  string // one of them
	id    string // what names one, in the help
	empty string // what is said where there is none
	list  func(r *storedRun, ctx context.Context) (entries any, lines []string, err error)
	show  func(r *storedRun, ctx context.Context, id string) (entry any, print func(), err error)
	// edit names one, and returns it as it is then; nil where none is named.
	edit func(r *storedRun, ctx context.Context, id, name string) (entry any, err error)
	flag string // that has the name, such as title
	hint string // what its help says
	// delete deletes one, and with it what its deletion is said to.
	delete   func(r *storedRun, ctx context.Context, id string) error
	deletion string
}

// forms are the arguments of the shelf's command.
func (k shelf) forms() []string {
	forms := []string{"list", "show " + k.id}
	if k.edit != nil {
		forms = append(forms, fmt.Sprintf("edit %s --%s %s", k.id, k.flag, "…"))
	}
	return append(forms, "delete "+k.id+"…")
}

// storedRun is one run of a command.
type storedRun struct {
	*app
	services *services
	asJSON   bool
	yes      bool
	name     correction.Setting // to be given
}

// command is the command of a shelf.
func (k shelf) command(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	r := &storedRun{app: a}
	flags.BoolVar(&r.asJSON, "json", false, "print JSON")
	flags.BoolVar(&r.yes, "yes", false, "delete: do not ask")
	if k.edit != nil {
		flags.Func(k.flag, "edit: "+k.hint, given(&r.name))
	}
	return func(ctx context.Context, args []string) (err error) {
		action, err := k.action(r, args)
		if err != nil {
			return err
		}
		if r.services, err = a.open(ctx); err != nil {
			return err
		}
		defer r.services.close()
		return action(ctx)
	}
}

// action reads what is to be done.
func (k shelf) action(r *storedRun, args []string) (func(context.Context) error, error) {
	what, ids := "", args
	if len(args) > 0 {
		what, ids = args[0], args[1:]
	}
	switch {
	case what == "list" && len(ids) == 0:
		return func(ctx context.Context) error { return k.printList(ctx, r) }, nil
	case what == "show" && len(ids) == 1:
		return func(ctx context.Context) error { return k.printOne(ctx, r, ids[0]) }, nil
	case what == "edit" && len(ids) == 1 && k.edit != nil && r.name.Given:
		return func(ctx context.Context) error { return k.editOne(ctx, r, ids[0]) }, nil
	case what == "delete" && len(ids) > 0:
		return func(ctx context.Context) error { return k.deleteAll(ctx, r, ids) }, nil
	}
	command := "`" + k.kind + "s "
	return nil, fault.New(fault.Invalid, "write %s`", command+strings.Join(k.forms(), "`, "+command))
}

func (k shelf) printList(ctx context.Context, r *storedRun) error {
	entries, lines, err := k.list(r, ctx)
	if err != nil {
		return err
	}
	if r.asJSON {
		if err := r.printJSON(map[string]any{k.kind + "s": entries}); err != nil {
			return err
		}
	} else {
		for _, line := range lines {
			fmt.Fprintln(r.stdout, line)
		}
	}
	if len(lines) == 0 {
		r.warn("%s", k.empty)
		return errNo
	}
	return nil
}

func (k shelf) printOne(ctx context.Context, r *storedRun, id string) error {
	entry, print, err := k.show(r, ctx, id)
	switch {
	case err != nil:
		return err
	case r.asJSON:
		return r.printJSON(entry)
	}
	print()
	return nil
}

func (k shelf) editOne(ctx context.Context, r *storedRun, id string) error {
	if _, _, err := k.show(r, ctx, id); err != nil {
		return err
	}
	entry, err := k.edit(r, ctx, id, string(r.name.Value))
	switch {
	case err != nil:
		return err
	case r.asJSON:
		return r.printJSON(entry)
	}
	fmt.Fprintf(r.stdout, "edited   %s\n", words.InertLine(id))
	return nil
}

// deleteAll deletes what there is by all ids, or nothing.
func (k shelf) deleteAll(ctx context.Context, r *storedRun, ids []string) error {
	for _, id := range ids {
		if _, _, err := k.show(r, ctx, id); err != nil {
			return err
		}
	}
	return r.deleteAll(ctx, fmt.Sprintf("Delete %s%s?", counted(len(ids), k.kind), k.deletion), r.yes, ids,
		func(ctx context.Context, id string) error { return k.delete(r, ctx, id) })
}

// deleteAll deletes what has been asked about, unless the user says no.
func (a *app) deleteAll(ctx context.Context, question string, yes bool, ids []string, delete func(context.Context, string) error) error {
	if !yes {
		if !isTerminal(a.stdin) || !isTerminal(a.stderr) {
			return fault.New(fault.Invalid, "a deletion cannot be taken back; repeat with --yes")
		}
		if err := a.confirm(ctx, question); err != nil {
			return err
		}
	}
	for _, id := range ids {
		if err := delete(ctx, id); err != nil {
			return err
		}
		fmt.Fprintf(a.stdout, "deleted  %s\n", words.InertLine(id))
	}
	return nil
}

// collections are the collections of the record.
func collections() shelf {
	return shelf{
		kind: "collection", id: "NAME", empty: emptyRecord,
		list: func(r *storedRun, ctx context.Context) (any, []string, error) {
			all, err := r.services.library.Collections(access.WithEmbargoed(ctx))
			lines := make([]string, len(all))
			for i, c := range all {
				lines[i] = collectionLine(c)
			}
			return append([]retrieval.Collection{}, all...), lines, err
		},
		show: func(r *storedRun, ctx context.Context, name string) (any, func(), error) {
			c, err := r.services.collection(access.WithEmbargoed(ctx), name)
			return c, func() { fmt.Fprintln(r.stdout, collectionLine(c)) }, err
		},
		delete: func(r *storedRun, ctx context.Context, name string) error {
			_, err := r.services.library.DeleteCollection(ctx, name)
			return err
		},
		edit: func(r *storedRun, ctx context.Context, name, to string) (any, error) {
			return r.services.library.RenameCollection(ctx, name, to)
		},
		flag: "name", hint: "the new `name`, wherever the collection is named",
		deletion: " with all transcripts",
	}
}

func collectionLine(c retrieval.Collection) string {
	dates := c.FirstDate
	if c.LastDate != c.FirstDate {
		dates += " to " + c.LastDate
	}
	return joined(transcript.Optional(words.InertLine(c.Name)), transcript.Optional(counted(c.TranscriptCount, "transcript")), transcript.Optional(counted(c.TurnCount, "turn")), dates)
}

const emptyRecord = "the record has no transcripts yet; `pullquote ingest` brings some"

// collection finds a collection by its name, or says which is near. Only who uses the
// command line is told: others may have no permission to know which collections there are.
func (s *services) collection(ctx context.Context, name string) (retrieval.Collection, error) {
	all, err := s.library.Collections(ctx)
	if err != nil {
		return retrieval.Collection{}, err
	}
	var names []string
	for _, c := range all {
		if c.Name == name {
			return c, nil
		}
		names = append(names, c.Name)
	}
	if len(all) == 0 {
		return retrieval.Collection{}, fault.New(fault.NotFound, emptyRecord)
	}
	return retrieval.Collection{}, fault.New(fault.NotFound, "there is no collection %q; %s`pullquote collections list` shows which there are", name, didYouMean("", name, names))
}

// collectionMeant asks, behind a sentence that says that nothing was found, whether another
// collection was meant than one that is not there.
func (s *services) collectionMeant(ctx context.Context, name string) string {
	all, err := s.library.Collections(ctx)
	var names []string
	for _, c := range all {
		names = append(names, c.Name)
	}
	nearest := words.Nearest(name, names)
	if err != nil || nearest == "" || nearest == name {
		return ""
	}
	return " Did you mean --collection " + nearest + "?"
}

// warnOfNowhere tells that a collection which was looked in is not there.
func (a *app) warnOfNowhere(ctx context.Context, s *services, collection string) {
	if _, err := s.collection(ctx, collection); fault.CodeOf(err) == fault.NotFound {
		a.warn("%s", fault.Line(err))
	}
}

// warnOfUnknown tells which collections are not there of those that something is set for. Each
// may be misspelt; or it is still to come, which is why nothing is refused: a collection begins
// with its first transcript, and who may put that there has to have a key before.
func (a *app) warnOfUnknown(ctx context.Context, s *services, collections []string) error {
	all, err := s.library.Collections(access.WithEmbargoed(ctx))
	if err != nil {
		return err
	}
	var names []string
	for _, c := range all {
		names = append(names, c.Name)
	}
	for _, name := range collections {
		if !slices.Contains(names, name) && name != access.AllCollections {
			a.warn("there is no collection %q yet; %sthis holds for it as soon as it has a transcript", name, didYouMean("", name, names))
		}
	}
	return nil
}

// conversations are the conversations, the newest first.
func conversations() shelf {
	return shelf{
		kind: "conversation", id: "ID", empty: "there is no conversation yet; `pullquote ask` or `pullquote chat` begins one",
		list: func(r *storedRun, ctx context.Context) (any, []string, error) {
			all, err := pages(func(cursor string) ([]answer.ConversationSummary, string, error) {
				page, err := r.services.answers.Conversations(ctx, answer.ConversationsQuery{Cursor: cursor, Limit: retrieval.MaxPage})
				return page.Conversations, page.NextCursor, err
			})
			var lines []string
			for _, c := range all {
				lines = append(lines, storedLine(c.ID, c.CreatedAt, string(cmp.Or(c.Title, c.Question)), counted(c.AnswerCount, "answer")))
			}
			return all, lines, err
		},
		show: func(r *storedRun, ctx context.Context, id string) (any, func(), error) {
			c, err := r.services.answers.Conversation(ctx, id)
			return c, func() {
				for i := range c.Answers {
					r.printStored(&c.Answers[i])
				}
			}, err
		},
		delete: func(r *storedRun, ctx context.Context, id string) error {
			return r.services.answers.DeleteConversation(ctx, id)
		},
		edit: func(r *storedRun, ctx context.Context, id, title string) (any, error) {
			return r.services.answers.NameConversation(ctx, id, title)
		},
		flag: "title", hint: "what lists call it, a `title`; an empty one has them show its first question again",
		deletion: " with all answers",
	}
}

// answers are the answers of all conversations, the newest first.
func answers() shelf {
	return shelf{
		kind: "answer", id: "ID", empty: "there is no answer yet; `pullquote ask` makes one",
		list: func(r *storedRun, ctx context.Context) (any, []string, error) {
			all, err := pages(func(cursor string) ([]answer.AnswerSummary, string, error) {
				page, err := r.services.answers.Answers(ctx, answer.ConversationsQuery{Cursor: cursor, Limit: retrieval.MaxPage})
				return page.Answers, page.NextCursor, err
			})
			var lines []string
			for _, a := range all {
				declined := ""
				if !a.Answerable {
					declined = "declined"
				}
				lines = append(lines, storedLine(a.ID, a.CreatedAt, a.Question, declined))
			}
			return all, lines, err
		},
		show: func(r *storedRun, ctx context.Context, id string) (any, func(), error) {
			found, err := r.services.answers.Get(ctx, id)
			return found, func() { r.printStored(found) }, err
		},
		delete: func(r *storedRun, ctx context.Context, id string) error {
			return r.services.answers.DeleteAnswer(ctx, id)
		},
	}
}

// printStored prints an answer under its question.
func (r *storedRun) printStored(a *answer.Answer) {
	fmt.Fprintf(r.stdout, "> %s\n\n", words.InertLine(a.Question))
	r.printText(a)
	r.printSources(a)
	fmt.Fprintln(r.stdout)
}

// storedLine is what a list shows of what was asked.
func storedLine(id string, at time.Time, question, more string) string {
	if question == "" {
		question = "(nothing asked)"
	}
	return id + "  " + joined(transcript.Optional(at.Local().Format("2006-01-02 15:04")), transcript.Optional(excerpt(question, 100)), transcript.Optional(more))
}

// pages are the entries of all pages of a list.
func pages[T any](page func(cursor string) (entries []T, next string, err error)) ([]T, error) {
	all := []T{}
	for cursor := ""; ; {
		entries, next, err := page(cursor)
		if err != nil {
			return nil, err
		}
		if all = append(all, entries...); next == "" {
			return all, nil
		}
		cursor = next
	}
}
