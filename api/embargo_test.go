package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// sealed is a transcript with words that are in nothing else: a whole, or the turns 2 and 3 of one.
type sealed struct {
	room
	secrets []string
	paths   []string // what is embargoed
}

// seal stores a transcript, and asks for its turn 3 before it is embargoed.
func (w *world) seal(title, asker, sayer, thing, question string) (s sealed) {
	w.t.Helper()
	file := fmt.Sprintf(`{"title":"The %s file","date":"2031-04-02","turns":[
		{"speaker":"Jon Elm","role":"question","text":"What does the harbour wall hold?"},
		{"speaker":"Ada Reed","role":"answer","text":"The harbour wall of %s holds for nine winters."},
		{"speaker":"%s","role":"question","text":"And what does %s do?"},
		{"speaker":"%s","role":"answer","text":"%s brings down the harbour wall in one winter, with its barges."}]}`, title, title, asker, thing, sayer, thing)
	stored, _, err := w.library.Add(w.t.Context(), retrieval.AddRequest{Data: []byte(file), Collection: "docks", Options: transcript.Options{Filename: title + ".json"}})
	w.check(err)
	turns, err := w.library.Turns(w.t.Context(), stored.ID)
	w.check(err)
	page, err := w.library.Speakers(w.t.Context(), retrieval.SpeakersQuery{Collection: "docks", Name: sayer, Limit: 1})
	w.check(err)
	a, err := w.answers.Answer(w.t.Context(), answer.Request{Question: question, Filter: retrieval.Filter{Collection: "docks", Transcript: stored.ID}}, nil)
	w.check(err)
	return sealed{room: room{"docks", stored.ID, page.Speakers[0].ID, a.ConversationID, a.ID, turns[3].Start, turns[3].End},
		secrets: append(strings.Fields(asker), append(strings.Fields(sayer), thing)...)}
}

// key makes a key for all collections.
func (w *world) key(scopes ...access.Scope) visitor {
	w.t.Helper()
	key, secret, err := w.keys.Create(w.t.Context(), access.Request{Name: "key", Scopes: scopes, Collections: []string{access.AllCollections}})
	w.check(err)
	return visitor{key: key, secret: secret, valid: true}
}

// embargoOf is the embargo of a transcript, as it is stored.
func (w *world) embargoOf(id string) retrieval.Embargo {
	w.t.Helper()
	stored, err := w.store.Get(access.WithEmbargoed(w.t.Context()), id)
	w.check(err)
	return stored.Embargo
}

// has is the first of a list that a text has.
func has(text string, list []string) string {
	for _, word := range list {
		if strings.Contains(text, word) {
			return word
		}
	}
	return ""
}

// management are the routes by which an administrator sees what is embargoed.
var management = []string{
	"GET /v1/transcripts", "GET /v1/transcripts/{id}", "GET /v1/transcripts/{id}/turns", "GET /v1/transcripts/{id}/text",
	"GET /v1/transcripts/{id}/original", "PATCH /v1/transcripts/{id}", "PATCH /v1/transcripts/{id}/turns/{n}", "POST /v1/transcripts/{id}/reparse",
	"GET /v1/collections", "GET /t/{id}",
}

