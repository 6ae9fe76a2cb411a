package slackbot

import (
	"encoding/json"
	"strings"

	"github.com/pullquote/pullquote/internal/words"
)

// reading is what can be read of a message in Slack, and what cannot: quotations that
// were not read must not pass for none.
type reading struct {
	paragraphs []string // plain text; the lines of a quotation begin with "> "
	files      []File
	unread     []string // parts that were not read, each in a few words
}

// text is the words of the message.
func (r *reading) text() string { return strings.Join(r.paragraphs, "\n\n") }

// part is a part of a message as Slack writes it in JSON: the message itself, an
// attachment, a block, an element, a text object or the cell of a table. Each kind
// has some of these fields. They are read here and not by the library, which leaves
// out where a forwarded message keeps its blocks.
type part struct {
	Type     string   `json:"type"`
	Text     wording  `json:"text"`
	Blocks   []part   `json:"blocks"`
	Elements []part   `json:"elements"`
	Fields   []part   `json:"fields"`
	Rows     [][]part `json:"rows"`
	Caption  string   `json:"caption"`

	Fallback string `json:"fallback"` // of a date and of an attachment
	URL      string `json:"url"`

	Attachments []part `json:"attachments"`
	Files       []File `json:"files"`
	Pretext     string `json:"pretext"`
	Title       any    `json:"title"`
	Value       any    `json:"value"` // of an attachment's field, and of a number in a table
	ImageURL    string `json:"image_url"`
	Forwarded   []struct {
		Message part `json:"message"`
	} `json:"message_blocks"`
}

// wording is a text: as Slack escapes it, or, in an object, as its type says.
type wording struct {
	Text  string
	plain bool // not escaped, and without markup
}

// UnmarshalJSON reads a string or a text object.
func (w *wording) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &w.Text)
	}
	var object struct{ Type, Text string }
	err := json.Unmarshal(data, &object)
	w.Text, w.plain = object.Text, object.Type == "plain_text"
	return err
}

func (w wording) read() string {
	if w.plain {
		return w.Text
	}
	return unmarked(w.Text)
}

// unmarked is a text with Slack's markup as it is read. What is set as code is read as
// well: it may be a draft.
func unmarked(text string) string {
	return strings.ReplaceAll(plainText(text), "`", "")
}

// readMessage reads a message as its readers see it: its blocks, its text where it has
// none, its attachments and what was forwarded with it.
func readMessage(message json.RawMessage) (reading, error) {
	var m part
	if err := json.Unmarshal(message, &m); err != nil {
		return reading{}, err
	}
	var r reading
	r.message(m)
	return r, nil
}

func (r *reading) message(m part) {
	var shown reading
	shown.blocks(m.Blocks)
	shown.orElse(m.Text.read())
	r.append(shown)
	for _, a := range m.Attachments {
		r.attachment(a)
	}
	r.files = append(r.files, m.Files...)
}

// orElse reads the text that stands for blocks where they are not shown, if they have no
// words or are not read in full.
func (r *reading) orElse(text string) {
	if len(r.paragraphs) == 0 || len(r.unread) > 0 {
		r.add(text)
	}
}

func (r *reading) append(other reading) {
	r.paragraphs = append(r.paragraphs, other.paragraphs...)
	r.unread = append(r.unread, other.unread...)
	r.files = append(r.files, other.files...)
}

// attachment reads an attachment. A message that was forwarded keeps its blocks there,
// and the same words in its text and its fallback.
func (r *reading) attachment(a part) {
	var all, shown reading
	title, _ := a.Title.(string)
	all.add(unmarked(a.Pretext))
	all.add(unmarked(title))
	for _, f := range a.Forwarded {
		shown.message(f.Message)
	}
	shown.blocks(a.Blocks)
	shown.orElse(a.Text.read())
	all.append(shown)
	for _, f := range a.Fields {
		name, _ := f.Title.(string)
		value, _ := f.Value.(string)
		all.add(unmarked(name))
		all.add(unmarked(value))
	}
	if a.ImageURL != "" {
		all.unread = append(all.unread, "an image")
	}
	all.files = append(all.files, a.Files...)
	if len(all.paragraphs) == 0 {
		all.add(unmarked(a.Fallback))
	}
	r.append(all)
}

func (r *reading) add(paragraph string) {
	if paragraph = strings.TrimSpace(paragraph); paragraph != "" {
		r.paragraphs = append(r.paragraphs, paragraph)
	}
}

func (r *reading) blocks(blocks []part) {
	for _, b := range blocks {
		r.block(b)
	}
}

// block reads a block. What a block of another kind has is not known to be read.
func (r *reading) block(b part) {
	switch b.Type {
	case "divider", "actions", "context_actions": // nothing that is said
	case "header", "section":
		r.add(b.Text.read())
		for _, f := range b.Fields {
			r.cell(f)
		}
	case "markdown":
		r.add(strings.ReplaceAll(b.Text.Text, "`", ""))
	case "context": // an image there is the small picture beside a line
		for _, e := range b.Elements {
			r.cell(e)
		}
	case "rich_text":
		for _, e := range b.Elements {
			r.rich(e)
		}
	case "table", "data_table":
		r.add(b.Caption)
		for _, row := range b.Rows {
			for _, cell := range row {
				r.cell(cell)
			}
		}
	case "image":
		r.unread = append(r.unread, "an image")
	default:
		r.unread = append(r.unread, "a block of the kind "+cut(words.InertLine(b.Type), 40))
	}
}

// rich reads a part of rich text: a paragraph, a quotation, a list.
func (r *reading) rich(e part) {
	switch e.Type {
	case "rich_text_list":
		for _, item := range e.Elements {
			r.rich(item)
		}
	case "rich_text_quote":
		r.add("> " + strings.ReplaceAll(e.inline(), "\n", "\n> "))
	case "rich_text_section", "rich_text_preformatted":
		r.add(e.inline())
	default:
		r.unread = append(r.unread, "a part of the kind "+cut(words.InertLine(e.Type), 40))
	}
}

// inline is the text of elements in a line: what is neither text nor a link has none,
// such as mentions.
func (e part) inline() string {
	var b strings.Builder
	for _, i := range e.Elements {
		switch {
		case i.Text.Text != "":
			b.WriteString(i.Text.Text)
		case i.Type == "link":
			b.WriteString(i.URL)
		case i.Type == "date":
			b.WriteString(i.Fallback)
		}
	}
	return b.String()
}

// cell reads a cell of a table, or a text object.
func (r *reading) cell(e part) {
	switch e.Type {
	case "rich_text":
		r.block(e)
	case "mrkdwn":
		r.add(unmarked(e.Text.Text))
	default:
		r.add(e.Text.Text)
	}
}
