package styles

import (
	"testing"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
)

func TestCutLabel(t *testing.T) {
	for _, tt := range []struct{ line, label, rest string }{
		{"MR. ROE: Yes.", "MR. ROE", "Yes."},
		{"MR. McROE: Yes.", "MR. McROE", "Yes."},
		{"QUESTION:\u00a0\u00a0Why?", "QUESTION", "Why?"},
		{"Q: Why?", "Q", "Why?"},
		{"Q\u00a0\u00a0 Why?", "Q", "Why?"},
		{"Q. Why?", "Q", "Why?"},
		{"A.  No. I did not.", "A", "No. I did not."},
		{"DR. VAN DER ROE (via interpreter): Yes.", "DR. VAN DER ROE (via interpreter)", "Yes."},
		{"SECRETARY OF STATE ROE: Yes.", "SECRETARY OF STATE ROE", "Yes."},
		{"Jane Roe: Yes.", "Jane Roe", "Yes."},
		{"Jane Roe:", "Jane Roe", ""},
		{"**Jane Roe:** Yes.", "Jane Roe", "Yes."},
		{"**Jane Roe**: Yes.", "Jane Roe", "Yes."},
		{"AUDIENCE MEMBER 2: Yes.", "AUDIENCE MEMBER 2", "Yes."},
		{"JANE ROE:“Yes.”", "JANE ROE", "“Yes.”"},
		{"JOHN “THE KNIFE” DOE: Yes.", "JOHN “THE KNIFE” DOE", "Yes."},
		{"John \"Jack\" Doe: Yes.", "John \"Jack\" Doe", "Yes."},

		{"One thing: the gates close.", "One thing", "the gates close."},
		{"12:30 was the time.", "", ""},

		{"the chair: yes", "the chair", "yes"},
		{": yes", "", ""},
		{"A man came.", "", ""},
		{"Did I say “Yes: I do”?", "", ""},
		{"", "", ""},
	} {
		c, _ := CutLabel(labels.Reader{}, layout.Line{Text: tt.line}, All())
		if c.Label == nil {
			c.Label = &labels.Label{}
		}
		if c.Label.Text != tt.label || c.Rest != tt.rest {
			t.Errorf("CutLabel(%q) = %q, %q; want %q, %q", tt.line, c.Label.Text, c.Rest, tt.label, tt.rest)
		}
	}
}
