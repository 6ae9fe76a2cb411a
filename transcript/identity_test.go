package transcript

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// Whatever a transcript says of whom, a label gets the full name of its bearer or none: never
// that of a namesake who is only spoken of, and none if two people are meant. Where the
// document gives evidence, it is found. The transcripts are made of invented people.
func TestNobodyGetsANamesakesName(t *testing.T) {
	for seed := range uint64(3000) {
		made := makeCase(rand.New(rand.NewPCG(seed, 17)))
		got, err := Parse(t.Context(), []byte(made.text), Options{Format: "briefing"})
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, made.text)
		}
		for _, turn := range got.Turns {
			if string(turn.Label) != made.label {
				continue
			}
			name := string(turn.Speaker)
			switch {
			case slices.Contains(made.wrong, name), made.right == "" && slices.Contains(made.named, name):
				t.Fatalf("seed %d (%s; %s): %s is called %q\n%s", seed, made.evidence, made.distractor, turn.Label, name, made.text)
			case made.right != "" && name != made.right:
				t.Fatalf("seed %d (%s; %s): %s is called %q, want %q\n%s", seed, made.evidence, made.distractor, turn.Label, name, made.right, made.text)
			}
		}
	}
}

// identityCase is a transcript with a label that is a surname, or a number.
type identityCase struct {
	text, label          string
	evidence, distractor string
	right                string   // the bearer's full name, where there is evidence
	named                []string // full names that stand in it
	wrong                []string // of those, the ones that are others'
}

var (
	someGiven    = strings.Fields("Jane John Lene Ole Ida Bo Karl Mette Tova Emil Runa Pia")
	someSurnames = strings.Fields("Roe Poe Moe Aas Loe Noe Gray Hargrove Tindall Okoro Vance Whitlow")
)

// evidences tell who X is. S stands for the surname, L for the label, O for some other person. A
// vertical bar divides what stands above the turns, in the moderator's words before X
// speaks, and in X's own.
var evidences = []string{
	"X, Harbour Master||", "Interview with X||", "Remarks by X on the Northern Quay||", "Statement of X||",
	"Participants: X, O||", "Speakers: O; X||", "Hon. X presiding||", "O, Northland        X, Southland||",
	"|Joining us now is X of Harbour Radio.|", "|Please welcome X.|", "|I am joined by O and X.|", "|Thank you for coming, X.|",
	"|Our guests are O of the Pier Post and X of Harbour Radio.|", "|X, what do you see?|", "||Good morning. I'm X.", "||My name is X.",
	"X||Good morning.",
}

// distractors name N, who has the surname of X and does not speak.
var distractors = []string{
	"", "The Death of N||", "Vigil for N||", "Inquiry into the Killing of N||", "N Remembered||", "||He was a friend of N's, as you know.",
	"|The city mourns N tonight.|", "|This is about N, who died in March.|", "|We will talk about N.|", "|The late N built the quay.|",
	"|Protesters carry pictures of N through the town.|", "|N was shot in May.|", "|Joining us to talk about N is our man at the pier.|",
	"|You knew N's family well.|", "|Our guest is the lawyer for N.|", "|We remember N. Is the crowd calm?|", "||N would have liked it.",
	"|Joining us is somebody whose father, N, built the wall.|", "|N, you may remember, drowned here.|",
}

// makeCase makes a transcript with evidence or none, and with a distractor or none.
func makeCase(rnd *rand.Rand) identityCase {
	pick := func(list []string) string { return list[rnd.IntN(len(list))] }
	surname := pick(someSurnames)
	given := slices.Clone(someGiven)
	rnd.Shuffle(len(given), func(i, j int) { given[i], given[j] = given[j], given[i] })
	x, n, o := given[0]+" "+surname, given[1]+" "+surname, given[2]+" "+pick(slices.DeleteFunc(slices.Clone(someSurnames), func(s string) bool { return s == surname }))
	made := identityCase{label: strings.ToUpper(surname), distractor: pick(distractors), named: []string{x, n}, wrong: []string{n, o}}
	if rnd.IntN(3) > 0 {
		made.evidence, made.right = pick(evidences), x
	}
	var parts [3]string // above the turns, before X speaks, in X's words
	for _, form := range []string{made.evidence, made.distractor} {
		for i, part := range strings.Split(form, "|") {
			part = strings.NewReplacer("X", x, "N,", n+",", "N ", n+" ", "N.", n+".", "N'", n+"'", "O", o).Replace(part)
			if strings.HasSuffix(part, " N") {
				part = strings.TrimSuffix(part, "N") + n
			}
			if part != "" {
				parts[i] += map[bool]string{true: "\n\n", false: " "}[i == 0] + part
			}
		}
	}
	made.text = fmt.Sprintf("HARBOUR NEWS TONIGHT\n%s\nMay 4, 2031\n\nMODERATOR: Good evening.%s\n\n%s:%s The quay is closed.\n\nMODERATOR: Since when?\n\n%s: Since March.\n",
		parts[0], parts[1], made.label, parts[2], made.label)
	return made
}
