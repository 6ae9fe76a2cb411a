package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/draft/drafttest"
)

const harbourBriefing = `{"title": "Briefing on the harbour wall", "date": "2026-02-03", "turns": [
	{"speaker": "Marit Solheim", "role": "statement", "text": "The wall will be closed to carts until the summer. We measured a crack of nine centimetres on the sea side."},
	{"speaker": "Tobias Renwick", "role": "question", "text": "What do the fishermen say to that?"},
	{"speaker": "Marit Solheim", "role": "answer", "text": "They carry their nets around by the mill road, and nobody has complained to me."},
	{"speaker": "Tobias Renwick", "role": "statement", "text": "Our readers remember the promise of the winter before last."},
	{"speaker": "Jonas Lindqvist", "role": "statement", "text": "The harbour office has no money for a second wall."}]}`

// mentions are the forms in which drafts name whose words a quotation has without saying so in a
// sentence that is read: Q is the quotation, C is it without its full stop, F the full name, S the family
// name, I the initial, K the name as a key.
var mentions = []struct{ name, draft string }{
	{"author and date", "It was said at the time: “{Q}” ({S} 2026: 4)."},
	{"author, date and page", "It was argued that “{Q}” ({S}, 2026, p. 12)."},
	{"compared with", "“{Q}” (cf. {F}, 3 Feb. 2026)."},
	{"square brackets", "“{Q}” [{S}, 2026]."},
	{"key of a reference", "“{Q}” [@{K}2026, p. 4]."},
	{"dash", "“{Q}” – {F}"},
	{"slash", "“{Q}” / {F}"},
	{"tilde", "“{Q}” ~ {F} #harbour"},
	{"source below", "“{Q}”\n\nSource: {F}"},
	{"name below", "“{Q}”\n\n{F}, at the harbour"},
	{"name above", "{F}\n\n“{Q}”"},
	{"heading", "# {F}\n\n“{Q}”"},
	{"block quotation, name below", "The council met.\n\n> {Q}\n\n— {F}\n\nNobody replied."},
	{"name and dash before", "{F} – “{Q}”"},
	{"name and full stop before", "{F}. “{Q}”"},
	{"name before", "{F} “{Q}”"},
	{"note", "The answer was firm: “{Q}”[^1]\n\n[^1]: {F}, briefing at the harbour."},
	{"note with an initial", "It was firm. “{Q}”[^1]\n\n[^1]: {I}. {S}, briefing."},
	{"verb that is not known", "{S} fired back: “{Q}”"},
	{"adjective", "{S} was adamant: “{Q}”"},
	{"name right before the colon", "Asked whether it was true, {S}: “{Q}”"},
	{"unknown verb behind", "“{C},” {S} shrugged."},
	{"preposition behind", "„{C}“, so {F}."},
	{"preposition before", "Selon {F}, « {C} »."},
	{"for the name", "For {S}, “{C}” is the end of the matter."},
	{"sentence before", "{F} left no doubt. “{C},” came the reply."},
	{"clause before", "When {F} was asked, the answer came at once: “{Q}”"},
	{"credited to", "The remark “{C}” is credited to {F}."},
	{"possessive", "The line “{C}” is {F}’s."},
	{"reaction", "{F}’s reaction was immediate. “{Q}”"},
}

// Whoever a draft names beside a quotation is taken for its speaker by readers. Another's name is
// never passed over in silence, in whatever form and format; and the speaker's own, however it
// is named, raises no objection.
func TestVerifyMentions(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	add(t, config, "harbour.json", []byte(harbourBriefing))
	handler := New(config)
	const quote = "The wall will be closed to carts until the summer."
	for _, form := range mentions {
		for _, person := range []struct {
			full, family string
			right        bool
		}{{"Marit Solheim", "Solheim", true}, {"Tobias Renwick", "Renwick", false}, {"Jonas Lindqvist", "Lindqvist", false}} {
			text := strings.NewReplacer("{Q}", quote, "{C}", strings.TrimSuffix(quote, "."), "{F}", person.full, "{S}", person.family,
				"{I}", person.full[:1], "{K}", strings.ToLower(person.family)).Replace(form.draft)
			written := drafttest.Read(text)
			for _, format := range []struct {
				name, contentType string
				file              []byte
			}{
				{"markdown", "text/markdown", []byte(text)}, {"text", "text/plain", written.Text()}, {"html", "text/html", written.HTML()},
				{"docx", docxType, written.DOCX(t)}, {"pdf", "application/pdf", written.PDF(t, drafttest.Book)},
			} {
				if format.name == "pdf" && (strings.Contains(form.draft, "[^1]") || strings.Contains(form.draft, "> ")) {
					continue // it tells neither which note a number refers to nor what is indented
				}
				t.Run(fmt.Sprintf("%s/%s/%s", form.name, person.family, format.name), func(t *testing.T) {
					checkMention(t, handler, format.contentType, format.file, quote, person.right)
				})
			}
		}
	}
}

// checkMention checks the one verdict on a draft.
func checkMention(t *testing.T, handler http.Handler, contentType string, file []byte, quote string, right bool) {
	t.Helper()
	verdicts := verdictsOf(t, handler, contentType, file)
	if len(verdicts) != 1 || !strings.Contains(lettersOf(verdicts[0].Quote), lettersOf(quote)) {
		t.Fatalf("verdicts %+v in\n%s", verdicts, file)
	}
	v := verdicts[0]
	switch {
	case right && (v.Fails() || v.Note != ""):
		t.Errorf("%s of its own speaker: %s", v.Status, v.Note)
	case !right && v.Note == "" && v.Status != answer.StatusMisattributed:
		t.Errorf("%s of another, and nothing is said", v.Status)
	}
}

