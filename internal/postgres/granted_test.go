package postgres_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/retrieval"
)

// held is what the collection news has of everything.
type held struct {
	transcript, speaker, conversation, answer string
	sha256                                    string
}

// reach is a method of the Store that leads to the rows of a collection: whether it shows or
// changes something of the collection news.
type reach struct {
	method string
	does   func(ctx context.Context, s *postgres.Store, h held) (bool, error)
}

// shown is true for a list that has something.
func shown[T any](list []T, err error) (bool, error) { return len(list) > 0, err }

// done is true where there was no error.
func done(err error) (bool, error) { return err == nil, err }

// scoped asks something of a scope.
func scoped(ask func(ctx context.Context, s *postgres.Store, scope retrieval.Scope) (bool, error)) func(context.Context, *postgres.Store, held) (bool, error) {
	return func(ctx context.Context, s *postgres.Store, _ held) (bool, error) {
		scope, err := s.Scope(ctx, retrieval.Filter{Collection: "news"}, nil)
		if err != nil {
			return false, err
		}
		return ask(ctx, s, scope)
	}
}

// reaches are in an order in which each finds what the ones before have left.
func reaches(t testing.TB) []reach {
	lexemes := []retrieval.Lexeme{lighthouse(t).Passages[0].LexemeWeights()[0].Lexeme}
	return []reach{
		{"Answer", func(ctx context.Context, s *postgres.Store, h held) (bool, error) {
			_, err := s.Answer(ctx, h.answer)
			return done(err)
		}},
		{"Answers", func(ctx context.Context, s *postgres.Store, _ held) (bool, error) {
			page, err := s.Answers(ctx, answer.ConversationsQuery{Limit: 9})
			return shown(page.Answers, err)
		}},
		{"Collections", func(ctx context.Context, s *postgres.Store, _ held) (bool, error) { return shown(s.Collections(ctx)) }},
		{"Conversation", func(ctx context.Context, s *postgres.Store, h held) (bool, error) {
			_, err := s.Conversation(ctx, h.conversation)
			return done(err)
		}},
		{"Conversations", func(ctx context.Context, s *postgres.Store, _ held) (bool, error) {
			page, err := s.Conversations(ctx, answer.ConversationsQuery{Limit: 9})
			return shown(page.Conversations, err)
		}},
		{"Embedded", func(ctx context.Context, s *postgres.Store, h held) (bool, error) {
			return shown(s.Embedded(ctx, h.transcript, embeddings.NewBuiltin().Model()))
		}},
		{"Feedback", func(ctx context.Context, s *postgres.Store, _ held) (bool, error) {
			page, err := s.Feedback(ctx, answer.FeedbackQuery{Limit: 9})
			return shown(page.Feedback, err)
		}},
		{"Find", func(ctx context.Context, s *postgres.Store, h held) (bool, error) {
			_, found, err := s.Find(ctx, "news", h.sha256)
			return found, err
		}},
		{"Get", func(ctx context.Context, s *postgres.Store, h held) (bool, error) {
			_, err := s.Get(ctx, h.transcript)
			return done(err)
		}},
		{"List", func(ctx context.Context, s *postgres.Store, _ held) (bool, error) {
			page, err := s.List(ctx, retrieval.ListQuery{Collection: "news", Limit: 9})
			return shown(page.Transcripts, err)
		}},
		{"Names", func(ctx context.Context, s *postgres.Store, _ held) (bool, error) {
			return shown(s.Names(ctx, retrieval.NamesQuery{Filter: retrieval.Filter{Collection: "news"}, Limit: 9}))
		}},
		{"Namesakes", func(ctx context.Context, s *postgres.Store, _ held) (bool, error) {
			found, _, err := s.Namesakes(ctx, "news", "lighthouse.txt", 9)
			return shown(found, err)
		}},
		{"Original", func(ctx context.Context, s *postgres.Store, h held) (bool, error) {
			_, err := s.Original(ctx, h.transcript)
			return done(err)
		}},
		{"Questions", func(ctx context.Context, s *postgres.Store, h held) (bool, error) {
			return shown(s.Questions(ctx, h.conversation, 9))
		}},
		{"Scope", func(ctx context.Context, s *postgres.Store, _ held) (bool, error) {
			scope, err := s.Scope(ctx, retrieval.Filter{Collection: "news"}, nil)
			return scope.Passages > 0, err
		}},
		{"Speaker", func(ctx context.Context, s *postgres.Store, h held) (bool, error) {
			_, err := s.Speaker(ctx, h.speaker)
			return done(err)
		}},
		{"Speakers", func(ctx context.Context, s *postgres.Store, _ held) (bool, error) {
			page, err := s.Speakers(ctx, retrieval.SpeakersQuery{Collection: "news", Limit: 9})
			return shown(page.Speakers, err)
		}},
		{"Text", func(ctx context.Context, s *postgres.Store, h held) (bool, error) {
			_, err := s.Text(ctx, h.transcript)
			return done(err)
		}},
		{"Turns", func(ctx context.Context, s *postgres.Store, h held) (bool, error) {
			return shown(s.Turns(ctx, h.transcript))
		}},

		// Those that are led by a scope.
		{"Containing", scoped(func(ctx context.Context, s *postgres.Store, scope retrieval.Scope) (found bool, err error) {
			err = s.Containing(ctx, scope, retrieval.ContainingQuery{Lexemes: lexemes}, func(retrieval.ContainingTurn) error { found = true; return nil })
			return found, err
		})},
		{"CountSpeakers", scoped(func(ctx context.Context, s *postgres.Store, scope retrieval.Scope) (bool, error) {
			counts, err := s.CountSpeakers(ctx, scope, retrieval.CountQuery{Limit: 9})
			return counts.Turns > 0, err
		})},
		{"Exchanges", scoped(func(ctx context.Context, s *postgres.Store, scope retrieval.Scope) (found bool, err error) {
			err = s.Exchanges(ctx, scope, true, func(retrieval.Exchange) error { found = true; return nil })
			return found, err
		})},
		{"Hits", scoped(func(ctx context.Context, s *postgres.Store, scope retrieval.Scope) (bool, error) {
			return shown(s.Hits(ctx, scope, keysOf(ctx, s)))
		})},
		{"Lexical", scoped(func(ctx context.Context, s *postgres.Store, scope retrieval.Scope) (bool, error) {
			return shown(s.Lexical(ctx, scope, retrieval.LexicalQuery{Among: lexemes, Limit: 9}))
		})},
		{"Outline", scoped(func(ctx context.Context, s *postgres.Store, scope retrieval.Scope) (bool, error) {
			outline, err := s.Outline(ctx, scope, retrieval.OutlineQuery{Limit: 9})
			return outline.Turns > 0, err
		})},
		{"Semantic", scoped(func(ctx context.Context, s *postgres.Store, scope retrieval.Scope) (bool, error) {
			vector := make([]float32, scope.Model.Dimensions)
			vector[0] = 1
			return shown(s.Semantic(ctx, scope, retrieval.Vector{Model: scope.Model, Values: vector}, 9))
		})},
		{"SentenceVectors", scoped(func(ctx context.Context, s *postgres.Store, scope retrieval.Scope) (bool, error) {
			return shown(s.SentenceVectors(ctx, scope, keysOf(ctx, s)))
		})},
		{"WaitingTranscripts", scoped(func(ctx context.Context, s *postgres.Store, scope retrieval.Scope) (bool, error) {
			_, err := s.WaitingTranscripts(ctx, scope)
			return done(err)
		})},

		// Those that change something.
		{"Embargo", func(ctx context.Context, s *postgres.Store, h held) (bool, error) {
			_, err := s.Embargo(ctx, h.transcript, nil, "2020-01-01T00:00:00Z") // which has ended
			return done(err)
		}},
		{"EditSpeaker", func(ctx context.Context, s *postgres.Store, h held) (bool, error) {
			return shown(s.EditSpeaker(ctx, h.speaker, retrieval.SpeakerEdit{Name: "Ada Wick"}))
		}},
		{"KeepOriginal", func(ctx context.Context, s *postgres.Store, h held) (bool, error) {
			return done(s.KeepOriginal(ctx, h.transcript, []byte("file"), retrieval.Reading{}))
		}},
		{"NameConversation", func(ctx context.Context, s *postgres.Store, h held) (bool, error) {
			return done(s.NameConversation(ctx, h.conversation, "Light"))
		}},
		{"SaveFeedback", func(ctx context.Context, s *postgres.Store, h held) (bool, error) {
			return done(s.SaveFeedback(ctx, &answer.Feedback{ID: "01900000-0000-7000-8000-0000000000f2", AnswerID: h.answer, Rating: "up"}))
		}},
		{"SaveAnswer", func(ctx context.Context, s *postgres.Store, h held) (bool, error) {
			return done(s.SaveAnswer(ctx, &answer.Answer{
				ID: "01900000-0000-7000-8000-0000000000a2", ConversationID: h.conversation, Question: "Since when?", Filter: retrieval.Filter{Collection: "news"},
			}, false))
		}},
		{"Save", func(ctx context.Context, s *postgres.Store, h held) (bool, error) {
			d := lighthouse(t)
			d.SHA256 = strings.Repeat("cd", 32)
			_, _, err := s.Save(ctx, d)
			return done(err)
		}},
		{"SaveAll", func(ctx context.Context, s *postgres.Store, _ held) (bool, error) {
			_, err := s.SaveAll(ctx, "news", embeddings.NewBuiltin().Model(), slices.Values([]retrieval.PreparedTranscript{}))
			return done(err)
		}},
		{"DeleteAnswer", func(ctx context.Context, s *postgres.Store, h held) (bool, error) {
			return done(s.DeleteAnswer(ctx, h.answer))
		}},
		{"DeleteConversation", func(ctx context.Context, s *postgres.Store, h held) (bool, error) {
			return done(s.DeleteConversation(ctx, h.conversation))
		}},
		{"Delete", func(ctx context.Context, s *postgres.Store, h held) (bool, error) {
			return done(s.Delete(ctx, h.transcript))
		}},
		{"RenameCollection", func(ctx context.Context, s *postgres.Store, _ held) (bool, error) {
			_, err := s.RenameCollection(ctx, "news", "news")
			return done(err)
		}},
		{"DeleteCollection", func(ctx context.Context, s *postgres.Store, _ held) (bool, error) {
			_, err := s.DeleteCollection(ctx, "news")
			return done(err)
		}},
	}
}

