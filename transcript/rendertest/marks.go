package rendertest

import (
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
)

// A container is the kind of file.
type container string

const (
	plain    container = "txt"
	markdown container = "md"
	page     container = "html"
)

// An adornment is what makes a label stand out.
type adornment struct {
	name        string
	in          []container
	open, close string
	html        [2]string // the same on a web page
	outside     bool      // holds the separator as well: **Jane Roe:**
	strong      bool      // tells the label from the words by itself
	counts      bool      // open has the number of the turn
}

func adornments() []adornment {
	text, marked, all := []container{plain}, []container{markdown, page}, []container{plain, markdown, page}
	return []adornment{
		{name: "bare", in: all},
		{name: "bold", in: marked, open: "**", close: "**", html: [2]string{"<b>", "</b>"}, strong: true},
		{name: "bold-all", in: marked, open: "**", close: "**", html: [2]string{"<strong>", "</strong>"}, outside: true, strong: true},
		{name: "italics", in: marked, open: "*", close: "*", html: [2]string{"<i>", "</i>"}, strong: true},
		{name: "bold-underline", in: []container{page}, html: [2]string{"<b><u>", "</u></b>"}, strong: true},
		{name: "class", in: []container{page}, html: [2]string{`<span class="speaker">`, "</span>"}},
		{name: "brackets", in: []container{plain, page}, open: "[", close: "]", html: [2]string{"[", "]"}, strong: true},
		{name: "parentheses", in: text, open: "(", close: ")", strong: true},
		{name: "angle", in: text, open: "<", close: ">", strong: true},
		{name: "arrows", in: all, open: ">> ", html: [2]string{"&gt;&gt; ", ""}, strong: true},
		{name: "bullet", in: []container{plain, markdown}, open: "- "},
		{name: "star", in: text, open: "* "},
		{name: "dot", in: []container{plain, page}, open: "• ", html: [2]string{"• ", ""}},
		{name: "circle", in: all, open: "○", html: [2]string{"○", ""}, strong: true},
		{name: "bullet-bold", in: []container{markdown}, open: "- **", close: "**", strong: true},
		{name: "numbered", in: []container{plain, page}, open: "%d. ", html: [2]string{"%d. ", ""}, counts: true},
		{name: "heading", in: []container{markdown, page}, open: "### ", html: [2]string{"<h3>", "</h3>"}, strong: true},
		{name: "at", in: []container{plain, markdown}, open: "@", strong: true},
		{name: "em-dash-before", in: []container{plain, page}, open: "— ", html: [2]string{"— ", ""}, strong: true},
	}
}

// A separator is what divides a label from the words.
type separator struct {
	name   string
	text   string
	own    bool   // the words stand below
	colon  bool   // tells the label from the words by itself
	scarce bool   // is a mark of sentences as well
	char   string // by which it collides with a key
	script need
	column int    // to which the label is filled up
	only   string // the language that it is of
}

func separators() []separator {
	return []separator{
		{name: "colon", text: ": ", colon: true},
		{name: "colon-french", text: " : ", colon: true},
		{name: "colon-glued", text: ":", colon: true},
		{name: "colon-wide", text: "：", colon: true},
		{name: "colon-blanks", text: ":   ", colon: true},
		{name: "colon-tab", text: ":\t", colon: true},
		{name: "colon-column", text: ": ", colon: true, column: 24},
		{name: "says", text: " says: ", colon: true, only: "en"},
		{name: "said", text: " said: ", colon: true, only: "en"},
		{name: "colon-line", text: ":\n", own: true, colon: true},
		{name: "semicolon", text: "; ", scarce: true, char: ";"},
		{name: "stop", text: ". ", scarce: true, char: ".", script: cased},
		{name: "stop-blanks", text: ".  ", scarce: true, char: ".", script: cased},
		{name: "stop-line", text: ".\n", own: true, char: ".", script: cased},
		{name: "stop-hyphen", text: ".- ", colon: true, char: ".-", script: cased},
		{name: "stop-dash", text: ". – ", colon: true, char: ".", script: cased},
		{name: "stop-em-dash", text: ".— ", colon: true, char: ".", script: cased},
		{name: "hyphen", text: " - ", char: "-"},
		{name: "dash", text: " – ", char: "–"},
		{name: "em-dash", text: "—", scarce: true, char: "—"},
		{name: "em-dash-blank", text: " — ", char: "—"},
		{name: "pipe", text: " | ", char: "|"},
		{name: "slash", text: " / ", char: "/"},
		{name: "arrow", text: " > ", char: ">"},
		{name: "equals", text: " = ", char: "="},
		{name: "tab", text: "\t"},
		{name: "blanks", text: "   "},
		{name: "column", text: "  ", column: 28},
		{name: "wide-blank", text: "　"},
		{name: "blank", text: " ", scarce: true},
		{name: "line", text: "\n", own: true},
	}
}