// Names in the structure of a page or a document say whose words a quotation has.
func TestVerifyMentionsInStructure(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	add(t, config, "harbour.json", []byte(harbourBriefing))
	handler := New(config)
	const quote = "The wall will be closed to carts until the summer."
	paragraph := func(style, text string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + drafttest.Runs(text) + `</w:p>`
	}
	word := func(body string) string {
		return string(drafttest.Document(t, map[string]string{
			"word/document.xml": `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`,
			"word/styles.xml": `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:styleId="Fierce">` +
				`<w:name w:val="Intense Quote"/></w:style></w:styles>`,
		}))
	}
	for _, form := range []struct {
		name, contentType string
		draft             func(name string) string
	}{
		{"row of a Markdown table", "text/markdown", func(n string) string { return "| Who | What |\n|---|---|\n| " + n + " | “" + quote + "” |\n" }},
		{"row with the name last", "text/markdown", func(n string) string { return "| What | Who |\n|---|---|\n| “" + quote + "” | " + n + " |\n" }},
		{"item of a list", "text/markdown", func(n string) string { return "- " + n + " – “" + quote + "”\n- nothing else\n" }},
		{"line below", "text/markdown", func(n string) string { return "QUOTE OF THE DAY\n“" + quote + "”\n" + n }},
		{"numbered note in brackets", "text/plain", func(n string) string { return "It was firm: “" + quote + "”[1]\n\n[1] " + n + ", briefing." }},
		{"row of a web table", "text/html", func(n string) string {
			return "<table><tr><th>Name</th><th>Words</th></tr><tr><td>" + n + "</td><td>“" + quote + "”</td></tr></table>"
		}},
		{"definition list", "text/html", func(n string) string { return "<dl><dt>" + n + "</dt><dd>“" + quote + "”</dd></dl>" }},
		{"caption", "text/html", func(n string) string {
			return `<figure><img src="p.jpg"><figcaption>` + n + ". “" + quote + "”</figcaption></figure>"
		}},
		{"pull quote", "text/html", func(n string) string {
			return `<aside class="pullquote"><p>“` + quote + `”</p><p class="attribution">` + n + "</p></aside>"
		}},
		{"spans of an item", "text/html", func(n string) string {
			return "<ul><li><span>" + n + "</span> <span>“" + quote + "”</span></li></ul>"
		}},
		{"row of a Word table", docxType, func(n string) string {
			return word("<w:tbl><w:tr><w:tc>" + paragraph("Normal", n) + "</w:tc><w:tc>" + paragraph("Normal", "“"+quote+"”") + "</w:tc></w:tr></w:tbl>")
		}},
		{"style for quotations", docxType, func(n string) string { return word(paragraph("Fierce", quote) + paragraph("Normal", "— "+n)) }},
	} {
		for name, right := range map[string]bool{"Marit Solheim": true, "Tobias Renwick": false, "Jonas Lindqvist": false} {
			t.Run(form.name+"/"+name, func(t *testing.T) {
				checkMention(t, handler, form.contentType, []byte(form.draft(name)), quote, right)
			})
		}
	}
}

// Journalists name several people in a paragraph. An article of thirty-one quotations, all of them
// its speakers', raises no objection, and hardly a note.
func TestVerifyHonestArticle(t *testing.T) {
	t.Parallel()
	archive, err := txtar.ParseFile("testdata/drafts/honest_article.txtar")
	if err != nil {
		t.Fatal(err)
	}
	config := newConfig(t)
	add(t, config, archive.Files[0].Name, archive.Files[0].Data)
	verdicts := verdictsOf(t, New(config), "text/markdown", archive.Files[1].Data)
	if len(verdicts) != 31 {
		t.Errorf("%d quotations, want 31", len(verdicts))
	}
	noted := 0
	for _, v := range verdicts {
		switch {
		case v.Fails():
			t.Errorf("line %d: “%s” is %s: %s", v.Line, v.Quote, v.Status, v.Note)
		case v.Note != "":
			t.Logf("line %d: “%s”: %s", v.Line, v.Quote, v.Note)
			noted++
		}
	}
	if noted > 2 {
		t.Errorf("%d notes, want two at most", noted)
	}
}

// A quotation whose own words only credit another within it is judged by that one.
func TestVerifyQuotationWithin(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	add(t, config, "harbour.json", []byte(harbourBriefing))
	handler := New(config)
	for draft, want := range map[string]answer.Status{
		"It is said: “Marit Solheim told us, ‘The wall will be closed to carts until the summer.’”":     answer.StatusExact,
		"It is said: “Tobias Renwick told us, ‘The wall will be closed to carts until the summer.’”":    answer.StatusAltered,
		"It is said: “Marit Solheim told us, ‘The wall will be opened to carts until the summer.’”":     answer.StatusAltered,
		"“The wall will be closed”, Marit Solheim told the room, “to carts until the summer”.":          answer.StatusExact,
		"“The wall will be closed to carts”, Marit Solheim told the room, “until the summer or later”.": answer.StatusAltered,
	} {
		verdicts := verdictsOf(t, handler, "text/markdown", []byte(draft))
		if last := verdicts[len(verdicts)-1]; last.Status != want {
			t.Errorf("%s: %s, want %s", draft, last.Status, want)
		}
	}
}
