package draft_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/draft"
	"github.com/pullquote/pullquote/internal/draft/drafttest"
	"github.com/pullquote/pullquote/internal/fault"
)

func TestDOCX(t *testing.T) {
	tests := []struct{ name, paragraphs, want string }{
		{
			"words may be divided into runs", `<w:p>` + run("“We fo") + run("und peat,” said Ren") + run("wick.") + `</w:p>`,
			"1 | Renwick | We found peat,\n",
		},
		{
			"deletions are left out and insertions read",
			`<w:p>` + run("“We found ") + `<w:del><w:r><w:delText>clay</w:delText></w:r></w:del><w:ins>` + run("peat") + `</w:ins>` + run(",” said Renwick.") + `</w:p>`,
			"1 | Renwick | We found peat,\n",
		},
		{
			"special characters are read", `<w:p>` + run("“Sixty") + `<w:r><w:noBreakHyphen/></w:r>` + run("three of ") + `<w:r><w:br/></w:r>` + run("them,” said Solheim.") + `</w:p>`,
			"1 | Solheim | Sixty\u2011three of them,\n",
		},
		{
			"a text box is read once",
			`<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p>` + run("“A text box,” said Renwick.") + `</w:p></w:txbxContent></mc:Choice>` +
				`<mc:Fallback><w:p>` + run("“A text box,” said Renwick.") + `</w:p></mc:Fallback></mc:AlternateContent></w:r>` + run("“Outside of it,” said Solheim.") + `</w:p>`,
			"1 | Solheim | Outside of it,\n2 | Renwick | A text box,\n",
		},
		{
			"a quotation may run over paragraphs", `<w:p>` + run("“We found peat.") + `</w:p><w:p>` + run("“It took weeks,” said Renwick.") + `</w:p>`,
			`1 | Renwick | We found peat.\n\nIt took weeks,` + "\n",
		},
		{
			"numbers of notes are no words", `<w:p>` + run("“We found peat") + `<w:r><w:footnoteReference w:id="1"/></w:r>` + run(" in it") + raisedRun("2") +
				run(" on 12 m") + raisedRun("2") + run(",” said Renwick.") + `</w:p>`,
			"1 | Renwick | We found peat in it on 12 m2,\n",
		},
		{
			"a paragraph indented on both sides is a block quotation",
			`<w:p>` + run("Solheim wrote:") + `</w:p><w:p><w:pPr><w:ind w:left="720" w:right="720"/></w:pPr>` + run("It took weeks.") + `</w:p>` +
				`<w:p><w:pPr><w:ind w:start="720" w:firstLine="360"/></w:pPr>` + run("It was an old habit.") + `</w:p>`,
			"2 | Solheim | It took weeks.\n",
		},
		{
			"marks may be in runs, insertions and smart tags of their own",
			`<w:p>` + run("“") + `<w:ins>` + run("We found") + `</w:ins><w:smartTag>` + run(" peat") + `</w:smartTag><w:proofErr/>` + run(",") + run("”") + run(" said Renwick.") + `</w:p>`,
			"1 | Renwick | We found peat,\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			read, err := draft.Read(drafttest.Document(t, map[string]string{"word/document.xml": body(tt.paragraphs)}), draft.Source{})
			if err != nil {
				t.Fatal(err)
			}
			if got := render(read); got != tt.want {
				t.Errorf("got:\n%swant:\n%s", got, tt.want)
			}
		})
	}
}

func raisedRun(text string) string {
	return `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>` + text + `</w:t></w:r>`
}

// Houses name their styles for block quotations, or base them on Word's.
func TestDOCXStyles(t *testing.T) {
	for _, style := range []string{"Intense Quote", "Block Quotation", "blockquote", "Quotations", "Block Text", "Zitat", "House text"} {
		file := drafttest.Document(t, map[string]string{
			"word/document.xml": body(`<w:p>` + run("Solheim wrote:") + `</w:p><w:p><w:pPr><w:pStyle w:val="s"/></w:pPr>` + run("It took weeks.") + `</w:p>`),
			"word/styles.xml": `<w:styles xmlns:w="w"><w:style w:styleId="s"><w:name w:val="` + style + `"/><w:basedOn w:val="b"/></w:style>` +
				`<w:style w:styleId="b"><w:name w:val="` + map[bool]string{true: "Quote", false: "Normal"}[style == "House text"] + `"/></w:style></w:styles>`,
		})
		read, err := draft.Read(file, draft.Source{})
		if want := "2 | Solheim | It took weeks.\n"; err != nil || render(read) != want {
			t.Errorf("style %q: got %v and:\n%swant:\n%s", style, err, render(read), want)
		}
	}
}

