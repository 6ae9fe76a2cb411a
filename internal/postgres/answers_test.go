package postgres_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/postgres"
)

func TestAnswers(t *testing.T) {
	t.Parallel()
	store, _ := openStore(t)
	first := &answer.Answer{ID: "01900000-0000-7000-8000-000000000001", ConversationID: "01900000-0000-7000-8000-00000000000a", Question: "Why?"}
	second := &answer.Answer{ID: "01900000-0000-7000-8000-000000000002", ConversationID: first.ConversationID, Question: "Since when?"}
	for i, a := range []*answer.Answer{first, second} {
		if err := store.SaveAnswer(t.Context(), a, i == 0); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := store.Answer(t.Context(), second.ID); err != nil || got.Question != "Since when?" {
		t.Errorf("Answer = %+v, %v", got, err)
	}
	if got, err := store.Questions(t.Context(), first.ConversationID, 5); err != nil || strings.Join(got, " ") != "Why? Since when?" {
		t.Errorf("Questions = %q, %v", got, err)
	}
	if got, err := store.Questions(t.Context(), first.ConversationID, 1); err != nil || strings.Join(got, " ") != "Since when?" {
		t.Errorf("the last of the Questions = %q, %v", got, err)
	}
	if c, err := store.Conversation(t.Context(), first.ConversationID); err != nil || len(c.Answers) != 2 || c.Answers[0].ID != first.ID {
		t.Errorf("Conversation = %+v, %v", c, err)
	}
	page, err := store.Answers(t.Context(), answer.ConversationsQuery{Limit: 1})
	if err != nil || len(page.Answers) != 1 || page.Answers[0].Question != "Since when?" || page.NextCursor != second.ID {
		t.Errorf("the first page of Answers = %+v, %v", page, err)
	}
	page, err = store.Answers(t.Context(), answer.ConversationsQuery{Limit: 1, Cursor: page.NextCursor})
	if err != nil || len(page.Answers) != 1 || page.Answers[0].ID != first.ID || page.Answers[0].ConversationID != first.ConversationID || page.NextCursor != "" {
		t.Errorf("the second page of Answers = %+v, %v", page, err)
	}
	if err := store.DeleteAnswer(t.Context(), first.ID); err != nil {
		t.Error(err)
	}
	if c, err := store.Conversation(t.Context(), first.ConversationID); err != nil || len(c.Answers) != 1 || c.Answers[0].ID != second.ID {
		t.Errorf("without the deleted answer Conversation = %+v, %v", c, err)
	}
	for _, id := range []string{"01900000-0000-7000-8000-0000000000ff", first.ID, "no-id"} {
		if err := store.DeleteAnswer(t.Context(), id); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("DeleteAnswer(%q): %v", id, err)
		}
		_, answerErr := store.Answer(t.Context(), id)
		_, questionsErr := store.Questions(t.Context(), id, 1)
		_, conversationErr := store.Conversation(t.Context(), id)
		for what, err := range map[string]error{"Answer": answerErr, "Questions": questionsErr, "Conversation": conversationErr} {
			if fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%s(%q): %v", what, id, err)
			}
		}
	}
}

func TestConversations(t *testing.T) {
	t.Parallel()
	store, _ := openStore(t)
	ids := []string{"01900000-0000-7000-8000-00000000000a", "01900000-0000-7000-8000-00000000000b", "01900000-0000-7000-8000-00000000000c"}
	for _, id := range ids {
		if err := store.NewConversation(t.Context(), &answer.Conversation{ID: id, CreatedAt: time.Now()}); err != nil {
			t.Fatal(err)
		}
	}
	for i, question := range []string{"Why?", "Since when?"} {
		a := &answer.Answer{ID: fmt.Sprintf("01900000-0000-7000-8000-00000000000%d", i+1), ConversationID: ids[1], Question: question}
		if err := store.SaveAnswer(t.Context(), a, false); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := store.Questions(t.Context(), ids[0], 5); err != nil || len(got) > 0 {
		t.Errorf("Questions of an empty conversation = %q, %v", got, err)
	}
	list := func(cursor string, limit int) string {
		t.Helper()
		page, err := store.Conversations(t.Context(), answer.ConversationsQuery{Cursor: cursor, Limit: limit})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, c := range page.Conversations {
			fmt.Fprintf(&b, "%s %q %d, ", c.ID[35:], c.Question, c.AnswerCount)
		}
		return b.String() + "next " + page.NextCursor
	}
	if got, want := list("", 2), `c "" 0, b "Why?" 2, next `+ids[1]; got != want {
		t.Errorf("the first page is %s; want %s", got, want)
	}
	if got, want := list(ids[1], 2), `a "" 0, next `; got != want {
		t.Errorf("the second page is %s; want %s", got, want)
	}
	if _, err := store.Conversations(t.Context(), answer.ConversationsQuery{Cursor: "tomorrow", Limit: 1}); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a cursor that is none: %v", err)
	}

	if err := store.DeleteConversation(t.Context(), ids[1]); err != nil {
		t.Fatal(err)
	}
	if got, want := list("", 3), `c "" 0, a "" 0, next `; got != want {
		t.Errorf("without the deleted one there are %s; want %s", got, want)
	}
	if _, err := store.Answer(t.Context(), "01900000-0000-7000-8000-000000000001"); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("an answer of a deleted conversation: %v", err)
	}
	late := &answer.Answer{ID: "01900000-0000-7000-8000-000000000003", ConversationID: ids[1], Question: "Until when?"}
	if err := store.SaveAnswer(t.Context(), late, false); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("an answer for a deleted conversation: %v", err)
	}
	if got, want := list("", 3), `c "" 0, a "" 0, next `; got != want {
		t.Errorf("after an answer came too late there are %s; want %s", got, want)
	}
	for _, id := range []string{ids[1], "no-id"} {
		if err := store.DeleteConversation(t.Context(), id); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("DeleteConversation(%q): %v", id, err)
		}
	}
}

