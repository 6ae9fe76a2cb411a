package answer

import (
	"testing"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// Whom a question addresses is known before a turn behind it is called its answer.
func TestQuestionsThatAddressAnother(t *testing.T) {
	ida := retrieval.Hit{Speaker: "Ida Oakes", Label: "MS. OAKES", Affiliation: "Minister of Harbours"}
	jon := retrieval.Hit{Speaker: "Jon Oakes", Label: "JON OAKES"}
	lind := retrieval.Hit{Speaker: "Mr. Lind", Label: "MR. LIND"}
	vice := retrieval.Hit{Speaker: "Nora Bell", Label: "MS. BELL", Affiliation: "Vice President, Harbour Bank"}
	governor := retrieval.Hit{Speaker: "Gov. Bell", Label: "GOV. BELL"}
	for _, tt := range []struct {
		name    string
		label   string // of the question
		text    string
		by      retrieval.Hit
		answers bool
	}{
		{"nobody", "Q", "Did you sink the ferry?", ida, true},
		{"herself, in full", "Q", "Ida Oakes, did you sink the ferry?", ida, true},
		{"her title and family name", "Q", "Ms. Oakes, did you sink the ferry?", ida, true},
		{"her given name", "Q", "Ida, did you sink the ferry?", ida, true},
		{"her office", "Q", "Madam Minister, did you sink the ferry?", ida, true},
		{"an office by its abbreviation", "Q", "Governor, did you sink the ferry?", governor, true},
		{"two, one of them herself", "Q", "Mr. Lind, Ms. Oakes, did you sink the ferry?", ida, true},
		{"behind a link", "Q", "And now, Ms. Oakes, did you sink it?", ida, true},
		{"at the end", "Q", "Did you sink the ferry, Ida?", ida, true},
		{"in a sentence before", "Q", "Minister, I have two questions. Did you sink the ferry?", ida, true},
		{"for herself", "Q", "A question for the Minister. Did you sink the ferry?", ida, true},
		{"one of a firm", "Q", "Did you, in June, sink the ferry?", ida, true},
		{"an adverb", "Q", "Frankly, did you sink the ferry?", ida, true},
		{"a month", "Q", "In June, did you sink the ferry?", ida, true},
		{"thanks to the chair", "Q", "Thank you, Mr. Chairman. Did you sink the ferry?", ida, true},
		{"an introduction", "Q", "Emil Quill, Harbour Radio. Did you sink the ferry?", ida, true},
		{"an office in apposition", "Q", "Did the harbour minister, Emil Quill, know of it?", ida, true},
		{"a list", "Q", "Did you meet Emil Quill, Tom Reed, and others?", ida, true},
		{"a gift to somebody", "Q", "You gave the keys that day to Emil Quill. Did you regret it?", ida, true},
		{"the last address counts", "Q", "Mr. Lind, thank you for that. Ms. Oakes, did you sink it?", ida, true},

		{"another, in full", "Q", "Emil Quill, did you sink the ferry?", ida, false},
		{"another's given name", "Q", "Emil, did you sink the ferry?", ida, false},
		{"another behind a link", "Q", "And Mr. Quill, did you sink the ferry?", ida, false},
		{"another within", "Q", "Did you, Mr. Quill, sink the ferry?", ida, false},
		{"another at the end", "Q", "Did you sink the ferry, Emil?", ida, false},
		{"another between dashes", "Q", "Did you – Mr. Quill – sink the ferry?", ida, false},
		{"another right before", "Q", "Mr. Quill. Did you sink the ferry?", ida, false},
		{"another at the beginning of a sentence before", "Q", "Emil, you know the bay. Did you sink the ferry?", ida, false},
		{"for another", "Q", "This one is for Emil Quill. Did you sink the ferry?", ida, false},
		{"to an office", "Q", "A question to the Mayor. Did you sink the ferry?", ida, false},
		{"to an office of nobody known", "Q", "A question to the Minister. Did you sink the ferry?", jon, false},
		{"turning to another", "Q", "Let me turn to Mr. Quill. Did you sink the ferry?", ida, false},
		{"before a colon", "Q", "My question is for Mr. Quill: did you sink the ferry?", ida, false},
		{"another office", "Q", "Mayor, did you sink the ferry?", ida, false},
		{"another office in full", "Q", "Mr. Prime Minister, did you sink the ferry?", jon, false},
		{"the president is not the vice president", "Q", "Madam President, did you sink the ferry?", vice, false},
		{"a namesake", "Q", "Jon Oakes, did you sink the ferry?", ida, false},
		{"a namesake's given name", "Q", "Jon, did you sink the ferry?", ida, false},
		{"a namesake of the other sex", "Q", "Mr. Oakes, did you sink the ferry?", ida, false},
		{"a woman", "Q", "Ms. Lind, did you sink the ferry?", lind, false},
		{"a note in the label", "MR. REED [to Mr. Quill]", "Did you sink the ferry?", ida, false},
		{"a note in the label for herself", "MR. REED [to Ms. Oakes]", "Did you sink the ferry?", ida, true},
		{"a note in the text", "Q", "(To Mr. Quill) Did you sink the ferry?", ida, false},

		{"German, herself", "FRAGE", "Frau Oakes, haben Sie die Fähre versenkt?", ida, true},
		{"German, another", "FRAGE", "Herr Quill, haben Sie die Fähre versenkt?", ida, false},
		{"German, within", "FRAGE", "Haben Sie, Herr Quill, die Fähre versenkt?", ida, false},
		{"German, an office", "FRAGE", "Herr Bürgermeister, haben Sie die Fähre versenkt?", ida, false},
		{"German, for another", "FRAGE", "Eine Frage an Frau Quill. Haben Sie die Fähre versenkt?", ida, false},
		{"German, none", "FRAGE", "Gut, haben Sie die Fähre versenkt?", ida, true},
		{"German, a noun behind a particle", "FRAGE", "Abgesehen von der Brücke, haben Sie die Fähre versenkt?", ida, true},
		{"French, another", "Q", "Madame Quill, avez-vous coulé le bac ?", ida, false},
		{"French, an office", "Q", "Monsieur le maire, avez-vous coulé le bac ?", ida, false},
		{"French, for another", "Q", "Une question pour Madame Quill. Avez-vous coulé le bac ?", ida, false},
		{"French, none", "Q", "Alors, avez-vous coulé le bac ?", ida, true},
		{"Spanish, another", "P", "señora Quill, ¿hundió usted el barco?", ida, false},
		{"Spanish, an office", "P", "Señor alcalde, ¿hundió usted el barco?", ida, false},
		{"Spanish, for another", "P", "Una pregunta para Emil Quill. ¿Hundió usted el barco?", ida, false},
		{"Spanish, herself", "P", "Señora Oakes, ¿hundió usted el barco?", ida, true},
		{"Spanish, none", "P", "Entonces, ¿hundió usted el barco?", ida, true},
		{"Italian, an office", "D", "Signor ministro, ha affondato lei il traghetto?", jon, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := tt.by
			h.Turn, h.Question = 1, &retrieval.QuestionTurn{Label: model.Optional(tt.label), Speaker: "Tom Reed", Text: tt.text}
			if q, _ := questionOf(h); (q != nil) != tt.answers {
				t.Errorf("%q, answered by %s: %v, want %v", tt.text, h.Speaker, q != nil, tt.answers)
			}
		})
	}
}
