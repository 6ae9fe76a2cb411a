package transcript

import (
	"strings"
	"testing"

	"github.com/pullquote/pullquote/transcript/model"
)

// In an interview without labels, words and shape say which paragraphs ask.
// Each line is a paragraph: Q asks, A answers, N is the publication's.
func TestInterviewersAreToldFromAnswers(t *testing.T) {
	for _, tt := range []struct{ name, interview string }{
		{"questions and answers", `
			Q What does the harbour master do?
			A We watch the water.
			Q Is it dull?
			A Never.`},
		{"a question of several sentences", `
			Q You came in 1999. The harbour was closed then. Why did you come?
			A To open it.
			A It took nine years.
			Q And then?
			A Then it was open.`},
		{"a request", `
			Q What came first?
			A A storm.
			Q Tell us about the storm.
			A It came at night.`},
		{"a remark that is answered", `
			Q What came first?
			A A storm.
			Q You were on the water that night.
			A I was. Alone.`},
		{"a question asked for effect, of people like oneself", `
			Q What came first?
			A A storm.
			A So what did we do?
			A We waited. And then we waited more.
			Q How long did you wait?
			A All night.`},
		{"a question to oneself", `
			Q What came first?
			A A storm.
			A Did I pray?
			A Not at first. Later I did.
			Q What was the damage?
			A Nothing we could not mend.`},
		{"a long one before the interviewer's, addressed to nobody here", `
			Q What came first?
			A A storm.
			A It blew for nine days, and my crew went out on every one of them, with the mail and the milk. So when people tell me that we cost too much I think, well, what else have you got that came nine times?
			Q The ministry wants to close the line. Do you expect that?
			A No. They would have to swim.`},
		{"a question that is quoted", `
			Q What came first?
			A A storm. My wife came down to the pier.
			A “Are the boats tied up at all?”
			A They were. That is what I had come for.
			Q How long did you wait?
			A All night.`},
		{"an answer that begins with a question", `
			Q Do you sleep at night?
			A Do you?
			A Nobody sleeps in a storm.
			Q What do you do instead?
			A I read.`},
		{"a question and its answer in one paragraph", `
			Q Is the harbour safe?
			A Is it perfect? No. Is it safe? Yes.
			Q Will it stay so?
			A I hope so.`},
		{"notes of the publication", `
			N Jane Roe came to the harbour in 1999, when it was closed, and opened it after nine years of digging in the mud of the bay.
			Q Is the harbour safe?
			A It is.
			Q Will it stay so?
			A I hope so.
			N This interview has been edited for length.`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, want := "", ""
			for _, l := range strings.Split(strings.TrimSpace(tt.interview), "\n") {
				mark, paragraph, _ := strings.Cut(strings.TrimSpace(l), " ")
				text += paragraph + "\n\n"
				want += mark
			}
			transcript, err := Parse(t.Context(), []byte(text), Options{Format: "interview"})
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, turn := range transcript.Turns {
				mark := map[model.Role]string{model.RoleQuestion: "Q", model.RoleAnswer: "A", model.RoleNarration: "N"}[turn.Role]
				got += strings.Repeat(mark, strings.Count(turn.Text, "\n\n")+1)
			}
			if got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

// Who asks and who answers an interview, and for which publication, only its
// title block and introduction say.
func TestInterviewersAndTheirGuests(t *testing.T) {
	const talk = "\n\nIs it safe?\n\nIt is.\n\nWill it stay so?\n\nI hope so."
	for _, tt := range []struct{ name, front, asker, publication, guest string }{
		{"title and byline",
			"Harbour Weekly Q&A: Jane Roe, harbour master\n\nBy JOHN POE | 03/04/15 07:00 AM EST\n\nJane Roe came in 1999. Roe spoke with Harbour Weekly last week.",
			"John Poe", "Harbour Weekly", "Jane Roe"},
		{"the publication asks",
			"Jane Roe on mud\n\nBy John Poe\n\nJane Roe came in 1999. The Ferry Times spoke with Roe in her office.",
			"John Poe", "Ferry Times", "Jane Roe"},
		{"a house in the byline",
			"A talk with Jane Roe\n\nBy John Poe, Ferry Times\n\nJane Roe came in 1999. She is the harbour master.",
			"John Poe", "Ferry Times", "Jane Roe"},
		{"the guest has a trade",
			"Interview: Diver Jane Roe\n\nBy John Poe\n\nJane Roe dives. Roe has dived since 1999.",
			"John Poe", "", "Jane Roe"},
		{"only the introduction names the guest",
			"Below the surface\n\nBy John Poe\n\nJane Roe dives. Roe has dived since 1999.",
			"John Poe", "", "Jane Roe"},
		{"others are named, too",
			"Jane Roe on diving\n\nBy John Poe\n\nJane Roe dives. Roe learned it from Karl Moe.",
			"John Poe", "", "Jane Roe"},
		{"two authors",
			"Jane Roe on diving\n\nBy John Poe and Lene Aas\n\nJane Roe dives. Roe has dived since 1999.",
			"", "", "Jane Roe"},
		{"two guests",
			"Jane Roe and Karl Moe on diving\n\nBy John Poe\n\nJane Roe and Karl Moe dive together.",
			"John Poe", "", ""},
		{"the staff",
			"Jane Roe on diving\n\nBy Harbour Weekly Staff\n\nJane Roe dives. Roe has dived since 1999.",
			"", "", "Jane Roe"},
		{"nobody", "On diving\n\nMarch 3, 2015", "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse(t.Context(), []byte(tt.front+talk), Options{})
			if err != nil {
				t.Fatal(err)
			}
			var question, answer model.Turn
			for _, turn := range got.Turns {
				switch turn.Role {
				case model.RoleQuestion:
					question = turn
				case model.RoleAnswer:
					answer = turn
				case model.RoleNarration, model.RoleStatement, model.RoleModerator:
				}
			}
			if string(question.Speaker) != tt.asker || string(answer.Speaker) != tt.guest {
				t.Errorf("%q asks %q; want %q, %q", question.Speaker, answer.Speaker, tt.asker, tt.guest)
			}
			if string(question.Affiliation) != tt.publication && tt.asker != "" {
				t.Errorf("for %q, want %q", question.Affiliation, tt.publication)
			}
		})
	}
}

func TestTitles(t *testing.T) {
	for _, tt := range []struct{ name, front, want string }{
		{"above people, place and date", "Harbour Office\n\nOpen Water\n\nJane Roe, Harbour Master\nTallinn, Estonia\nMay 1, 2003", "Open Water"},
		{"the line that names an event", "Deep Water\nPress Briefing on Gates\nOpen Doors", "Press Briefing on Gates"},
		{"below the date", "The White Tower\nOffice of the Warden\nFor Immediate Release\nMay 1, 2003\nRemarks by the Warden\n10:15 A.M. EST", "Remarks by the Warden"},
		{"over two lines", "REMARKS BY THE WARDEN\nON THE STATE OF THE TOWER\n\nMay 1, 2003", "REMARKS BY THE WARDEN ON THE STATE OF THE TOWER"},
		{"a field", "Title: On Gates\nDate: 2003-05-01", "On Gates"},
		{"a heading", "# On Gates\n\nPress Briefing", "On Gates"},
		{"nothing", "", ""},
		{"a date alone", "May 1, 2003", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse(t.Context(), []byte(tt.front+"\n\nMR. POE: Yes."), Options{Format: "briefing"})
			if err != nil {
				t.Fatal(err)
			}
			if string(got.Title) != tt.want {
				t.Errorf("title %q, want %q", got.Title, tt.want)
			}
		})
	}
}