// No upload lifts an embargo: of the file's next version, of one that is much like it, of the
// file itself.
func TestEmbargoIsLiftedByNoUpload(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 23)
	s := w.seal("Marrowgate", "Odo Fenwright", "Ida Pellworm", "Quarrelsea", "What comes down in one winter?")
	writer, admin := w.key(access.Read, access.Write), w.key(access.Scopes()...)
	if got := w.send(admin, sends("PATCH", `{"embargo":"for-good"}`, "/v1/transcripts/{t}")(s.room)); got.Code != http.StatusOK {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	for name, words := range map[string]string{
		"next version": `The harbour wall of Marrowgate holds for ten winters.`,
		"reworded":     `Nothing at all.","role":"answer"},{"speaker":"Ida Pellworm","role":"answer","text":"Quarrelsea pays for it.`,
	} {
		for _, embargo := range []string{"", "&embargo=2020-01-01"} {
			file := `{"title":"The Marrowgate file","date":"2031-04-02","turns":[{"speaker":"Jon Elm","role":"question","text":"What does the harbour wall hold?"},
				{"speaker":"Ada Reed","role":"answer","text":"` + words + `"},
				{"speaker":"Odo Fenwright","role":"question","text":"And what does Quarrelsea do?"},
				{"speaker":"Ida Pellworm","role":"answer","text":"` + name + embargo + `: Quarrelsea brings down the harbour wall in one winter, with its barges."}]}`
			got := w.send(writer, sends("POST", file, "/v1/transcripts?collection=docks&filename=Marrowgate.json"+embargo)(s.room))
			if got.Code != http.StatusCreated || !strings.Contains(got.Body.String(), `"embargo":"untold"`) || !strings.Contains(got.Body.String(), `"version":1`) {
				t.Errorf("%s%s: %d %s", name, embargo, got.Code, got.Body)
			}
			for _, request := range []*http.Request{
				posts("/v1/search", `{"query":"Quarrelsea harbour wall","filter":{"collection":"docks"}}`)(s.room),
				reads("/v1/transcripts?collection=docks")(s.room), reads("/v1/transcripts/{t}/text")(s.room),
			} {
				if found := w.send(writer, request).Body.String(); strings.Contains(found, "barges") || strings.Contains(found, "Marrowgate") {
					t.Errorf("%s%s: %s shows %s", name, embargo, request.URL, found)
				}
			}
		}
	}
}

// Who stores a file of the name of one under embargo learns that theirs is, too, and neither why
// nor until when, whatever they ask for, at first and again; a rehearsal, which leaves no trace, tells nothing. Administrators are told why, and
// when they lift the embargo of the one, nobody who reads it is told of the other.
func TestEmbargoOfANamesakeIsNotTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 24)
	s := w.seal("Marrowgate", "Odo Fenwright", "Ida Pellworm", "Quarrelsea", "What comes down in one winter?")
	writer, admin := w.key(access.Read, access.Write), w.key(access.Scopes()...)
	patch := func(id, embargo string) {
		t.Helper()
		if got := w.send(admin, sends("PATCH", `{"embargo":`+embargo+`}`, "/v1/transcripts/"+id)(s.room)); got.Code != http.StatusOK {
			t.Fatalf("%d %s", got.Code, got.Body)
		}
	}
	patch(s.room.transcript, `"2099-05-17"`)
	store := func(by visitor, words, query string) (stored retrieval.StoredTranscript, body string) {
		t.Helper()
		got := w.send(by, sends("POST", `{"turns":[{"speaker":"Jon Elm","role":"answer","text":"`+words+`"}]}`, "/v1/transcripts?collection=docks&filename=Marrowgate.json"+query)(s.room))
		if got.Code/100 != 2 {
			t.Fatalf("%s %s: %d %s", words, query, got.Code, got.Body)
		}
		if err := json.Unmarshal(got.Body.Bytes(), &stored); err != nil {
			t.Fatal(err)
		}
		return stored, got.Body.String()
	}
	if _, body := store(writer, "Wool is dear this winter.", "&dry_run=true"); strings.Contains(body, "embargo") {
		t.Errorf("a rehearsal tells of an embargo: %s", body)
	}
	for i, query := range []string{"", "&embargo=2098-01-01", "&embargo=2099-05-17", "&embargo=2100-01-01", "&embargo=for-good"} {
		words := fmt.Sprintf("Wool is %d pence this winter.", i+1)
		stored, body := store(writer, words, query)
		if stored.Embargo != retrieval.UntoldEmbargo || strings.Contains(body, "2099") || strings.Contains(body, "another file") || len(stored.Warnings) != 1 {
			t.Errorf("%q: the writer is told %s", query, body)
		}
		until := w.embargoOf(stored.ID)
		if want := max("2099-05-17T00:00:00Z", strings.TrimPrefix(query, "&embargo=")); !strings.HasPrefix(string(until), want) {
			t.Errorf("%q: it is embargoed until %s; want %s", query, until, want)
		}
		_, same := store(writer, words, "")
		for _, again := range []string{query, "&embargo=2020-01-01", "&embargo=2098-12-01", "&embargo=2099-05-17", "&embargo=2100-01-01", "&embargo=for-good", "&title=Wool"} {
			if _, body := store(writer, words, again); body != same {
				t.Errorf("%q, again with %q: the writer is told %s; want %s", query, again, body, same)
			}
			if now := w.embargoOf(stored.ID); now != until {
				t.Errorf("%q, again with %q: it is embargoed until %s; want %s", query, again, now, until)
			}
		}
		patch(stored.ID, "null")
		if read := w.send(writer, reads("/v1/transcripts/"+stored.ID)(s.room)); read.Code != http.StatusOK || strings.Contains(read.Body.String(), "embargo") {
			t.Errorf("%q, lifted: %d %s", query, read.Code, read.Body)
		}
	}
	if stored, body := store(admin, "Salt is dear this winter.", ""); stored.Embargo != "2099-05-17T00:00:00Z" || !strings.Contains(body, "another file of this name is under embargo") {
		t.Errorf("the administrator is told %s", body)
	}
	acts, err := w.store.Audit(t.Context(), 1)
	if err != nil || len(acts) != 1 || !strings.HasSuffix(acts[0].Subject, " until 2099-05-17T00:00:00Z, as a file of its name is") {
		t.Errorf("the log has %+v, %v", acts, err)
	}
}

