package retrieval

import "github.com/pullquote/pullquote/transcript/model"

// NewHit is one of the turns of a transcript as a hit.
func NewHit(stored StoredTranscript, turns []model.Turn, index int) Hit {
	t := turns[index]
	h := Hit{
		TranscriptID: stored.ID, Title: stored.Title, Collection: stored.Collection, Date: stored.Date, Place: stored.Place,
		Version: stored.Version, SHA256: stored.SHA256,
		Turn: t.Index, Label: t.Label, Speaker: t.Speaker, Affiliation: t.Affiliation, Role: t.Role, Doubt: t.Doubt, Text: t.Text,
		Start: t.Start, End: t.End, StartMS: t.StartMS, EndMS: t.EndMS,
	}
	if t.Answers != nil && *t.Answers < len(turns) {
		q := turns[*t.Answers]
		h.Question = &QuestionTurn{
			Turn: q.Index, Label: q.Label, Speaker: q.Speaker, Affiliation: q.Affiliation, Doubt: q.Doubt, Text: q.Text, Start: q.Start, End: q.End,
		}
	}
	return h
}

// Credit is whose words the turn has.
func (h Hit) Credit() model.Credit {
	return model.Credit{Label: h.Label, Speaker: h.Speaker, Affiliation: h.Affiliation, Role: h.Role, Doubt: h.Doubt}
}

// Credit is whose words the question has.
func (q QuestionTurn) Credit() model.Credit {
	return model.Credit{Label: q.Label, Speaker: q.Speaker, Affiliation: q.Affiliation, Role: model.RoleQuestion, Doubt: q.Doubt}
}
