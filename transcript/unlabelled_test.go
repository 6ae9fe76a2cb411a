package transcript

import (
	"strings"
	"testing"
)

// A label holds for the paragraphs below it only as long as nothing speaks against that. Whose a
// paragraph is: the label's (as printed), nobody's, or uncertain (a question mark).
func TestLabelsThatAreMissing(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       string
	}{
		{"only answers have labels", `MS. VALE: The gate was open.

Did you close it yourself?

MS. VALE: I asked the pilot to do it.

Who paid you?

MS. VALE: Nobody has paid me yet.`, "MS. VALE, ?, MS. VALE, ?, MS. VALE"},
		{"only questions have labels", `MR. HARKER: Did you see the lamp?

It was dark by then.

MR. HARKER: Who lit it?

The keeper did.

MR. HARKER: Were you afraid?`, "MR. HARKER, ?, MR. HARKER, ?, MR. HARKER"},
		{"a clerk tells what happened", `MR. HARKER: The wall needs money.

The clerk noted that the item was postponed.

MS. VALE: I object to that.

MR. HARKER: We heard you.`, "MR. HARKER, nobody, MS. VALE, MR. HARKER"},
		{"somebody is addressed by name", `MS. VALE: The report is late.

Ms. Vale, the report is lost.

MR. HARKER: It is found.

MS. VALE: Thank you.`, "MS. VALE, ?, MR. HARKER, MS. VALE"},
		{"labels in small letters", `MR. HARKER: Did you see the lamp?

the witness: It was dark by then.

MR. HARKER: I was there as well.

the witness: So you know who lit it.

MR. HARKER: I do.`, "MR. HARKER, ?, MR. HARKER, ?, MR. HARKER"},
		{"labels with markup, below words that end no sentence", `MR. HARKER: The lamp was lit [1]

MS. "THE <i>GULL</i>" VALE: By whom?

MR. HARKER: By nobody [2]

MS. "THE <i>GULL</i>" VALE: So it was dark.

MR. HARKER: It was.`, "MR. HARKER, ?, MR. HARKER, ?, MR. HARKER"},
		{"a speech has a colon in it, twice", `MS. VALE: We have asked for two things.

And they told us this: wait for the tide.

And they told us that: wait for the wind.

MR. HARKER: Thank you for that.

MS. VALE: Not at all.`, "MS. VALE, MR. HARKER, MS. VALE"},
		{"a speech asks for effect", `MS. VALE: I came here on foot, and I shall leave on foot.

So what do we do now?

We wait for the tide, as we always did.

MR. HARKER: Thank you for that.

MS. VALE: Not at all.`, "MS. VALE, MR. HARKER, MS. VALE"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse(t.Context(), []byte(tt.text), Options{Filename: "a.txt", Format: "briefing"})
			if err != nil {
				t.Fatal(err)
			}
			var whose []string
			for _, turn := range got.Turns {
				switch {
				case turn.Doubt != "":
					whose = append(whose, "?")
				case turn.Label == "":
					whose = append(whose, "nobody")
				default:
					whose = append(whose, string(turn.Label))
				}
			}
			if got := strings.Join(whose, ", "); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if warned := strings.Contains(strings.Join(got.Warnings, " "), "labels seem to be missing"); warned != strings.Contains(tt.want, "?") {
				t.Errorf("warned: %t", warned)
			}
		})
	}
}
