package main

import (
	"flag"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/pullquote/pullquote/internal/words"
)

// usage prints the commands.
func usage(w io.Writer) {
	fmt.Fprint(w, `Pullquote answers questions about transcripts with verified quotations.

usage: pullquote COMMAND [flags] [arguments]

`)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, c := range commands() {
		fmt.Fprintf(table, "  %s %s\t%s\n", c.name, c.arguments, c.summary)
	}
	table.Flush()
	fmt.Fprint(w, "\n`pullquote COMMAND --help` lists a command's flags; they may stand anywhere on the line.\n"+
		"Exit status: 0 done; 1 the answer is no; 2 wrong usage or input; 3 a dependency failed.\n")
}

// help prints one command's flags: first its own, then the configuration.
func (c command) help(flags *flag.FlagSet, settings []setting, w io.Writer) {
	fmt.Fprintf(w, "usage: %s\n\n%s\n", words.OneLine("pullquote "+c.name+" [flags] "+c.arguments), c.summary)
	environment := map[string]string{}
	for _, s := range settings {
		environment[s.flag()] = s.env
	}
	var own, shared strings.Builder
	flags.VisitAll(func(f *flag.Flag) {
		if env := environment[f.Name]; env != "" {
			describe(&shared, f, " ["+env+"]")
		} else {
			describe(&own, f, "")
		}
	})
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	if own.Len() > 0 {
		fmt.Fprintf(table, "\nflags:\n%s", &own)
	}
	table.Flush()
	fmt.Fprintf(table, "\nconfiguration, by flag or [environment variable]; the flag wins:\n%s", &shared)
	table.Flush()
}

// describe writes the line of one flag: --name VALUE, a tab, and what it is for.
func describe(w io.Writer, f *flag.Flag, suffix string) {
	value, text := flag.UnquoteUsage(f)
	if f.DefValue != "" && f.DefValue != "0" && f.DefValue != "false" {
		text += " (default " + f.DefValue + ")"
	}
	fmt.Fprintf(w, "  --%s %s\t%s%s\n", f.Name, strings.ToUpper(value), text, suffix)
}
