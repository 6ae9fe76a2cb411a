package transcript

import "testing"

// Stars and times between turns are notes; after the last they end it.
func TestBreaks(t *testing.T) {
	got, err := Parse(t.Context(), []byte("MR. ROE: Yes.\n\n* * *\n\nAnd no.\n\nMS. POE: No.\n\n* * *\n\nThe press office."), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Turns) != 2 || got.Turns[0].Text != "Yes.\n\nAnd no." || got.Turns[1].Text != "No." {
		t.Errorf("got %+v", got.Turns)
	}
}