// Nobody replaces what they may not see whole, and a file that is likest to it opens under no
// other: it stands beside it, embargoed. An administrator replaces it.
func TestEmbargoedIsReplacedByAdministratorsAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 26)
	writer, admin := w.key(access.Read, access.Write), w.key(access.Scopes()...)
	send := func(by visitor, file, query string, want int) (stored retrieval.StoredTranscript) {
		t.Helper()
		got := w.send(by, sends("POST", file, "/v1/transcripts?collection=docks"+query)(room{}))
		if got.Code != want {
			t.Fatalf("%s: %d %s; want %d", query, got.Code, got.Body, want)
		}
		if want < 300 {
			w.check(json.Unmarshal(got.Body.Bytes(), &stored))
		}
		return stored
	}
	file := func(sentences ...string) string {
		return `{"turns":[{"speaker":"Jon Elm","role":"statement","text":"` + strings.Join(sentences, `"},{"speaker":"Ada Reed","role":"statement","text":"`) + `"}]}`
	}
	const wall, mole, barge = "The wall holds.", "The mole leaks.", "Brindlemoor pays the barges."
	for name, test := range map[string]struct {
		path           string
		refused, again int // by its id, and its own file with another title
	}{"whole": {"", http.StatusNotFound, http.StatusOK}, "turn": {"/turns/3", http.StatusForbidden, http.StatusForbidden}} {
		query, crane := "&filename="+name+".json", "The crane "+name+" is sold."
		former := send(admin, file(wall, mole, crane, barge), query, http.StatusCreated)
		open := send(admin, file(wall, mole, "The tide "+name+" turns.", "The pier stands.", "The lamp burns."), query, http.StatusCreated)
		if got := w.send(admin, sends("PATCH", `{"embargo":"for-good"}`, "/v1/transcripts/"+former.ID+test.path)(room{})); got.Code != http.StatusOK {
			t.Fatalf("%d %s", got.Code, got.Body)
		}
		for _, words := range [][]string{{wall, mole, crane, "Somebody " + name + " pays."}, {wall, mole, crane, "Brindlemoor pays the barges!"}, {wall, mole, barge, "The tide " + name + " turns.", crane}} {
			beside := send(writer, file(words...), query, http.StatusCreated)
			if beside.Version != 1 || beside.Embargo != retrieval.UntoldEmbargo {
				t.Errorf("%s, %v: it is %+v", name, words, beside)
			}
		}
		send(writer, file(wall, mole, crane, barge), query, http.StatusOK)
		send(writer, file(wall, mole, crane, barge), query+"&title=Another", test.again)
		for _, dry := range []string{"", "&dry_run=true"} {
			send(writer, file(wall, name), query+"&replaces="+former.ID+dry, test.refused)
		}
		for _, id := range []string{former.ID, open.ID} {
			stored, err := w.store.Get(access.WithEmbargoed(t.Context()), id)
			w.check(err)
			if stored.CurrentID != id {
				t.Errorf("%s: %s was replaced by %s", name, id, stored.CurrentID)
			}
		}
		if next := send(writer, file(wall, mole, "The tide "+name+" turns.", "The pier stands.", "The lamp is out."), query, http.StatusCreated); next.Version != 2 || next.Embargo != "" {
			t.Errorf("%s: the next version of what is open is %+v", name, next)
		}
		if next := send(admin, file(wall, mole, crane, "Brindlemoor pays for "+name+"."), query+"&replaces="+former.ID, http.StatusCreated); next.Version != 2 {
			t.Errorf("%s: the administrator's is %+v", name, next)
		}
	}
}

