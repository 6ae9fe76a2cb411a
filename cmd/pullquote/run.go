package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"syscall"

	"github.com/pullquote/pullquote/internal/fault"
)

// environment is what the program has of the outside; tests bring their own.
type environment struct {
	getenv         func(string) string
	stdin          io.Reader
	stdout, stderr io.Writer
	interrupts     *interrupts // nil: there will be none
}

// command is one subcommand. setup declares its flags and returns what runs it.
type command struct {
	name, arguments, summary string
	setup                    func(*flag.FlagSet, *app) func(ctx context.Context, args []string) error
}

// commands lists every command, in the order of the help.
func commands() []command {
	return []command{
		{"serve", "", "everything over HTTP: API, web page, MCP", serveCommand},
		{"parse", "FILE…", "parse files to turns; needs no database", parseCommand},
		{"ingest", "PATH…", "add files, folders or - (standard input) to the record", ingestCommand},
		{"transcripts", "ACTION…", "what is stored: list, show, edit (title, date, place, turns) or delete transcripts", transcriptsCommand},
		{"reparse", "[ID…]", "read stored transcripts again by today's parser, as new versions where it reads them otherwise", reparseCommand},
		{"reindex", "", "embed the record by the configured model, while the old vectors serve", reindexCommand},
		{"search", "QUERY", "find the turns that matter to a query", searchCommand},
		{"ask", "QUESTION", "answer a question with verified quotations", askCommand},
		{"chat", "", "ask and answer in a conversation", chatCommand},
		{"verify", "FILE…", "check every quotation of drafts (text, Markdown, HTML, PDF, Word, OpenDocument), or of - (standard input), against the record", verifyCommand},
		{"speakers", "ACTION…", "the people behind the names of a collection: list, merge, split or rename them", speakersCommand},
		{"mcp", "", "serve assistants that speak the Model Context Protocol, on standard input and output", mcpCommand},
		{"slack", "ACTION…", "the app in Slack: its manifest, and the settings of channels and users", slackCommand},
		{"eval", "GOLD", "measure retrieval, citations and abstention on a question set: JSONL, or a question on each line", evalCommand},
		{"model", "ACTION…", "encoders that run in the program: install, list, verify or remove their files", modelCommand},
		{"embed", "[FILE…]", "print a vector for each line of files, or of - (standard input)", embedCommand},
		{"export", "ID…", "write answers, or whole conversations, as a document", exportCommand},
		{"bench", "", "measure storing and searching against the bare database, on a made-up record", benchCommand},
		{"migrate", "", "bring the database to the newest schema", migrateCommand},
		{"doctor", "", "say what is configured, reachable and missing, and how to mend it", doctorCommand},
	}
}

// errNo says that the answer is no: exit code 1, and nothing to complain about.
var errNo = errors.New("no")

// run runs one command line and returns the exit code.
func run(ctx context.Context, args []string, env environment) int {
	results := &results{Writer: env.stdout}
	env.stdout = results
	env.interrupts = cmp.Or(env.interrupts, new(interrupts))
	err := dispatch(ctx, args, env)
	if err == nil || errors.Is(err, errNo) {
		err = cmp.Or(results.unwritten(), err)
	}
	switch {
	case err == nil:
		return fault.ExitDone
	case errors.Is(err, errNo):
		return fault.ExitNo
	case errors.Is(err, context.Canceled):
		err = fault.Wrap(err, fault.Unavailable, "interrupted")
	}
	fmt.Fprintf(env.stderr, "pullquote: %s\n", fault.Line(err))
	return fault.CodeOf(err).Exit()
}

func dispatch(ctx context.Context, args []string, env environment) error {
	if len(args) == 0 {
		return fault.New(fault.Invalid, "no command is given; `pullquote help` lists them")
	}
	name, rest := args[0], args[1:]
	switch name {
	case "help", "-h", "-help", "--help":
		if len(rest) == 0 {
			usage(env.stdout)
			return nil
		}
		name, rest = rest[0], []string{"--help"}
	case "version", "-version", "--version":
		fmt.Fprintln(env.stdout, "pullquote", version)
		return nil
	}
	commands := commands()
	i := slices.IndexFunc(commands, func(c command) bool { return c.name == name })
	if i < 0 {
		return fault.New(fault.Invalid, "there is no command %q; `pullquote help` lists them", name)
	}
	return commands[i].run(ctx, rest, env)
}

func (c command) run(ctx context.Context, args []string, env environment) error {
	a := &app{environment: env, config: defaults()}
	flags := flag.NewFlagSet(c.name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	execute := c.setup(flags, a)
	a.config.declare(flags)
	rest, err := parseFlags(flags, args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		c.help(flags, a.config.settings(), env.stdout)
		return nil
	case err != nil:
		return fault.New(fault.Invalid, "%s; `pullquote %s --help` lists the flags", err, c.name)
	}
	if err := a.configure(flags); err != nil {
		return err
	}
	err = execute(ctx, rest)
	if err != nil && !errors.Is(err, errNo) {
		a.log.Debug("the command failed", fault.Attr(err))
	}
	return err
}

// parseFlags parses flags wherever they stand among the arguments; after "--"
// everything is an argument.
func parseFlags(flags *flag.FlagSet, args []string) (rest []string, err error) {
	var literal []string
	if i := slices.Index(args, "--"); i >= 0 {
		args, literal = args[:i], args[i+1:]
	}
	for len(args) > 0 {
		if err := flags.Parse(args); err != nil {
			return nil, err
		}
		if args = flags.Args(); len(args) > 0 {
			rest, args = append(rest, args[0]), args[1:]
		}
	}
	return append(rest, literal...), nil
}

// results is standard output. It keeps the first error of writing, so that
// whoever prints need not look.
type results struct {
	io.Writer
	err error
}

func (r *results) Write(p []byte) (n int, err error) {
	if r.err == nil {
		_, r.err = r.Writer.Write(p)
	}
	return len(p), nil
}

// unwritten is the error of results that could not be written. A pipe whose reader has
// ended, such as head, is none: it had seen enough.
func (r *results) unwritten() error {
	if r.err == nil || errors.Is(r.err, syscall.EPIPE) {
		return nil
	}
	return fault.Wrap(r.err, fault.Unavailable, "the result could not be written (%s); make room, or write it elsewhere", cause(r.err))
}

// logger writes JSON lines to standard error.
func logger(w io.Writer, level string) (*slog.Logger, error) {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		return nil, fault.New(fault.Invalid, "LOG_LEVEL %q is unknown; use debug, info, warn or error", level)
	}
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: l})), nil
}
