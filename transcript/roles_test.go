package transcript

import (
	"fmt"
	"strings"
	"testing"
)

// Each conversation has one turn a line, with its role at the end, and the
// number of the line that it answers.
func TestRoles(t *testing.T) {
	for _, tt := range []struct{ name, conversation string }{
		{"a briefing", `
			MR. POE: Welcome. — statement
			QUESTION: Why? — question
			MR. POE: Because. — answer of 1
			MODERATOR: Next. — moderator
			QUESTION: Comment on that. — question
			MR. POE: No. — answer of 4`},
		{"a moderator interrupts", `
			QUESTION: Why? — question
			MODERATOR: Say again? — moderator
			MR. POE: Because. — answer of 0`},
		{"a moderator ends the exchange", `
			QUESTION: Why? — question
			MR. POE: Because. — answer of 0
			MODERATOR: This event is concluded. — moderator
			MR. POE: One more thing. — statement`},
		{"a moderator hands the question on", `
			QUESTION: Why? — question
			MR. POE: Because. — answer of 0
			MODERATOR: Dr. Moe, would you add to that? — moderator
			DR. MOE: It rained. — answer of 2`},
		{"two answer", `
			QUESTION: Why? — question
			MR. POE: Because. — answer of 0
			MS. MOE: It rained. — answer of 0
			MR. POE: It did. — answer of 0`},
		{"a moderator asks the panel", `
			MODERATOR: Why? — moderator
			MR. POE: Because. — answer of 0
			MS. MOE: It rained. — answer of 0
			MODERATOR: Any questions? — moderator
			MS. MOE: One more thing. — statement`},
		{"two people, one of whom asks", `
			JANE ROE: Welcome. How are you? — question
			JOHN POE: Well. — answer of 0
			JANE ROE: Tell me about the sea. — question
			JOHN POE: Which one? — answer of 2
			JANE ROE: Is there another? — question
			JOHN POE: No. — answer of 4
			JANE ROE: Thank you. — statement`},
		{"a hearing", `
			CHAIR ROE: Dr. Poe, you may begin. — moderator
			DR. POE: Tolls have doubled. — statement
			SEN. MOE: Who pays? — question
			DR. POE: The farmers. — answer of 2
			CHAIR ROE: Since when? — question
			DR. POE: 2001. — answer of 4
			CHAIR ROE: We are adjourned. — moderator`},
		{"somebody in the audience", `
			MS. ROE: Water rises. — statement
			AUDIENCE: Hear, hear! — statement
			AUDIENCE MEMBER: How fast? — question
			MS. ROE: Slowly. — answer of 2`},
		{"a briefer calls for the next question", `
			QUESTION: Why? — question
			MR. POE: Because. — answer of 0
			MS. MOE: Next question, please. — moderator
			QUESTION: When? — question`},
		{"a conversation of statements", `
			JANE ROE: It rains. — statement
			JOHN POE: It does. — statement`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var text string
			var want []string
			for _, l := range strings.Split(strings.TrimSpace(tt.conversation), "\n") {
				said, role, _ := strings.Cut(strings.TrimSpace(l), " — ")
				text += said + "\n\n"
				want = append(want, role)
			}
			transcript, err := Parse([]byte(text), Options{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, turn := range transcript.Turns {
				role := string(turn.Role)
				if turn.Answers != nil {
					role += fmt.Sprintf(" of %d", *turn.Answers)
				}
				got = append(got, role)
			}
			if strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

func TestEndsAsking(t *testing.T) {
	for text, want := range map[string]bool{
		"Why?":                              true,
		"Why? Thank you.":                   true,
		"Why? Thank you very much. Please.": true,
		"“Why?”":                            true,
		"Why? (Laughter.)":                  true,
		"Why? I asked.":                     false,
		"Because.":                          false,
		"Why":                               false,
		"":                                  false,
	} {
		if got := endsAsking(text); got != want {
			t.Errorf("endsAsking(%q) = %t", text, got)
		}
	}
}
