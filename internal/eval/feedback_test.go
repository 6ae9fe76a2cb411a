package eval

import (
	"reflect"
	"testing"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/retrieval"
)

func TestCaseOf(t *testing.T) {
	t.Parallel()
	late := answer.Citation{Number: 1, TranscriptID: "harbour", Turn: 4, Speaker: "Jane Roe", Role: "answer", Quote: "The gate is late."}
	peat := answer.Citation{Number: 2, TranscriptID: "harbour", Turn: 4, Speaker: "Jane Roe", Role: "answer", Quote: "We found peat."}
	asked := answer.Citation{Number: 3, TranscriptID: "harbour", Turn: 3, Speaker: "John Poe", Role: "question", Quote: "Is it late?"}
	answered := []answer.Citation{late, peat, asked}
	whole := func(r answer.Rating) answer.Feedback { return answer.Feedback{Rating: r} }
	of := func(number int, r answer.Rating) answer.Feedback {
		return answer.Feedback{Citation: &number, Rating: r}
	}
	for _, test := range []struct {
		name      string
		citations []answer.Citation
		ratings   []answer.Feedback
		want      Case
	}{
		{
			"two good citations of a turn", answered, []answer.Feedback{of(1, "up"), of(2, "up")},
			Case{Expected: []Place{{"harbour", 4}}, Speaker: "Jane Roe", Role: "answer"},
		},
		{
			"a good answer with a bad citation", answered, []answer.Feedback{whole("up"), of(2, "down")},
			Case{Expected: []Place{{"harbour", 4}, {"harbour", 3}}, MustNot: [][2]string{{"Jane Roe", "We found peat."}}},
		},
		{"a bad answer", answered, []answer.Feedback{whole("down")}, Case{}},
		{"a bad answer with a good citation", answered, []answer.Feedback{whole("down"), of(3, "up")}, Case{Expected: []Place{{"harbour", 3}}, Speaker: "John Poe", Role: "question"}},
		{"rightly declined", nil, []answer.Feedback{whole("up")}, Case{Unanswerable: true}},
		{"wrongly declined", nil, []answer.Feedback{whole("down")}, Case{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := answer.Answer{ID: "2", Question: "Why?", Filter: retrieval.Filter{Speaker: "Roe"}, Answerable: test.citations != nil, Citations: test.citations}
			got := caseOf(a, []answer.Answer{{ID: "1", Question: "Is it late?"}, a, {ID: "3", Question: "Who pays?"}}, test.ratings)
			test.want.ID, test.want.Question, test.want.History, test.want.Filter = a.ID, a.Question, []string{"Is it late?"}, a.Filter
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %+v\nwant %+v", got, test.want)
			}
		})
	}
}