// ungranted are the methods that lead to no rows of a collection, each with what it is for.
var ungranted = map[string]string{
	"Close": "connections", "Ping": "connections", "Pool": "connections", "Writable": "connections", "Replicas": "connections", "Guarded": "grants themselves",
	"Queues": "jobs, by their number",
	"AnyKey": "keys", "KeyByPrefix": "keys", "KeyOfPerson": "keys", "KeyOfSession": "keys", "Keys": "keys", "LimitKey": "keys", "RevokeKey": "keys", "SaveKey": "keys",
	"SaveSession": "keys", "DeleteSession": "keys", "UseKey": "keys", "CountRequest": "keys", "TakeTokens": "keys", "ReturnTokens": "keys",
	"Audit":   "the log, which only who sees everything reads: TestAudit",
	"Claim":   "repeated requests, each key's own: TestClaimsAreEachKeysOwn",
	"Reindex": "maintenance", "Settle": "maintenance", "Expire": "maintenance", "Serving": "maintenance", "Take": "maintenance", "Waiting": "maintenance",
	"NewConversation": "a conversation of whoever begins it: TestConversationIsSeenByThoseWhoSeeItsAnswers",
}

// keysOf are the first turn of each transcript.
func keysOf(ctx context.Context, s *postgres.Store) (keys []retrieval.TurnKey) {
	page, _ := s.List(ctx, retrieval.ListQuery{Collection: "news", Limit: 9})
	for _, stored := range page.Transcripts {
		keys = append(keys, retrieval.TurnKey{TranscriptID: stored.ID})
	}
	return keys
}

