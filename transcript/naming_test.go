package transcript

import (
	"strings"
	"testing"
)

// Labels stand for the people whom the document names, and for nobody else.
func TestLabelsResolve(t *testing.T) {
	for _, tt := range []struct{ name, front, text, speaker string }{
		{"the title block", "John Poe, Harbour Master", "MR. POE: Yes.", "John Poe"},
		{"capitals in the title block", "JOHN A. POE, HARBOUR MASTER", "MR. POE: Yes.", "John A. Poe"},
		{"the title", "Briefing by Harbour Secretary Jane Poe on Gates", "MS. POE: Yes.", "Jane Poe"},
		{"a title and a name on two lines", "Briefing\nJohn Poe\nHarbour Master", "MR. POE: Yes.", "John Poe"},
		{"particles", "Jane van der Poe, Harbour Master", "MS. VAN DER POE: Yes.", "Jane van der Poe"},
		{"the initial decides", "John Poe, Harbour Master\nKarl Poe, Diver", "MR. K. POE: Yes.", "Karl Poe"},
		{"the title decides", "Mr. John Poe, Harbour Master\nMs. Jane Poe, Diver", "MS. POE: Yes.", "Jane Poe"},
		{"two may be meant", "John Poe, Harbour Master\nKarl Poe, Diver", "MR. POE: Yes.", ""},
		{"nobody fits", "Mrs. Jane Poe, Harbour Master", "MR. POE: Yes.", "Mr. Poe"},
		{"nobody is named", "Briefing", "MR. POE: Yes.", "Mr. Poe"},
		{"the moderator names him", "Briefing", "MR. POE: Yes.\n\nMODERATOR: Thank you, John Poe.", "John Poe"},
		{"he names himself", "Briefing", "MR. POE: Good day. I’m John Poe. Yes.", "John Poe"},
		{"he names another", "Briefing", "MR. POE: The late Edgar Poe was no relative.", "Mr. Poe"},
		{"one title for each of two", "Present: Jane Poe", "MR. POE: Yes.\n\nMRS. POE: No.", "Mr. Poe"},
		{"of whom the list tells", "Present: Mrs. Jane Poe", "MRS. POE: Yes.\n\nMR. POE: No.", "Jane Poe"},
		{"a place of the name", "Hearing on Port Poe\nWith John Poe", "MR. POE: Yes.", "John Poe"},
		{"an editor of the name", "The diaries of Karl Poe, edited by Jane Poe", "POE: Yes.\n\nPOE: No.", "POE"},
		{"a photographer of the name", "Photographs by Jane Poe", "MS. POE: Yes.", "Ms. Poe"},
		{"who transcribed it", "Transcribed by: Jane Poe", "MS. POE: Yes.", "Ms. Poe"},
		{"an article before an office", "Sitting of the Chamber", "De voorzitter: Yes.\n\nDe heer Poe: No.\n\nDe voorzitter: Yes.\n\nDe heer Poe: No.", "De voorzitter"},
		{"the label is the full name", "Briefing", "JOHN POE: Yes.", "John Poe"},
		{"the document spells it", "Briefing with John DuPoe", "JOHN DUPOE: Yes.", "John DuPoe"},
		{"initials of a participant", "Participants: John Poe, Jane Roe", "JP: Yes.\n\nJP: No.", "John Poe"},
		{"initials of nobody", "Participants: Jane Roe", "JP: Yes.\n\nJP: No.", "JP"},
		{"an affiliation in the label", "Briefing", "JOHN POE, Harbour Radio: Yes.", "John Poe"},
		{"an office", "Briefing", "THE PRESIDENT: Yes.", "The President"},
		{"the moderator", "Briefing", "MODERATOR: My name is Jane Roe.", "Moderator"},
		{"the moderator by name", "MODERATOR: Jane Roe, Harbour Press Office", "MODERATOR: Welcome.", "Jane Roe"},
		{"the one witness", "Witness:\nJane Roe, Diver", "THE WITNESS: Yes.", "Jane Roe"},
		{"one of two witnesses", "Witnesses:\nJane Roe, Diver\nJohn Poe, Diver", "THE WITNESS: Yes.", "The Witness"},
		{"the interviewer", "Interviewer: Jane Roe\nGuest: John Poe", "INTERVIEWER: Yes?\n\nPOE: Yes.", "Jane Roe"},
		{"the interviewer of the byline", "By Jane Roe", "INTERVIEWER: Yes?\n\nPOE: Yes.", "Jane Roe"},
		{"a questioner", "Briefing", "QUESTION: Yes?", ""},
		{"a questioner in the label", "Briefing", "QUESTION (Jane Roe, Harbour Radio): Yes?", "Jane Roe"},
		{"an unknown member of the audience", "Briefing", "AUDIENCE MEMBER: Yes?", ""},
		{"a numbered speaker", "Briefing", "SPEAKER 1: Yes?", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse(t.Context(), []byte(tt.front+"\n\n"+tt.text), Options{Format: "briefing"})
			if err != nil {
				t.Fatal(err)
			}
			if string(got.Turns[0].Speaker) != tt.speaker {
				t.Errorf("speaker %q, want %q; warnings %q", got.Turns[0].Speaker, tt.speaker, got.Warnings)
			}
		})
	}
}

