package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
)

// environment is what the program has of the outside; tests bring their own.
type environment struct {
	getenv         func(string) string
	stdin          io.Reader
	stdout, stderr io.Writer
}

// command is one subcommand. setup declares its flags and returns what runs it.
type command struct {
	name, arguments, summary string
	setup                    func(*flag.FlagSet, *app) func(ctx context.Context, args []string) error
}

var commands = []command{
	{"serve", "", "everything over HTTP: API and web page", serveCommand},
	{"parse", "FILE…", "parse files to turns; needs no database", parseCommand},
	{"ingest", "PATH…", "add files, folders or - (standard input) to the record", ingestCommand},
	{"search", "QUERY", "find the turns that matter to a query", searchCommand},
	{"ask", "QUESTION", "answer a question with verified quotations", askCommand},
	{"migrate", "", "bring the database to the newest schema", migrateCommand},
	{"doctor", "", "say what is configured, reachable and missing, and how to mend it", doctorCommand},
}

// errNo says that the answer is no: exit code 1, and nothing to complain about.
var errNo = errors.New("no")

// run runs one command line and returns the exit code.
func run(ctx context.Context, args []string, env environment) int {
	err := dispatch(ctx, args, env)
	switch {
	case err == nil:
		return fault.ExitDone
	case errors.Is(err, errNo):
		return fault.ExitNo
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(env.stderr, "pullquote: interrupted")
		return fault.ExitDependency
	}
	message := fault.MessageOf(err)
	if fault.CodeOf(err) == fault.Internal {
		message = err.Error() // there is no log to look it up in
	}
	fmt.Fprintf(env.stderr, "pullquote: %s\n", strings.ReplaceAll(message, "\n", " "))
	return fault.CodeOf(err).Exit()
}

func dispatch(ctx context.Context, args []string, env environment) error {
	if len(args) == 0 || slices.Contains([]string{"help", "-h", "-help", "--help"}, args[0]) {
		usage(env.stdout)
		return nil
	}
	i := slices.IndexFunc(commands, func(c command) bool { return c.name == args[0] })
	if i < 0 {
		return fault.New(fault.Invalid, "there is no command %q; `pullquote help` lists them", args[0])
	}
	return commands[i].run(ctx, args[1:], env)
}

func (c command) run(ctx context.Context, args []string, env environment) error {
	a := &app{environment: env}
	flags := flag.NewFlagSet(c.name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	execute := c.setup(flags, a)
	a.config.declare(flags)
	rest, err := parseFlags(flags, args)
	if errors.Is(err, flag.ErrHelp) {
		c.help(flags, env.stdout)
		return nil
	}
	if err != nil {
		return fault.New(fault.Invalid, "%s; `pullquote %s --help` lists the flags", err, c.name)
	}
	if err := a.configure(); err != nil {
		return err
	}
	return execute(ctx, rest)
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

func usage(w io.Writer) {
	fmt.Fprint(w, "Pullquote answers questions about transcripts with verified quotations.\n\nusage: pullquote COMMAND [flags] [arguments]\n\n")
	for _, c := range commands {
		fmt.Fprintf(w, "  %-26s %s\n", strings.TrimSpace(c.name+" "+c.arguments), c.summary)
	}
	fmt.Fprint(w, "\n`pullquote COMMAND --help` lists a command's flags; flags may stand anywhere.\nExit status: 0 done; 1 the answer is no; 2 wrong usage or input; 3 a dependency failed.\n")
}

func (c command) help(flags *flag.FlagSet, w io.Writer) {
	fmt.Fprintf(w, "usage: pullquote %s [flags]\n\n%s\n\n", strings.TrimSpace(c.name+" "+c.arguments), c.summary)
	flags.SetOutput(w)
	flags.PrintDefaults()
}

// logger writes JSON lines to standard error.
func logger(w io.Writer, level string) (*slog.Logger, error) {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		return nil, fault.New(fault.Invalid, "LOG_LEVEL %q is unknown; use debug, info, warn or error", level)
	}
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: l})), nil
}