// Every method of the Store keeps to the grant of its context: without one nothing is seen of a
// guarded store, and nothing of a collection that a grant does not have.
func TestEveryMethodKeepsToTheGrant(t *testing.T) {
	t.Parallel()
	store, _ := openStore(t)
	h := hold(t, store)
	guarded := store.Guarded()
	all := reaches(t)
	for method := range reflect.TypeFor[*postgres.Store]().Methods() {
		known := slices.ContainsFunc(all, func(r reach) bool { return r.method == method.Name })
		if _, free := ungranted[method.Name]; known == free {
			t.Errorf("%s: say whether it leads to what a collection holds, and try it here", method.Name)
		}
	}
	others := access.Grant{Holder: "others", Scopes: access.Scopes(), Collections: []string{"other"}}
	none := access.Grant{Holder: "nobody", Scopes: access.Scopes()}
	for name, ctx := range map[string]context.Context{"no grant": t.Context(), "a grant of another collection": others.In(t.Context()), "a grant of none": none.In(t.Context())} {
		for _, r := range all {
			saw, err := r.does(ctx, guarded, h)
			if saw || err != nil && fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%s with %s: saw something is %t, %v", r.method, name, saw, err)
			}
		}
	}
	own := access.Grant{Holder: "own", Scopes: access.Scopes(), Collections: []string{"news", "other"}}
	for _, r := range all {
		if saw, err := r.does(own.In(t.Context()), guarded, h); !saw || err != nil {
			t.Errorf("%s with a grant of the collection: saw something is %t, %v", r.method, saw, err)
		}
	}
}

