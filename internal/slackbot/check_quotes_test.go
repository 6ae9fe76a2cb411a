package slackbot_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/draft/drafttest"
	"github.com/pullquote/pullquote/internal/slackbot"
	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

// verdictsOn has Jane check the quotations of a message, and is what she is shown.
func (w *world) verdictsOn(t *testing.T, m slacktest.Message) string {
	t.Helper()
	before := len(w.Ephemeral(slacktest.Jane))
	w.deliver(t, w.Shortcut(slacktest.Jane, m, slackbot.CheckShortcut))
	w.await(t, "verdicts", func() bool { return len(w.Ephemeral(slacktest.Jane)) > before })
	shown := w.Ephemeral(slacktest.Jane)[before]
	holdInert(t, shown)
	return slacktest.Visible(shown)
}

// TestCheckQuotesWherever checks the same quotation wherever Slack keeps the words of a
// message.
func TestCheckQuotesWherever(t *testing.T) {
	t.Parallel()
	const quote = `Ivo Rook said: \u201cThe ferry company pays nothing.\u201d`
	rich := func(element string) string { return `[{"type":"rich_text","elements":[` + element + `]}]` }
	line := func(kind string) string {
		return `{"type":"` + kind + `","elements":[{"type":"text","text":"Ivo Rook said: \u201cThe ferry "},{"type":"text","text":"company","style":{"bold":true}},{"type":"text","text":" pays nothing.\u201d"}]}`
	}
	tests := []struct {
		name, text, blocks, attachments string
	}{
		{name: "a paragraph", blocks: rich(line("rich_text_section"))},
		{name: "a preformatted one", blocks: rich(line("rich_text_preformatted"))},
		{name: "a quotation", blocks: rich(`{"type":"rich_text_section","elements":[{"type":"text","text":"Ivo Rook said:"}]},{"type":"rich_text_quote","elements":[{"type":"text","text":"The ferry company pays nothing."}]}`)},
		{name: "a list", blocks: rich(`{"type":"rich_text_list","style":"bullet","elements":[` + line("rich_text_section") + `]}`)},
		{name: "a section", blocks: `[{"type":"section","text":{"type":"mrkdwn","text":"` + quote + `"}}]`},
		{name: "a section's code", blocks: "[{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"```" + quote + "```\"}}]"},
		{name: "a section's field", blocks: `[{"type":"section","fields":[{"type":"plain_text","text":"` + quote + `"}]}]`},
		{name: "a header", blocks: `[{"type":"header","text":{"type":"plain_text","text":"` + quote + `"}}]`},
		{name: "a context", blocks: `[{"type":"context","elements":[{"type":"image","image_url":"https://x.example/i.png","alt_text":"x"},{"type":"mrkdwn","text":"` + quote + `"}]}]`},
		{name: "Markdown", blocks: `[{"type":"markdown","text":"` + quote + `"}]`},
		{name: "a table", blocks: `[{"type":"table","rows":[[{"type":"raw_text","text":"Who"},{"type":"rich_text","elements":[` + line("rich_text_section") + `]}]]}]`},
		{name: "an attachment's text", attachments: `[{"text":"` + quote + `","fallback":"` + quote + `"}]`},
		{name: "an attachment's fallback", attachments: `[{"fallback":"` + quote + `"}]`},
		{name: "an attachment's pretext", attachments: `[{"pretext":"` + quote + `","text":"and so on"}]`},
		{name: "an attachment's field", attachments: `[{"fields":[{"title":"Said","value":"` + quote + `","short":false}]}]`},
		{name: "an attachment's blocks", attachments: `[{"blocks":` + rich(line("rich_text_section")) + `}]`},
		{name: "a forwarded message", text: "look at this", attachments: `[{"is_msg_unfurl":true,"is_share":true,"text":"` + quote + `","fallback":"[1 May] jane: ` + quote + `",` +
			`"message_blocks":[{"team":"T0HARBOUR","channel":"C0NEWSROOM","ts":"1.2","message":{"blocks":` + rich(line("rich_text_section")) + `}}]}]`},
		{name: "text for notifications beside blocks", text: "Ivo Rook said: “The ferry company pays nothing.”", blocks: rich(line("rich_text_section"))},
	}
	w := newWorld(t, options{})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := w.Post(slacktest.Message{Channel: slacktest.Newsroom, User: "B0OTHER", Text: test.text, Blocks: json.RawMessage(test.blocks), Attachments: json.RawMessage(test.attachments)})
			if seen := w.verdictsOn(t, m); !strings.Contains(seen, "1 quotation; nothing to mend.") || !strings.Contains(seen, "word for word") {
				t.Errorf("shown %s", seen)
			}
		})
	}
}