// What is embargoed is shown by no route, tool, export or page to who has no admin key, and to
// who has one only where transcripts are managed. All of it comes back when the embargo is
// lifted, or has ended.
func TestEmbargoIsKeptByEveryRoute(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 23)
	partly := w.seal("Openshore", "Wim Teasel", "Vera Sealwick", "Brindlemoor", "What comes down in one winter?")
	whole := w.seal("Marrowgate", "Odo Fenwright", "Ida Pellworm", "Quarrelsea", "What comes down in one winter?")
	whole.secrets = append(whole.secrets, "Marrowgate")
	partly.paths = []string{"/v1/transcripts/{t}/turns/2", "/v1/transcripts/{t}/turns/3"}
	whole.paths = []string{"/v1/transcripts/{t}"}
	reader, admin := w.key(access.Read, access.Write), w.key(access.Scopes()...)

	embargo := func(value string) {
		t.Helper()
		for _, s := range []sealed{partly, whole} {
			for _, path := range s.paths {
				if got := w.send(admin, sends("PATCH", `{"embargo":`+value+`}`, path)(s.room)); got.Code != http.StatusOK {
					t.Fatalf("embargo %s: %d %s", value, got.Code, got.Body)
				}
			}
		}
	}
	// shown are the steps by which a key sees secrets of a transcript.
	shown := func(v visitor, s sealed) map[string]string {
		found := map[string]string{}
		for _, step := range steps() {
			if step.takes || step.only != "" || step.need == access.Admin || step.pattern == "POST /v1/transcripts" && step.name == "" ||
				strings.HasPrefix(step.pattern, "PATCH /v1/t") || strings.HasSuffix(step.pattern, "/reparse") || strings.HasPrefix(step.pattern, "PATCH /v1/s") {
				continue
			}
			got := w.send(v, step.send(s.room))
			if word := has(got.Body.String(), s.secrets); word != "" {
				found[step.pattern+" "+step.name] = word
			}
		}
		return found
	}
	same := func(when string, a, b map[string]string) {
		t.Helper()
		for step := range a {
			if b[step] == "" {
				t.Errorf("%s: %s shows nothing any more", when, step)
			}
		}
	}
	before := [2]map[string]string{shown(reader, partly), shown(reader, whole)}
	if len(before[0]) < 15 || len(before[1]) < 20 {
		t.Fatalf("too little shows the secrets at all: %v", before)
	}

	embargo(`"2999-01-01T12:00:00+02:00"`)
	for i, s := range []sealed{partly, whole} {
		if found := shown(reader, s); len(found) > 0 {
			t.Errorf("transcript %d is embargoed, and a key without admin sees %v", i, found)
		}
		for step, word := range shown(admin, s) {
			pattern := step[:strings.LastIndexByte(step, ' ')]
			if name := has(pattern+"$", mapped(management, func(p string) string { return p + "$" })); name == "" {
				t.Errorf("transcript %d is embargoed, and %s shows an administrator %s", i, step, word)
			}
		}
		// Whoever has the words learns nothing by them.
		for _, body := range []string{
			`/v1/verify {"text":"“{thing} brings down the harbour wall in one winter, with its barges,” {sayer} said.","filter":{"collection":"docks"}}`,
			`/v1/mentions {"phrase":"{thing}","filter":{"collection":"docks"}}`,
			`/v1/search {"query":"what does {sayer} say","filter":{"collection":"docks","speaker":"{sayer}"}}`,
		} {
			target, body, _ := strings.Cut(body, " ")
			ask := func(thing, sayer string) string {
				got := w.send(reader, sends("POST", strings.NewReplacer("{thing}", thing, "{sayer}", sayer).Replace(body), target)(s.room))
				return strings.NewReplacer(thing, "…", sayer, "…", "Ida", "…", "Vera", "…").Replace(got.Body.String())
			}
			sayer, thing := s.secrets[3], s.secrets[4]
			if got, want := ask(thing, sayer), ask("Zzyxqvtrkwp"[:len(thing)], "Xqzvbnmtrkw"[:len(sayer)]); got != want {
				t.Errorf("%s of what is embargoed says\n%s\nand of what is not there\n%s", target, got, want)
			}
		}
		for _, request := range []string{`/v1/transcripts/{t} {"title":"Another"}`, `/v1/transcripts/{t} {"embargo":null}`, `/v1/transcripts/{t}/turns/1 {"role":"statement"}`} {
			target, body, _ := strings.Cut(request, " ")
			if got := w.send(reader, sends("PATCH", body, target)(s.room)); got.Code != http.StatusForbidden && got.Code != http.StatusNotFound {
				t.Errorf("who may not see transcript %d changes it by %s: %d %s", i, request, got.Code, got.Body)
			}
		}
	}
	// Nor is it replaced by who has its id; and what comes with an embargo is there for nobody.
	const file = `{"turns":[{"speaker":"Jon Elm","role":"statement","text":"Stenwick pays."}]}`
	if got := w.send(reader, sends("POST", file, "/v1/transcripts?collection=docks&filename=x.json&replaces={t}")(whole.room)); got.Code != http.StatusNotFound {
		t.Errorf("it is replaced: %d %s", got.Code, got.Body)
	}
	if got := w.send(reader, sends("POST", file, "/v1/transcripts?collection=docks&filename=x.json&embargo=for-good")(whole.room)); got.Code != http.StatusCreated || !strings.Contains(got.Body.String(), `"embargo":"for-good"`) {
		t.Errorf("it is stored: %d %s", got.Code, got.Body)
	}
	// Nor is what is closed in part deleted, or its file's hash told.
	if got := w.send(reader, sends("DELETE", "", "/v1/transcripts/{t}")(partly.room)); got.Code != http.StatusForbidden {
		t.Errorf("it is deleted: %d %s", got.Code, got.Body)
	}
	if got := w.send(reader, reads("/v1/transcripts/{t}/original")(partly.room)); got.Code != http.StatusForbidden || !strings.Contains(got.Body.String(), "may not be shown to you, nor may its file") {
		t.Errorf("its file: %d %s", got.Code, got.Body)
	}
	for _, target := range []string{"/v1/transcripts/{t}", "/v1/answers/{a}"} {
		if got := w.send(reader, reads(target)(partly.room)).Body.String(); !strings.Contains(got, `sha256":"`+retrieval.UntoldSHA256) {
			t.Errorf("%s tells the hash: %s", target, got)
		}
	}
	if got := w.send(reader, reads("/v1/transcripts?collection=docks")(whole.room)).Body.String(); strings.Contains(got, "x.json") {
		t.Errorf("it is listed: %s", got)
	}
	// A misspelling leads to no word that is embargoed.
	if got := w.send(reader, posts("/v1/search", `{"query":"brindlemor quarelsea sealwik pelworm","filter":{"collection":"docks"}}`)(partly.room)).Body.String(); has(got, append(partly.secrets, whole.secrets...)) != "" {
		t.Errorf("it suggests %s", got)
	}
	// A stored answer says why its words are gone.
	if got := w.send(reader, reads("/v1/answers/{a}")(partly.room)).Body.String(); !strings.Contains(got, "may not be shown at present") {
		t.Errorf("the answer has no notice: %s", got)
	}
	// A new version keeps it.
	got := w.send(admin, sends("PATCH", `{"role":"statement"}`, "/v1/transcripts/{t}/turns/1")(partly.room))
	if got.Code != http.StatusOK || !strings.Contains(got.Body.String(), `"embargoed_turns":[{"turn":2,`) {
		t.Fatalf("the new version: %d %s", got.Code, got.Body)
	}
	old := partly.room
	partly.transcript = strings.TrimPrefix(got.Header().Get("Location"), "/v1/transcripts/")
	for _, version := range []room{old, partly.room} {
		for _, target := range []string{"/v1/transcripts/{t}", "/v1/transcripts/{t}/turns", "/v1/transcripts/{t}/text"} {
			if body := w.send(reader, reads(target)(version)).Body.String(); has(body, partly.secrets) != "" {
				t.Errorf("%s of %s shows %s", target, version.transcript, body)
			}
		}
	}

	embargo(`"2020-01-01"`) // has ended
	same("ended", before[0], shown(reader, partly))
	same("ended", before[1], shown(reader, whole))
	embargo(`"for-good"`)
	if found := shown(reader, whole); len(found) > 0 {
		t.Errorf("for good: a key without admin sees %v", found)
	}
	embargo(`null`)
	same("lifted", before[0], shown(reader, partly))
	same("lifted", before[1], shown(reader, whole))
}