// hold stores something of everything in the collection news.
func hold(t *testing.T, store *postgres.Store) held {
	t.Helper()
	d := lighthouse(t)
	d.Filename, d.Original = "lighthouse.txt", []byte("file")
	stored, _, err := store.Save(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	speakers, err := store.Speakers(t.Context(), retrieval.SpeakersQuery{Collection: "news", Limit: 1})
	if err != nil || len(speakers.Speakers) == 0 {
		t.Fatal(speakers, err)
	}
	a := &answer.Answer{
		ID: "01900000-0000-7000-8000-0000000000a1", ConversationID: "01900000-0000-7000-8000-00000000000c", Question: "Why?",
		Filter: retrieval.Filter{Collection: "news"},
	}
	feedback := &answer.Feedback{ID: "01900000-0000-7000-8000-0000000000f1", AnswerID: a.ID, Rating: "up", CreatedAt: time.Now()}
	if err := errors.Join(store.SaveAnswer(t.Context(), a, true), store.SaveFeedback(t.Context(), feedback)); err != nil {
		t.Fatal(err)
	}
	return held{stored.ID, speakers.Speakers[0].ID, a.ConversationID, a.ID, d.SHA256}
}

// A conversation belongs to the collections of its answers, each of which may lean on the
// questions before; before its first answer to those of whoever began it.
func TestConversationIsSeenByThoseWhoSeeItsAnswers(t *testing.T) {
	t.Parallel()
	store, _ := openStore(t)
	grant := func(collections ...string) context.Context {
		return access.Grant{Holder: "key", Scopes: access.Scopes(), Collections: collections}.In(t.Context())
	}
	c := &answer.Conversation{ID: "01900000-0000-7000-8000-00000000000c", CreatedAt: time.Now()}
	if err := store.NewConversation(grant("press", "court"), c); err != nil {
		t.Fatal(err)
	}
	sees := func(when string, want string) {
		t.Helper()
		var got []string
		for _, collections := range []string{"press", "court", "press court", "court press shore"} {
			if _, err := store.Conversation(grant(strings.Fields(collections)...), c.ID); err == nil {
				got = append(got, collections)
			}
		}
		if all := strings.Join(got, ", "); all != want {
			t.Errorf("%s it is seen by %q, want %q", when, all, want)
		}
	}
	sees("without answers", "press court, court press shore")
	for i, in := range []string{"press", "court"} {
		a := &answer.Answer{ID: "01900000-0000-7000-8000-0000000000a" + string(rune('1'+i)), ConversationID: c.ID, Filter: retrieval.Filter{Collection: in}}
		if err := store.SaveAnswer(grant("press", "court"), a, false); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			sees("with an answer from press", "press, press court, court press shore")
			if err := store.SaveAnswer(grant("court"), &answer.Answer{ID: a.ID[:35] + "9", ConversationID: c.ID, Filter: retrieval.Filter{Collection: "court"}}, false); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("who sees only court continues it: %v", err)
			}
		}
	}
	sees("with an answer from both", "press court, court press shore")
	if _, err := store.Answer(grant("press"), "01900000-0000-7000-8000-0000000000a1"); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("an answer is seen without its conversation: %v", err)
	}
}

