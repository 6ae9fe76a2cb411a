package transcript

import (
	"cmp"
	"strings"
	"testing"
)

// Each document tells, somewhere, whom its labels stand for; the speakers are
// those of its turns in order, "-" where nobody is named.
func TestSpeakersAreNamed(t *testing.T) {
	for _, tt := range []struct{ name, document, speakers string }{
		{"letters in a line of attendees", `
			Jane Roe (JR), John de Poe (JDP), Karl Moe (KMO)

			JR: It holds.

			KMO: It does.

			JDP: So be it.`, "Jane Roe, Karl Moe, John de Poe"},
		{"letters in a table of attendees", `
			| Name | Abbreviation | Organization |
			|------|--------------|--------------|
			| Jane Roe | JRO | Harbour Board |
			| John Poe | JPE | Ferry Line |

			JPE: It holds.

			JRO: It does.`, "John Poe, Jane Roe"},
		{"letters of two people", `
			Jane Roe (JR), John Rue (JR)

			JR: It holds.

			JR: It does.`, "-, -"},
		{"titles that are shortened without a full stop", `
			Cllr Roe: It holds.

			Revd Poe: Since when?

			Cllr Jane Roe: Since May.

			Ald Moe: So be it.

			Revd John Poe: Thank you.`, "Jane Roe, John Poe, Jane Roe, Ald Moe, John Poe"},
		{"letters of nobody", `
			Jane Roe (JR), John Poe (JP)

			JR: It holds.

			XX: It does.

			XX: It does.`, "Jane Roe, XX, XX"},
		{"several people at once", `
			Jane Roe (JR), John Poe (JP)

			JR: It holds.

			JR, JP: Agreed.

			JP: So be it.`, "Jane Roe, JR, JP, John Poe"},
		{"numbers, introduced by themselves", `
			Speaker 1: Welcome. My name is Jane Roe.

			Speaker 2: Hello. I'm John Poe, with the Harbour Board.

			Speaker 3: Hello.`, "Jane Roe, John Poe, -"},
		{"numbers, asked by name", `
			Speakers: Jane Roe, John Poe, Karl Moe

			Speaker 1: Welcome. So Jane, do you want to start?

			Speaker 2: The sea rose.

			Speaker 1: What do you say, John?

			Speaker 3: It did.`, "-, Jane Roe, -, John Poe"},
		{"numbers, two of whom answer to one name", `
			Speakers: Jane Roe, John Poe, Karl Moe

			Speaker 1: So Jane, do you want to start?

			Speaker 2: The sea rose.

			Speaker 1: Jane, did it?

			Speaker 3: It did.`, "-, -, -, -"},
		{"numbers, the last of the list", `
			Speakers: Jane Roe, John Poe

			Speaker 1: I'm John Poe. Thank you, Jane, for that.

			Speaker 2: The sea rose.

			Speaker 1: It did.

			Speaker 2: And it fell.`, "John Poe, Jane Roe, John Poe, Jane Roe"},
		{"numbers, the last of the list of whom nobody speaks", `
			Speakers: Jane Roe, John Poe

			Speaker 1: I'm John Poe.

			Speaker 2: The sea rose.

			Speaker 1: It did.

			Speaker 2: And it fell.`, "John Poe, -, John Poe, -"},
		{"an answer to the question for the name", `
			JR: Would you please say your name and your trade?

			JP: John Quincy Poe. I dive.

			JR: Since when?

			JP: Since 1999.`, "JR, John Quincy Poe, JR, John Quincy Poe"},
		{"a name that the letters are not", `
			JR: Would you please say your name?

			KM: John Poe. I dive.

			JR: Since when?

			KM: Since 1999.`, "JR, KM, JR, KM"},
		{"the full name in another label", `
			JANE ROE: The sea rose.

			ROE: It did.

			JOHN POE: And fell.

			ROE: So be it.`, "Jane Roe, Jane Roe, John Poe, Jane Roe"},
		{"a given name", `
			Guests: Jane Roe, John Poe

			Jane: The sea rose.

			John: It did.

			Jane: And fell.

			John: So be it.`, "Jane Roe, John Poe, Jane Roe, John Poe"},
		{"a given name of two", `
			Guests: Jane Roe, Jane Poe

			Jane: The sea rose.

			Jane: And fell.`, "-, -"},
		{"a nickname", `
			Michael Poe, Harbour Master

			MR. POE: Mike Poe here. I'm Mike Poe.

			MR. POE: The sea rose.`, "Michael Poe, Michael Poe"},
		{"an office in the title", `
			Remarks by President Roe on Tides

			THE PRESIDENT: The sea rose.

			AUDIENCE: Oh!

			THE PRESIDENT: And fell.`, "President Roe, -, President Roe"},
		{"an office that has a label of its own", `
			Remarks by President Roe and Governor Poe

			THE PRESIDENT: The sea rose.

			PRESIDENT ROE: And fell.

			THE GOVERNOR: It did.`, "The President, President Roe, Governor Poe"},
		{"an office in words", `
			Harbour Debate

			The MINISTER OF TIDES AND QUAYS: The sea rose.

			The MINISTER OF TIDES AND QUAYS: And fell.`, "The Minister of Tides and Quays, The Minister of Tides and Quays"},
		{"a moderator besides the one who is listed", `
			MODERATOR: Jane Roe, Harbour Bank

			Moderator: Welcome to the call.

			Jane Roe: Good morning.

			Moderator: Go on.`, "Moderator, Jane Roe, Moderator"},
		{"answers in Spanish", `
			Speakers: Jane Roe

			P: ¿Por qué?

			R: Porque sí.

			P: ¿Desde cuándo?

			R: Desde ayer.`, "-, Jane Roe, -, Jane Roe"},
		{"a slip of a letter", `
			Jane Hargreaves, Harbour Master

			MS. HARGREAVES: One.

			MS. HARGREAVES: Two.

			MS. HARGREAVES: Three.

			MS. HARGRAVES: Four.`, "Jane Hargreaves, Jane Hargreaves, Jane Hargreaves, Jane Hargreaves"},
		{"perhaps a slip, perhaps another's name", `
			MS. HARGREAVES: One.

			MS. HARGREAVES: Two.

			MS. HARGREAVES: Three.

			MS. HARGRAVES: Four.`, "Ms. Hargreaves, Ms. Hargreaves, Ms. Hargreaves, Ms. Hargraves"},
		{"a slip of the title", `
			ACTING COMMISSIONER ROE: One.

			ACTING COMMISSIONER ROE: Two.

			ACTING COMMISSIONER ROE: Three.

			ACTING COMMISSION ROE: Four.`, "Acting Commissioner Roe, Acting Commissioner Roe, Acting Commissioner Roe, Acting Commissioner Roe"},
		{"two of nearly one name", `
			MS. HARGREAVES: One.

			MS. HARGREAVES: Two. Ask Jane Hargraves.

			MS. HARGREAVES: Three.

			MS. HARGRAVES: Four.`, "Ms. Hargreaves, Ms. Hargreaves, Ms. Hargreaves, Ms. Hargraves"},
		{"a guest who is presented, not who presents", `
			Speakers: Jane Roe, John Poe

			Speaker 1: This is Jane Roe, our harbour master. I am glad that she came.

			Speaker 2: Thank you.

			Speaker 1: How long?`, "-, -, -"},
		{"somebody who is given the floor", `
			Speaker 1: Jane Roe from Harbour Radio, your question please.

			Speaker 2: How long?`, "-, -"},
		{"an answer by somebody else than the one who is asked", `
			Speakers: Jane Roe, John Poe, Karl Moe

			Speaker 1: What do you say, Jane?

			Speaker 2: Jane has not come.`, "-, -"},
		{"the death into which they inquire", `
			Inquiry into the Death of Karl Moe

			Q: When did you see the crack?

			A: In March.`, "-, -"},
		{"only who asks is listed", `
			Interviewer: Jane Roe

			Q: When did you see the crack?

			A: In March.`, "Jane Roe, -"},
		{"only who records is listed", `
			Jane Roe, Court Reporter

			Q: When did you see the crack?

			A: In March.`, "-, -"},
		{"one is listed, another deposed", `
			DEPOSITION OF JOHN POE

			Jane Roe, Harbour Master

			Q: When did you see the crack?

			A: In March.`, "-, -"},
		{"an office in a title that goes on", `
			Remarks by Vice President Roe During Call with Harbour Masters

			THE VICE PRESIDENT: The sea rose.

			THE VICE PRESIDENT: And fell.`, "Vice President Roe, Vice President Roe"},
		{"an office in a title that goes on with a verb", `
			Remarks by Vice President Roe Visiting Northport

			THE VICE PRESIDENT: The sea rose.

			THE VICE PRESIDENT: And fell.`, "The Vice President, The Vice President"},
		{"members in two columns", `
			JANE ROE, Harbourland, Chair
			JOHN POE, Northland                  LENE AAS, Southland,
			BO MOE, Westland                       Ranking Member

			MS. AAS: The sea rose.

			MR. MOE: And fell.

			MS. ROE: So be it.`, "Lene Aas, Bo Moe, Jane Roe"},
		{"members who are present, by their surnames", `
			The subcommittee met at 10 a.m., Hon. Jane Roe
			[chair of the subcommittee] presiding.
			Present: Representatives Roe, Poe, and Moe.

			MS. ROE: The sea rose.

			MR. POE: And fell.`, "Jane Roe, Mr. Poe"},
		{"participants with their offices", `
			PRESENT: Jane Roe, Chair; John Poe, Vice Chair; Lene Aas; Bo Moe

			CHAIR ROE: The sea rose.

			MS. AAS: And fell.

			MR. MOE: So be it.`, "Jane Roe, Lene Aas, Bo Moe"},
		{"a statement under its heading", `
			Hearing on tides

			MS. ROE: Our witness may begin.

			STATEMENT OF HON. IDA LOE, DIRECTOR, OFFICE OF QUAYS

			MS. LOE: The sea rose.`, "Ms. Roe, Ida Loe"},
		{"family names first", `
			Roe, Jane: It holds.

			Poe, John (Works): It does.

			De Moe, Karl: So be it.`, "Jane Roe, John Poe, Karl De Moe"},
		{"family names first, with times", `
			Roe, Jane   0:03
			It holds.

			Poe, John (Works)   0:09
			It does.

			Roe, Jane   0:12
			So be it.`, "Jane Roe, John Poe, Jane Roe"},
		{"family names with affiliations", `
			Roe, Reuters: Does it hold?

			Jane Moe: It does.

			Poe, Bloomberg: Will it?

			Roe, Reuters: When?

			Poe, Bloomberg: And how?`, "Roe, Jane Moe, Poe, Roe, Poe"},
		{"family names in capitals with affiliations", `
			HARROE, BBC: Does it hold?

			HARPOE, NPR: Will it?

			HARROE, BBC: When?

			HARPOE, NPR: And how?`, "Harroe, Harpoe, Harroe, Harpoe"},
		{"a man and a woman", `
			MS. HARGREAVES: One.

			MS. HARGREAVES: Two.

			MS. HARGREAVES: Three.

			MR. HARGRAVES: Four.`, "Ms. Hargreaves, Ms. Hargreaves, Ms. Hargreaves, Mr. Hargraves"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse(t.Context(), []byte(strings.ReplaceAll(strings.TrimSpace(tt.document), "\t", "")), Options{Format: "briefing"})
			if err != nil {
				t.Fatal(err)
			}
			var speakers []string
			for _, turn := range got.Turns {
				speakers = append(speakers, cmp.Or(string(turn.Speaker), "-"))
			}
			if heard := strings.Join(speakers, ", "); heard != tt.speakers {
				t.Errorf("speakers %s, want %s; warnings %q", heard, tt.speakers, got.Warnings)
			}
		})
	}
}
