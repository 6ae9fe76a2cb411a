package main

import (
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/pullquote/pullquote/internal/words"
)

// configTopic is what help has beside the commands: the configuration, which they share.
const configTopic = "config"

// help prints the commands, or the help of one of them or of the configuration.
func help(args []string, env environment) error {
	switch {
	case len(args) == 0:
		overview(env.stdout)
		return nil
	case args[0] == configTopic:
		configHelp(env.stdout)
		return nil
	case args[0] == "--man":
		return writePage(env.stdout, "man")
	}
	c, err := findCommand(args[0])
	if err == nil {
		c.help(env.stdout)
	}
	return err
}

// overview prints the commands.
func overview(w io.Writer) {
	fmt.Fprint(w, "Pullquote answers questions about transcripts with verified quotations.\n\nusage: pullquote COMMAND [flags] [arguments]\n\n")
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-14s %s\n", c.name, c.summary)
	}
	fmt.Fprint(w, "\n`pullquote COMMAND --help` tells its arguments and flags, and\n`pullquote help config` the configuration, which they all share.\n"+
		"Exit status: 0 done; 1 the answer is no; 2 wrong usage; 3 a dependency failed.\n")
}

// help prints a command's arguments and its own flags.
func (c command) help(w io.Writer) {
	label := "usage:"
	for _, usage := range c.usages() {
		fmt.Fprintf(w, "%-6s %s\n", label, usage)
		label = ""
	}
	fmt.Fprintf(w, "\n%s\n", c.summary)
	if lines := c.flagLines(); len(lines) > 0 {
		fmt.Fprintln(w, "\nflags:")
		printFlags(w, lines)
	}
	fmt.Fprint(w, "\nThe configuration, which all commands share: pullquote help config\n")
}

// usages are the lines that a command is called by.
func (c command) usages() []string {
	forms := c.forms
	if len(forms) == 0 {
		forms = []string{""}
	}
	var usages []string
	for _, form := range forms {
		usages = append(usages, words.OneLine("pullquote "+c.name+" [flags] "+form))
	}
	return usages
}

// configHelp prints every setting.
func configHelp(w io.Writer) {
	fmt.Fprint(w, "Each setting is an environment variable and a flag of every command, which wins.\n"+
		"A secret may be in a file, which the variable with "+fileSuffix+" behind its name names:\n"+
		wrapped(strings.Join(secrets, ", ")+".", 78, "")+"\n\n")
	printFlags(w, configLines())
}

// flagLine is what help says of a flag: --name VALUE, and what it is for.
type flagLine struct {
	Name        string // as it is written, with its dashes
	Value, Text string
	Variable    string // of the environment, for a setting
}

// Flag is the flag with its value, and with its variable.
func (l flagLine) Flag() string {
	flag := strings.TrimSpace(l.Name + " " + l.Value)
	if l.Variable != "" {
		flag = l.Variable + ", " + flag
	}
	return flag
}

// Bare is the name without dashes.
func (l flagLine) Bare() string { return strings.TrimLeft(l.Name, "-") }

// Short reports whether the flag is a letter.
func (l flagLine) Short() bool { return len(l.Bare()) == 1 }

// flagLines are those of a command's own flags.
func (c command) flagLines() []flagLine {
	flags, _ := c.declare(new(app))
	return linesOf(flags)
}

// configLines are those of the settings, with their environment variables.
func configLines() []flagLine {
	c := defaults()
	var lines []flagLine
	for _, s := range c.settings() {
		flags := flag.NewFlagSet("", flag.ContinueOnError)
		s.declare(flags)
		line := linesOf(flags)[0]
		line.Variable = s.env
		lines = append(lines, line)
	}
	return lines
}

func linesOf(flags *flag.FlagSet) (lines []flagLine) {
	flags.VisitAll(func(f *flag.Flag) {
		value, text := flag.UnquoteUsage(f)
		if f.DefValue != "" && f.DefValue != "0" && f.DefValue != "false" {
			text += " (default " + f.DefValue + ")"
		}
		lines = append(lines, flagLine{Name: dashes(f.Name), Value: strings.ToUpper(value), Text: text})
	})
	return lines
}

// dashes are a flag as it is written.
func dashes(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// printFlags prints lines as wide as any terminal: what a flag is for stands beside it, or
// below it where it is long.
func printFlags(w io.Writer, lines []flagLine) {
	const column = 24
	for _, l := range lines {
		head := fmt.Sprintf("  %-*s", column-2, l.Flag())
		if len(head) > column {
			head += "\n" + strings.Repeat(" ", column)
		}
		fmt.Fprintln(w, wrapped(head+" "+l.Text, defaultWidth, strings.Repeat(" ", column+1)))
	}
}