// A moment is where the time of a turn stands.
type moment struct {
	name   string
	format string // of the label, {l}, and the time, {t}; empty where there is none
	own    bool   // needs a label on a line of its own
	dressy bool   // needs a time in brackets, where the separator is a mark
}

func moments() []moment {
	return []moment{
		{name: "untimed", format: "{l}"},
		{name: "time-before", format: "{t} {l}"},
		{name: "time-before-dash", format: "{t} - {l}"},
		{name: "time-before-pipe", format: "{t} | {l}"},
		{name: "time-before-tab", format: "{t}\t{l}"},
		{name: "time-after", format: "{l} {t}", dressy: true},
		{name: "time-after-wide", format: "{l}   {t}", own: true},
		{name: "time-after-dash", format: "{l} — {t}", own: true},
		{name: "time-after-pipe", format: "{l} | {t}", own: true},
		{name: "time-after-comma", format: "{l}, {t}", own: true},
		{name: "time-above", format: "{t}\n{l}"},
		{name: "time-below", format: "{l}\n{t}", own: true},
	}
}

// A clock writes times in one way throughout a file.
type clock struct {
	format      string
	open, close string
	base        int // seconds of the day at which the event begins
}

func newClock(r *rand.Rand, dressed bool) clock {
	c := clock{format: pick(r, []string{"m:s", "m:s", "h:m:s", "mm:ss", "day", "noon", "iso", "range"}), base: 3600*(8+r.IntN(9)) + r.IntN(3600)}
	if dressed || chance(r, .5) {
		marks := pick(r, []string{"[]", "[]", "()"})
		c.open, c.close = marks[:1], marks[1:]
	}
	return c
}

// at writes the time of a turn, from second to second.
func (c clock) at(start, end int, date string) string {
	return c.open + c.bare(start, end, date) + c.close
}

func (c clock) bare(start, end int, date string) string {
	h, m, s := start/3600, start/60%60, start%60
	day := c.base + start
	switch c.format {
	case "m:s":
		return fmt.Sprintf("%d:%02d", start/60, s)
	case "mm:ss":
		return fmt.Sprintf("%02d:%02d", start/60, s)
	case "day":
		return fmt.Sprintf("%02d:%02d:%02d", day/3600, day/60%60, day%60)
	case "noon":
		half := "am"
		if day >= 12*3600 {
			half = "pm"
		}
		return fmt.Sprintf("%d:%02d %s", (day/3600+11)%12+1, day/60%60, half)
	case "iso":
		return fmt.Sprintf("%sT%02d:%02d:%02dZ", date, day/3600, day/60%60, day%60)
	case "range":
		return fmt.Sprintf("%d:%02d - %d:%02d", start/60, s, end/60, end%60)
	}
	return fmt.Sprintf("%02d:%02d:%02d", h, m, s)
}

// adorn dresses a label in a container.
func (a adornment) adorn(in container, label, separator string, turn int) string {
	open, closing := a.open, a.close
	if in == page {
		open, closing = a.html[0], a.html[1]
		label, separator = html.EscapeString(label), html.EscapeString(separator)
	}
	if a.counts {
		open = fmt.Sprintf(open, turn+1)
	}
	if mark := strings.TrimSpace(separator); a.outside && mark != "" {
		return open + label + mark + closing + strings.TrimPrefix(separator, mark)
	}
	return open + label + closing + separator
}