// An answer that is stored when its transcript has just been deleted is stored without its words.
func TestAnswerOfWhatIsDeletedMeanwhile(t *testing.T) {
	t.Parallel()
	store, _ := openStore(t)
	d := lighthouse(t)
	stored, _, err := store.Save(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	made := func(id string) *answer.Answer {
		return &answer.Answer{
			ID: id, ConversationID: id, Text: "It reaches: “far” [1]", Statements: []answer.Statement{{Text: "It reaches: “far” [1]", Citations: []int{1}}},
			Citations: []answer.Citation{{Number: 1, Quote: "far", TranscriptID: stored.ID, AnswerStart: 13, AnswerEnd: 16}},
		}
	}
	saved, late := made("01900000-0000-7000-8000-000000000001"), made("01900000-0000-7000-8000-000000000002")
	if err := store.SaveAnswer(t.Context(), saved, true); err != nil || saved.Citations[0].Redacted {
		t.Fatalf("saved: %+v, %v", saved, err)
	}
	if err := store.Delete(t.Context(), stored.ID); err != nil {
		t.Fatal(err)
	}
	if err := store.SaveAnswer(t.Context(), late, true); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{saved.ID, late.ID} {
		if a, err := store.Answer(t.Context(), id); err != nil || !a.Citations[0].Redacted || strings.Contains(a.Text, "far") {
			t.Errorf("the answer is %+v, %v", a, err)
		}
	}
}

// Answers of a database in which words of deleted transcripts were kept lose them when it is migrated.
func TestMigrateRedacts(t *testing.T) {
	t.Parallel()
	store, url := openStore(t)
	const id = "01900000-0000-7000-8000-000000000001"
	for _, statement := range []string{
		`DROP INDEX answers_transcripts`, `ALTER TABLE answers DROP COLUMN transcripts`, `DELETE FROM schema_versions WHERE version_id = 17`,
		`INSERT INTO conversations (id) VALUES ('` + id + `')`,
		`INSERT INTO answers (conversation_id, id, created_at, answer) VALUES ('` + id + `', '` + id + `', now(), '{"id": "` + id + `", "conversation_id": "` + id + `",
			"text": "It reaches: “far” [1]", "citations": [{"number": 1, "quote": "far", "transcript_id": "` + id + `", "answer_start": 13, "answer_end": 16}], "nearest": null}')`,
	} {
		if _, err := store.Pool().Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if applied, err := postgres.Migrate(t.Context(), url); err != nil || applied != 1 {
		t.Fatalf("Migrate = %d, %v", applied, err)
	}
	if a, err := store.Answer(t.Context(), id); err != nil || a.Text != "[Redacted: the transcript has been deleted.] [1]" || !a.Citations[0].Redacted {
		t.Errorf("the answer is %+v, %v", a, err)
	}
}

// A list without a limit has a page of the usual length; one that is beyond the bounds is refused.
func TestLimitsOfLists(t *testing.T) {
	t.Parallel()
	store, _ := openStore(t)
	a := &answer.Answer{ID: "01900000-0000-7000-8000-000000000001", ConversationID: "01900000-0000-7000-8000-00000000000a", Question: "Why?"}
	if err := store.SaveAnswer(t.Context(), a, true); err != nil {
		t.Fatal(err)
	}
	if err := store.SaveFeedback(t.Context(), &answer.Feedback{ID: a.ID, AnswerID: a.ID, Rating: answer.RatingUp, CreatedAt: time.Now()}); err != nil {
		t.Fatal(err)
	}
	for limit, want := range map[int]int{0: 1, 1: 1, 200: 1, -1: -1, 201: -1} {
		answers, answersErr := store.Answers(t.Context(), answer.ConversationsQuery{Limit: limit})
		conversations, conversationsErr := store.Conversations(t.Context(), answer.ConversationsQuery{Limit: limit})
		feedback, feedbackErr := store.Feedback(t.Context(), answer.FeedbackQuery{Limit: limit})
		for what, got := range map[string]struct {
			entries int
			next    string
			err     error
		}{
			"Answers": {len(answers.Answers), answers.NextCursor, answersErr}, "Conversations": {len(conversations.Conversations), conversations.NextCursor, conversationsErr},
			"Feedback": {len(feedback.Feedback), feedback.NextCursor, feedbackErr},
		} {
			if refused := fault.CodeOf(got.err) == fault.Invalid; refused != (want < 0) || !refused && (got.err != nil || got.entries != want || got.next != "") {
				t.Errorf("%s with the limit %d: %+v", what, limit, got)
			}
		}
	}
}
