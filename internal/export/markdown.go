package export

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// writeMarkdown writes CommonMark with footnotes, as Pandoc, GitHub and most
// editors read them.
func writeMarkdown(w io.Writer, d *Document) error {
	b := bufio.NewWriter(w)
	for i, s := range d.sections() {
		if i > 0 {
			b.WriteString("\n---\n\n")
		}
		fmt.Fprintf(b, "# %s\n\n*%s*\n", escapeMarkdown(s.Question), escapeMarkdown(s.About))
		if s.Notice != "" {
			fmt.Fprintf(b, "\n*%s*\n", escapeMarkdown(s.Notice))
		}
		for _, p := range s.Paragraphs {
			b.WriteString("\n")
			for _, part := range p {
				b.WriteString(markdownSegment(part))
			}
			b.WriteString("\n")
		}
		if len(s.Notes) > 0 {
			b.WriteString("\n")
		}
		for _, n := range s.Notes {
			recording := ""
			if n.Heard != "" {
				recording = fmt.Sprintf("%s: <%s>. ", n.Heard, n.MediaURL)
			}
			fmt.Fprintf(b, "[^%d]: %s %s %s %s<%s>\n", n.Number, markdownSpans(n.Source), escapeMarkdown(n.Context), escapeMarkdown(n.Locator), recording, n.URL)
		}
	}
	return b.Flush()
}

func markdownSegment(s segment) string {
	if s.Note == 0 {
		return escapeMarkdown(s.Text)
	}
	return fmt.Sprintf("“%s”[^%d]", escapeMarkdown(s.Text), s.Note)
}

func markdownSpans(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		text := escapeMarkdown(oneLineKeepingEnds(s.Text))
		if s.Italic {
			text = "*" + text + "*"
		}
		b.WriteString(text)
	}
	return b.String()
}

// oneLineKeepingEnds folds line ends but keeps a blank at either end.
func oneLineKeepingEnds(s string) string {
	return strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(s)
}

// markdownActive are the characters that can begin markup anywhere in a line.
const markdownActive = "\\`*_{}[]<>#|~&!$^@"

// escapeMarkdown makes text inert: nothing of it can become markup, a link or a
// mention.
func escapeMarkdown(s string) string {
	var b strings.Builder
	lineStart := true
	for i, r := range s {
		switch {
		case strings.ContainsRune(markdownActive, r),
			lineStart && strings.ContainsRune("+-=:", r),
			(r == '.' || r == ')') && endsNumber(s[:i]),
			strings.HasPrefix(s[i:], "://"), r == '.' && endsWWW(s[:i]): // a bare address becomes a link
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		lineStart = r == '\n' || lineStart && r == ' '
	}
	return b.String()
}

// endsNumber reports whether a line is nothing but a number so far, which would
// begin a list.
func endsNumber(s string) bool {
	s = strings.TrimLeft(s[strings.LastIndexByte(s, '\n')+1:], " ")
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func endsWWW(s string) bool {
	return len(s) >= 3 && strings.EqualFold(s[len(s)-3:], "www")
}

// unescapeMarkdown takes escapes back.
func unescapeMarkdown(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && isPunctuation(s[i+1]) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// isPunctuation reports whether a byte is ASCII punctuation, which a backslash
// can escape.
func isPunctuation(c byte) bool {
	return strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", c) >= 0
}