// A name that one upload has barred for others is free again when an administrator has lifted
// its embargo, and that of each file that has it from the name; until then administrators store under it.
func TestBarredNameIsFreed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 28)
	writer, other, admin := w.key(access.Read, access.Write), w.key(access.Read, access.Write), w.key(access.Scopes()...)
	store := func(by visitor, words, query string) (stored retrieval.StoredTranscript) {
		t.Helper()
		got := w.send(by, sends("POST", `{"turns":[{"speaker":"Jon Elm","role":"statement","text":"`+words+`"}]}`, "/v1/transcripts?collection=docks&filename=notes.json"+query)(room{}))
		if got.Code != http.StatusCreated {
			t.Fatalf("%s %s: %d %s", words, query, got.Code, got.Body)
		}
		w.check(json.Unmarshal(got.Body.Bytes(), &stored))
		return stored
	}
	lift := func(id string) {
		t.Helper()
		if got := w.send(admin, sends("PATCH", `{"embargo":null}`, "/v1/transcripts/"+id)(room{})); got.Code != http.StatusOK {
			t.Fatalf("%d %s", got.Code, got.Body)
		}
	}
	bar := store(writer, "Wool is dear.", "&embargo=for-good")
	barred := store(other, "Salt is dear.", "")
	if bar.Embargo != retrieval.ForGood || barred.Embargo != retrieval.UntoldEmbargo {
		t.Fatalf("the name is not barred: %+v, %+v", bar, barred)
	}
	if got := store(admin, "Tar is dear.", "&embargo=2020-01-01"); got.Embargo != "" {
		t.Errorf("the administrator's is embargoed: %+v", got)
	}
	lift(bar.ID)
	if got := store(other, "Rope is dear.", ""); got.Embargo != retrieval.UntoldEmbargo {
		t.Errorf("a file that has the embargo of the name has lost it: %+v", got)
	} else {
		lift(got.ID)
	}
	lift(barred.ID)
	if got := store(other, "Hemp is dear.", ""); got.Embargo != "" {
		t.Errorf("the name is barred still: %+v", got)
	}
}