// Whoever answers is named by a title only if it says that it has a person: its words may have the
// form of a name.
func TestTitlesNameWhoAnswers(t *testing.T) {
	const text = "Q: Who pays?\n\nA: All of us. I pay the dues in May.\n\nQ: Since when?\n\nA: I forget.\n"
	for title, want := range map[string]string{
		"Harbour Dues":                     "",
		"Harbour Dues, 2031":               "",
		"Harbour Dues, Explained":          "",
		"Night Ferry":                      "",
		"Interview: Night Ferry":           "",
		"The Pumps of Jane Roe":            "",
		"Jane Roe, Harbour Master":         "Jane Roe",
		"Interview with Jane Roe":          "Jane Roe",
		"Conversation with Jane Roe":       "Jane Roe",
		"Jane Roe interviewed by John Poe": "Jane Roe",
	} {
		for _, labels := range [][]string{{"Q", "A"}, {"Question", "Answer"}, {"Frage", "Antwort"}} {
			labelled := strings.NewReplacer("Q:", labels[0]+":", "A:", labels[1]+":").Replace(text)
			got, err := Parse(t.Context(), []byte(title+"\n\nMay 4, 2031\n\n"+labelled), Options{Format: "briefing"})
			if err != nil {
				t.Fatal(err)
			}
			if name := string(got.Turns[1].Speaker); name != want {
				t.Errorf("%s: %s is %q, want %q", title, labels[1], name, want)
			}
		}
	}
}

// Who asks is known from their own words, the moderator's, or not at all.
func TestAskersAreNamed(t *testing.T) {
	const first = "QUESTION: Jane Roe, Harbour Radio. Why?\n\nMR. POE: Because.\n\n"
	for _, tt := range []struct{ name, text, speaker, affiliation string }{
		{"a follow-up by the editor's note", first + "QUESTION: [Follow-up] (Inaudible.)", "Jane Roe", "Harbour Radio"},
		{"a follow-up to one's own question", first + "QUESTION: And my follow-up: when?", "Jane Roe", "Harbour Radio"},
		{"who speaks again", first + "QUESTION: Where?\n\nMR. POE: Here.\n\nQUESTION: Thanks. Jane Roe again. When?", "Jane Roe", "Harbour Radio"},
		{"who is mentioned again", first + "QUESTION: Jane Roe again asks when. Do you know?", "", ""},
		{"who never spoke before", first + "QUESTION: Lene Aas again. When?", "", ""},
		{"a follow-up to somebody's", first + "QUESTION: To follow up on Jane's question, when?", "", ""},
		{"the same again, in short", first + "QUESTION: Jane Roe, Harbour Radio again. When?", "Jane Roe", "Harbour Radio"},
		{"nobody", first + "QUESTION: When?", "", ""},
		{"the moderator says who", first + "MODERATOR: Our next question comes from Karl Moe of the Ferry Times.\n\nQUESTION: When?", "Karl Moe", "Ferry Times"},
		{"the moderator says where", first + "MODERATOR: We go to New York.\n\nQUESTION: When?", "", ""},
		{"the moderator names two", first + "MODERATOR: We will have Karl Moe of the Ferry Times, then go to Lene Aas of Radio Nord.\n\nQUESTION: When?", "", ""},
		{"the asker knows better", first + "MODERATOR: We go to Karl Moe of the Ferry Times.\n\nQUESTION: I'm Lene Aas, Radio Nord. When?", "Lene Aas", "Radio Nord"},
		{"it is the briefer who is addressed", "John Poe, Harbour Master\n\n" + first + "QUESTION: Thank you. John Poe, Harbour Radio. When?", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse(t.Context(), []byte(tt.text), Options{})
			if err != nil {
				t.Fatal(err)
			}
			last := got.Turns[len(got.Turns)-1]
			if string(last.Speaker) != tt.speaker || string(last.Affiliation) != tt.affiliation {
				t.Errorf("%q (%q), want %q (%q)", last.Speaker, last.Affiliation, tt.speaker, tt.affiliation)
			}
		})
	}
}