// The keys under which requests are repeated are each API key's own.
func TestClaimsAreEachKeysOwn(t *testing.T) {
	t.Parallel()
	store, _ := openStore(t)
	ids := map[string]string{}
	for i, holder := range []string{access.OperatorName, "one", "another"} {
		claim := answer.Claim{Key: "again", Digest: sha256.Sum256([]byte(holder)), ID: "01900000-0000-7000-8000-00000000000" + string(rune('1'+i))}
		id, err := store.Claim(access.Grant{Holder: holder}.In(t.Context()), claim)
		if err != nil || ids[id] != "" {
			t.Errorf("%s has the id of %q: %v", holder, ids[id], err)
		}
		ids[id] = holder
	}
}

// A limited key cannot take the name of a collection that it does not see, nor learn that
// there is one.
func TestRenameStaysWithinTheGrant(t *testing.T) {
	t.Parallel()
	store, _ := openStore(t)
	hold(t, store)
	ctx := access.Grant{Holder: "key", Scopes: access.Scopes(), Collections: []string{"news", "wire"}}.In(t.Context())
	for _, to := range []string{"court", "nowhere"} {
		if _, err := store.RenameCollection(ctx, "news", to); fault.CodeOf(err) != fault.Forbidden {
			t.Errorf("to %s: %v", to, err)
		}
	}
	if _, err := store.RenameCollection(ctx, "news", "wire"); err != nil {
		t.Fatal(err)
	}
	wire := access.Grant{Holder: "key", Scopes: access.Scopes(), Collections: []string{"wire"}}.In(t.Context())
	if page, err := store.Answers(wire, answer.ConversationsQuery{Limit: 9}); err != nil || len(page.Answers) != 1 {
		t.Errorf("the answers did not follow the collection: %+v, %v", page, err)
	}
}

func TestAudit(t *testing.T) {
	t.Parallel()
	store, _ := openStore(t)
	h := hold(t, store)
	key := access.Grant{Holder: "key-1", Scopes: access.Scopes(), Collections: []string{"news"}}
	if err := errors.Join(store.DeleteAnswer(t.Context(), h.answer), store.Delete(key.In(t.Context()), h.transcript)); err != nil {
		t.Fatal(err)
	}
	if err := store.Delete(key.In(t.Context()), h.transcript); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("deleting again: %v", err)
	}
	noted, err := store.Audit(t.Context(), 9)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range noted {
		got = append(got, n.By+" "+string(n.Act)+" "+n.Subject)
	}
	want := []string{"key-1 transcript deleted " + h.transcript, "operator answer deleted " + h.answer}
	if !slices.Equal(got, want) {
		t.Errorf("the log has %q, want %q", got, want)
	}
	if noted, err := store.Audit(key.In(t.Context()), 9); err != nil || len(noted) > 0 {
		t.Errorf("a key for one collection reads the log: %v, %v", noted, err)
	}
}