func TestDOCXNotes(t *testing.T) {
	file := drafttest.Document(t, map[string]string{
		"word/document.xml":  body(`<w:p>` + run("“We found peat,” said Renwick.") + `</w:p>`),
		"word/footnotes.xml": `<w:footnotes><w:footnote><w:p>` + run("“It took weeks,” said Solheim.") + `</w:p></w:footnote></w:footnotes>`,
	})
	read, err := draft.Read(file, draft.Source{})
	if want := "1 | Renwick | We found peat,\n2 | Solheim | It took weeks,\n"; err != nil || render(read) != want {
		t.Errorf("got %v and:\n%swant:\n%s", err, render(read), want)
	}
}

func TestOpenDocument(t *testing.T) {
	file := drafttest.Document(t, map[string]string{"content.xml": `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="tb" xmlns:style="s">
		<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style><office:body><office:text>
		<text:p>“We <text:span>found</text:span><text:span text:style-name="T1">3</text:span> peat<text:note><text:note-citation>1</text:note-citation></text:note>,” said Renwick.</text:p><text:p/>
		<text:p>Solheim wrote:</text:p>
		<text:p text:style-name="Quotations">It took weeks.</text:p><text:p text:style-name="Quotations">Then it rained.</text:p>
		<table:table><table:table-row><table:table-cell><text:p>“One cell,” said Ansah.</text:p></table:table-cell><table:table-cell><text:p>Another</text:p></table:table-cell></table:table-row>
		<table:table-row><table:table-cell><text:p>Third</text:p></table:table-cell><table:table-cell><text:p>Fourth</text:p></table:table-cell></table:table-row></table:table>
		</office:text></office:body></office:document-content>`, "mimetype": "application/vnd.oasis.opendocument.text"})
	read, err := draft.Read(file, draft.Source{})
	want := "1 | Renwick | We found peat,\n4 | Solheim | It took weeks.\\n\\nThen it rained.\n6 | Ansah | One cell,\n"
	if err != nil || render(read) != want {
		t.Errorf("got %v and:\n%swant:\n%s", err, render(read), want)
	}
}

func TestUnreadable(t *testing.T) {
	bomb := drafttest.Document(t, map[string]string{"word/document.xml": body(`<w:p>` + strings.Repeat(" ", 65<<20) + `</w:p>`)})
	tests := []struct {
		name string
		file []byte
		code fault.Code
	}{
		{"a PDF that is cut off", []byte("%PDF-1.7"), fault.Invalid},
		{"RTF", []byte(`{\rtf1 “We found peat,” said Renwick.}`), fault.Unsupported},
		{"an archive that is no Word document", drafttest.Document(t, map[string]string{"notes.xml": "<p/>"}), fault.Unsupported},
		{"an archive that is cut off", bomb[:1000], fault.Invalid},
		{"a Word document that is not XML", drafttest.Document(t, map[string]string{"word/document.xml": "<w:p>“We found"}), fault.Invalid},
		{"a small archive that unpacks to a great deal", bomb, fault.TooLarge},
		{"a file that is too large", make([]byte, 21<<20), fault.TooLarge},
		{"too much text", bytes.Repeat([]byte("words "), 400_000), fault.TooLarge},
		{"too many quotations", bytes.Repeat([]byte("“We found peat.” "), 3000), fault.TooLarge},
		{"text in an encoding that is hard to tell", []byte("“We found\x81 peat”"), fault.Invalid},
		{"a picture", []byte("\x89PNG\r\n\x1A\n\x00\x00"), fault.Unsupported},
		{"a binary file", []byte("a\x00b"), fault.Unsupported},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := draft.Read(tt.file, draft.Source{})
			if code := fault.CodeOf(err); err == nil || code != tt.code {
				t.Errorf("error %v of code %s, want %s", err, code, tt.code)
			}
		})
	}
}

// Text of an old Windows is read as the record's is.
func TestWindows1252(t *testing.T) {
	read, err := draft.Read([]byte("\x93We found peat\x94, said Mr. M\xfc\xdfig.\n"), draft.Source{})
	if err != nil || len(read.Quotes) != 1 || read.Quotes[0].Text != "We found peat" {
		t.Errorf("got %+v: %v", read, err)
	}
}

func TestNothingQuoted(t *testing.T) {
	for _, text := range []string{"", "\n\n", "Nobody said a word.", "“”", "“ … ”", "\xEF\xBB\xBF"} {
		if read, err := draft.Read([]byte(text), draft.Source{}); err != nil || render(read) != "" {
			t.Errorf("%q has %q (%v)", text, render(read), err)
		}
	}
}

func TestUTF16(t *testing.T) {
	var file []byte
	for _, r := range "\ufeff“We found peat,” said Renwick." {
		file = append(file, byte(r), byte(r>>8))
	}
	read, err := draft.Read(file, draft.Source{})
	if want := "1 | Renwick | We found peat,\n"; err != nil || render(read) != want {
		t.Errorf("got %v and %q, want %q", err, render(read), want)
	}
}
