package main

import (
	"context"
	"flag"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
)

// command is one subcommand. Its help, its completion and its page of the manual are made
// of this table and of the flags that it declares.
type command struct {
	name    string
	forms   []string // of its arguments, each with the action that it begins with, if there are actions
	summary string
	setup   func(*flag.FlagSet, *app) func(ctx context.Context, args []string) error
}

// commands lists every command, in the order of the help.
func commands() []command {
	return []command{
		{"ingest", []string{"PATH…"}, "add files, folders or - (standard input) to the record", ingestCommand},
		{"ask", []string{"QUESTION"}, "answer a question with verified quotations", askCommand},
		{"chat", nil, "ask and answer in a conversation", chatCommand},
		{"search", []string{"QUERY"}, "find the turns that matter to a query", searchCommand},
		{"verify", []string{"FILE…"}, "check every quotation of drafts, or of -, against the record", verifyCommand},
		{"export", []string{"ID…"}, "write answers, or whole conversations, as a document", exportCommand},
		{"serve", nil, "everything over HTTP: API, web page, chat UIs, Slack, MCP", serveCommand},
		{"work", nil, "the background jobs of a server, alone", workCommand},
		{"transcripts", []string{"list", "show ID", "edit ID", "delete ID…"}, "what is stored, and mending it", transcriptsCommand},
		{"collections", collections().forms(), "which transcripts are searched together", collections().command},
		{"conversations", conversations().forms(), "what was asked, and answered", conversations().command},
		{"answers", answers().forms(), "every answer that was given, the newest first", answers().command},
		{"speakers", []string{"list [NAME]", "merge SPEAKER OTHER…", "split SPEAKER", "rename SPEAKER NAME"}, "the people behind the names of a collection", speakersCommand},
		{"parse", []string{"FILE…"}, "parse files to turns; needs no database", parseCommand},
		{"reparse", []string{"[ID…]"}, "read stored transcripts again, by today's parser", reparseCommand},
		{"reindex", nil, "embed the record by the configured model", reindexCommand},
		{"model", []string{"install [NAME]", "list", "verify [NAME…]", "remove NAME…"}, "encoders that run in the program", modelCommand},
		{"embed", []string{"[FILE…]"}, "print a vector for each line of files, or of - (standard input)", embedCommand},
		{"eval", []string{"GOLD", "fit GOLD…", "own"}, "measure how well it finds and answers, on a question set", evalCommand},
		{"bench", []string{"", "predict PASSAGES REPORT…"}, "measure storing and searching against the bare database", benchCommand},
		{"mcp", nil, "an MCP server on standard input and output, for assistants", mcpCommand},
		{"keys", keysForms(), "API keys: who may do what, and where; what was done", keysCommand},
		{"slack", slackForms(), "the app in Slack: its manifest and settings", slackCommand},
		{"backup", []string{"FILE"}, "write all of the record into one file, while it is used", backupCommand},
		{"restore", []string{"FILE"}, "put a backup in the place of the record, all or nothing", restoreCommand},
		{"completion", shells(), "completion of commands and flags, for a shell", completionCommand},
		{"migrate", nil, "bring the database to the newest schema", migrateCommand},
		{"shard", nil, "print, or run, what distributes the record on Citus", shardCommand},
		{"doctor", nil, "say what is configured, reachable and missing", doctorCommand},
	}
}

func findCommand(name string) (command, error) {
	commands := commands()
	if i := slices.IndexFunc(commands, func(c command) bool { return c.name == name }); i >= 0 {
		return commands[i], nil
	}
	return command{}, fault.New(fault.Invalid, "there is no command %q; %s`pullquote help` lists them", name, didYouMean("", name, names(commands)))
}

func names(commands []command) (names []string) {
	for _, c := range commands {
		names = append(names, c.name)
	}
	return names
}

// didYouMean asks whether one of some names was meant; it is empty where none is near.
func didYouMean(prefix, word string, names []string) string {
	if nearest := words.Nearest(word, names); nearest != "" {
		return "did you mean " + prefix + nearest + "? "
	}
	return ""
}

// actions are those that a command's first argument names; only, if it must name one.
func (c command) actions() (actions []string, only bool) {
	only = len(c.forms) > 0
	for _, form := range c.forms {
		first, _, _ := strings.Cut(form, " ")
		switch letter, _ := utf8.DecodeRuneInString(first); {
		case !unicode.IsLower(letter): // a form without an action, or without arguments at all
			only = false
		case !slices.Contains(actions, first):
			actions = append(actions, first)
		}
	}
	return actions, only
}

// checkAction tells an action that is none. Which arguments an action takes the command
// itself says.
func (c command) checkAction(args []string) error {
	actions, only := c.actions()
	if len(args) == 0 || !only || slices.Contains(actions, args[0]) {
		return nil
	}
	return fault.New(fault.Invalid, "there is no action %q of %s; %sits actions are %s", args[0], c.name, didYouMean("", args[0], actions), strings.Join(actions, ", "))
}

// declare declares a command's own flags.
func (c command) declare(a *app) (*flag.FlagSet, func(context.Context, []string) error) {
	flags := flag.NewFlagSet(c.name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	return flags, c.setup(flags, a)
}

// wrongFlag says what is wrong with a flag.
func (c command) wrongFlag(flags *flag.FlagSet, err error) error {
	name, unknown := strings.CutPrefix(err.Error(), "flag provided but not defined: -")
	if !unknown {
		return fault.New(fault.Invalid, "%s; `pullquote %s --help` lists the flags", err, c.name)
	}
	name = strings.TrimLeft(name, "-")
	var names []string
	flags.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
	return fault.New(fault.Invalid, "there is no flag --%s; %s`pullquote %s --help` lists the flags", name, didYouMean("--", name, names), c.name)
}