// TestCheckQuotesUnread gives no all-clear for what was not read.
func TestCheckQuotesUnread(t *testing.T) {
	t.Parallel()
	const quote = "Ivo Rook said: “The ferry company pays nothing.”"
	tests := []struct {
		name    string
		slack   []slacktest.Option
		message slacktest.Message
		files   []slacktest.File
		want    []string
	}{
		{name: "an image", message: slacktest.Message{Blocks: json.RawMessage(`[{"type":"image","image_url":"https://x.example/i.png","alt_text":"a page"}]`)},
			want: []string{"not all of it was", "an image"}},
		{name: "a block that Slack has added since", message: slacktest.Message{Text: quote, Blocks: json.RawMessage(`[{"type":"scroll","words":"x"}]`)},
			want: []string{"which is not all", "of the kind scroll", "word for word"}},
		{name: "more words than are kept", message: slacktest.Message{Text: strings.Repeat("word ", 20_000) + quote},
			want: []string{"not all of it was", "all after its first 100000 characters"}},
		{name: "a picture", files: []slacktest.File{{Name: "page.png", MediaType: "image/png", Content: []byte("x")}},
			want: []string{"not all of it was", "page.png (it is no document or text)"}},
		{name: "what is kept elsewhere", files: []slacktest.File{{Name: "draft.txt", MediaType: "text/plain", External: "https://drive.example/draft.txt", Content: []byte(quote)}},
			want: []string{"not all of it was", "outside of Slack"}},
		{name: "what the app may not read", files: []slacktest.File{{Name: "draft.txt", MediaType: "text/plain", Unreadable: true, Content: []byte(quote)}},
			want: []string{"not all of it was", "Slack does not hand it out"}},
		{name: "an app of an older manifest", slack: []slacktest.Option{slacktest.WithoutScopes("files:read")}, message: slacktest.Message{Text: quote},
			files: []slacktest.File{{Name: "draft.txt", MediaType: "text/plain", Content: []byte(quote)}},
			want:  []string{"which is not all", "files:read", "word for word"}},
		{name: "a document that is none", files: []slacktest.File{{Name: "draft.docx", Content: []byte("PK\x03\x04 and no more")}},
			want: []string{"not all of it was", "draft.docx ("}},
		{name: "a name that would be markup", files: []slacktest.File{{Name: "<!channel> *x* <https://evil.example|x>.png", MediaType: "image/png", Content: []byte("x")}},
			want: []string{"not all of it was"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, options{slack: test.slack})
			m := test.message
			m.Channel, m.User = slacktest.Newsroom, slacktest.John
			seen := w.verdictsOn(t, w.Post(m, test.files...))
			for _, want := range test.want {
				if !strings.Contains(seen, want) {
					t.Errorf("shown %s, without %q", seen, want)
				}
			}
		})
	}
}

// TestCheckQuotesInFiles checks the documents of a message with it.
func TestCheckQuotesInFiles(t *testing.T) {
	t.Parallel()
	const wrong = "Ivo Rook said: “We will never dredge it in May.”"
	draft := drafttest.Read("# Draft\n\n" + wrong)
	w := newWorld(t, options{})
	for _, file := range []slacktest.File{
		{Name: "draft.txt", MediaType: "text/plain", Content: []byte(wrong)},
		{Name: "draft.md", MediaType: "text/markdown", Content: draft.Text()},
		{Name: "draft.html", MediaType: "text/html", Content: draft.HTML()},
		{Name: "draft.docx", MediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Content: draft.DOCX(t)},
		{Name: "draft.pdf", MediaType: "application/pdf", Content: draft.PDF(t, drafttest.Page{})},
	} {
		t.Run(file.Name, func(t *testing.T) {
			m := w.Post(slacktest.Message{Channel: slacktest.Newsroom, User: slacktest.John, Text: "Ivo Rook said: “The ferry company pays nothing.”"}, file)
			seen := w.verdictsOn(t, m)
			for _, want := range []string{"2 quotations; 1 to mend.", "In " + file.Name + ":", "word for word"} {
				if !strings.Contains(seen, want) {
					t.Errorf("shown %s, without %q", seen, want)
				}
			}
		})
	}
}
