package roles

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/model"
)

// conversationOf are turns of which each is given as "LABEL: words".
func conversationOf(lines ...string) ([]model.Turn, labels.Reader) {
	reader := labels.Reader{}
	var turns []model.Turn
	for i, l := range lines {
		label, text, _ := strings.Cut(l, ": ")
		turn := model.Turn{Index: i, Label: model.Optional(label), Text: text}
		if !reader.Read(label).Part.IsUnnamed() {
			turn.Speaker = turn.Label
		}
		turns = append(turns, turn)
	}
	return turns, reader
}

// rolesOf writes the roles of turns by their first letters, and behind an answer the question.
func rolesOf(turns []model.Turn) string {
	var roles []string
	for _, t := range turns {
		role := strings.ToUpper(string(t.Role[:1]))
		if t.Answers != nil {
			role += fmt.Sprint(*t.Answers)
		}
		roles = append(roles, role)
	}
	return strings.Join(roles, " ")
}

func TestAssign(t *testing.T) {
	for _, tt := range []struct {
		name      string
		presiding []string
		turns     []string
		want      string
	}{
		{"labels say who asks", nil, []string{"MR. POE: Welcome.", "QUESTION: Why?", "MR. POE: Because."}, "S Q A1"},
		{"an operator gives the floor", nil, []string{"OPERATOR: Go ahead.", "QUESTION: Comment on that.", "MR. POE: No.", "OPERATOR: Thank you.", "MR. POE: Well."},
			"M Q A1 M S"},
		{"a chair asks", nil, []string{"CHAIR ROE: Please begin.", "DR. POE: Tolls have doubled.", "CHAIR ROE: Since when?", "DR. POE: Since May."},
			"M S Q A2"},
		{"people's names only", nil, []string{"JANE ROE: How are you?", "JOHN POE: Well.", "JANE ROE: And the sea?", "JOHN POE: High."}, "Q A0 Q A2"},
		{"the front matter names the host", []string{"JANE ROE"},
			[]string{"JANE ROE: Gates, then.", "JOHN POE: They hold.", "KARL MOE: They do.", "JANE ROE: So be it.", "JOHN POE: Good."}, "M S S M S"},
		{"a debate", nil, []string{"JANE ROE: The wall holds.", "JOHN POE: It does not.", "KARL MOE: It may."}, "S S S"},
		{"a court", nil, []string{"CHIEF JUSTICE ROE: We will hear argument in the case.", "MR. POE: May it please the court, it holds.", "JUSTICE MOE: I doubt that.", "MR. POE: It does."},
			"M S Q A2"},
	} {
		turns, reader := conversationOf(tt.turns...)
		Assign(turns, reader, tt.presiding)
		if got := rolesOf(turns); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// Roles that are known stay; only the answers are given their questions.
func TestKnownRolesStay(t *testing.T) {
	turns, reader := conversationOf("JANE ROE: The gate.", "JOHN POE: It holds.")
	turns[0].Role, turns[1].Role = model.RoleQuestion, model.RoleAnswer
	Assign(turns, reader, nil)
	if got := rolesOf(turns); got != "Q A0" {
		t.Errorf("got %s", got)
	}
}

func TestIsLecture(t *testing.T) {
	own := strings.Repeat("I have seen the gate close in forty storms, and we shall see it close again. ", 12)
	others := strings.Repeat("The harbour master has seen the gate close in forty storms, and will again. ", 12)
	for name, tt := range map[string]struct {
		text string
		want bool
	}{
		"somebody's own words": {own, true},
		"of others":            {others, false},
		"too short":            {own[:200], false},
	} {
		lines := []layout.Line{{Text: "Speaker: Jane Roe"}, {Text: strings.TrimSpace(tt.text), Gap: true}}
		if got := IsLecture(lines); got != tt.want {
			t.Errorf("%s: %t", name, got)
		}
	}
	if start := LectureStart([]layout.Line{{Text: "On Gates"}, {Text: strings.TrimSpace(own)}}); start != 1 {
		t.Errorf("the lecture starts with line %d", start)
	}
}