// A collection of which everything is embargoed is told from none by no route of reading.
func TestEmbargoedCollectionIsNotThere(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 27)
	reader, admin := w.key(access.Read, access.Write), w.key(access.Scopes()...)
	const file = `{"title":"Vault","date":"2031-04-02","turns":[{"speaker":"Jon Elm","role":"question","text":"Who pays?"},{"speaker":"Ada Reed","role":"answer","text":"Brindlemoor pays for the barges."}]}`
	if got := w.send(admin, sends("POST", file, "/v1/transcripts?collection=vault&filename=v.json&embargo=for-good")(room{})); got.Code != http.StatusCreated {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	for _, request := range []string{
		`/v1/search {"query":"who pays for the barges","filter":{"collection":"%s"}}`,
		`/v1/search {"query":"barges","filter":{"collection":"%s","speaker":"Ada Reed","from":"2030-01-01"}}`,
		`/v1/mentions {"phrase":"barges","filter":{"collection":"%s"}}`,
		`/v1/verify {"text":"“Brindlemoor pays for the barges,” Reed said.","filter":{"collection":"%s"}}`,
		`/v1/questions?collection=%s`, `/v1/speakers?collection=%s`, `/v1/transcripts?collection=%s`,
	} {
		ask := func(collection string) string {
			target, body, posted := strings.Cut(fmt.Sprintf(request, collection), " ")
			sent := reads(target)
			if posted {
				sent = posts(target, body)
			}
			got := w.send(reader, sent(room{}))
			return fmt.Sprint(got.Code, strings.ReplaceAll(got.Body.String(), collection, "…"))
		}
		if got, want := ask("vault"), ask("vaulx"); got != want {
			t.Errorf("%s of what is embargoed says\n%s\nand of what is not there\n%s", request, got, want)
		}
	}
}

func mapped(list []string, f func(string) string) (all []string) {
	for _, s := range list {
		all = append(all, f(s))
	}
	return all
}
