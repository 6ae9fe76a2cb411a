package records_test

import (
	"strings"
	"testing"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/container/internal/containertest"
)

func TestGolden(t *testing.T) {
	containertest.Golden(t, "testdata/*.txtar", containertest.File(container.Open))
}

// What a vocabulary does not mean for words is never quoted: a file is read or refused.
func TestRefusals(t *testing.T) {
	for _, tt := range []struct{ name, data, code, message string }{
		{"an unknown root", "<?xml version='1.0'?>\n<book><p>Night.</p></book>", "unsupported", "root element is <book>, is of no vocabulary that is read"},
		{"an unknown element in a speech", "<minutes><speech by='#roe'><seat>4</seat><p>Night.</p></speech></minutes>", "unsupported", "<minutes> with <seat> in its speeches"},
		{"SGML of its own", "<DOC>\n<DOCNO>7</DOCNO>\n<TEXT>\nRoe: Night.\n</TEXT>\n</DOC>", "unsupported", "root element is <doc>"},
		{"a document type of its own", "<!DOCTYPE minutes SYSTEM 'minutes.dtd'><minutes><para>Night.</para></minutes>", "unsupported", "root element is <minutes>"},
		{"SGML behind a line of text", "Minutes of the quay\n<PARA>Roe took the chair.</PARA>\n<PARA>Poe read the list.</PARA>\n<ITEM>The lamp.</ITEM>", "unsupported", "root element is <para>"},
		{"a feed", "<?xml version='1.0'?><rss><channel><item><title>Talk</title></item></channel></rss>", "unsupported", "root element is <rss>"},
		{"a known root without speeches", "<dbtplenarprotokoll><vorspann>Heute</vorspann></dbtplenarprotokoll>", "invalid", "that of the Bundestag, and has no speeches"},
		{"XML that breaks off", "<?xml version='1.0'?>\n<debate>\n<speech by='#a'><p>Yes", "invalid", "malformed in line 3"},
		{"nested XML", "<?xml version='1.0'?>" + strings.Repeat("<a>", 300), "invalid", "nested more than 256 deep"},
		{"nested JSON", `{"speechRecord": ` + strings.Repeat("[", 300), "invalid", "nested more than 256 deep"},
		{"JSON that breaks off", `{"speechRecord": [{"speaker": "Roe"`, "invalid", "the JSON is malformed at byte"},
		{"elements above all", "<debates>" + strings.Repeat("<a/>", 1<<20) + "</debates>", "too_large", "too many elements"},
		{"XML with entities", `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><speech by="#x">&c;</speech>`,
			"unsupported", "declares entities of its own"},
		{"XML with an entity that nobody declares", `<?xml version="1.0"?><speech by="#x">&c;</speech>`, "invalid", "malformed in line 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := container.Open(t.Context(), []byte(tt.data), container.Options{})
			containertest.Refused(t, err, tt.code, tt.message)
		})
	}
}

// What merely begins with angle brackets is no XML.
func TestOthersAreLeftToOthers(t *testing.T) {
	for name, data := range map[string]string{
		"names in angle brackets": "<Poe> Since when?\n<Roe> Since noon.\n<Poe> I see.",
		"a page":                  "<!DOCTYPE html>\n<p>Roe: Night.</p>",
		"an old page":             "<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>\n<html><p>Roe: Night.</p></html>",
		"XHTML":                   "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body><p>Roe: Night.</p></body></html>",
		"a piece of a page":       "<div><p>Roe: Night.</p></div>",
		"a text with tags in it":  "Roe: Is <b>this</b> it?\nPoe: <quay>No</quay>.\nRoe: I see.\nPoe: Good.",
	} {
		if c, err := container.Open(t.Context(), []byte(data), container.Options{}); err != nil || c.Kind == "xml" {
			t.Errorf("%s: %v, error %v", name, c, err)
		}
	}
}

func FuzzRecords(f *testing.F) {
	containertest.Fuzz(f, "xml", container.Open, "testdata/*.txtar")
}

func FuzzRecordsJSON(f *testing.F) {
	containertest.Fuzz(f, "json", container.Open, "testdata/*.txtar", ".json")
}
