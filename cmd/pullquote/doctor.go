package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/encoder"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/llm"
	"github.com/pullquote/pullquote/internal/localpg"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/words"
)

// check looks at one thing. Its detail is what is so; its error is what is wrong
// and how to mend it.
type check struct {
	name string
	run  func(context.Context) (detail string, err error)
}

// finding is the outcome of a check, one line of the report.
type finding struct {
	Check  string `json:"check"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"`
}

const (
	checkTimeout  = 30 * time.Second
	serverTimeout = 4 * time.Second // a supervisor that asks does not wait for long
)

func doctorCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	asJSON := flags.Bool("json", false, "print JSON")
	server := flags.Bool("server", false, "only ask the server that runs at the listen address whether it is ready")
	return func(ctx context.Context, args []string) error {
		if err := noArguments(args); err != nil {
			return err
		}
		findings := examine(ctx, a.checks(*server))
		if err := ctx.Err(); err != nil {
			return err
		}
		if *asJSON {
			if err := a.printJSON(findings); err != nil {
				return err
			}
		}
		failed := 0
		for _, f := range findings {
			mark := "ok"
			if !f.OK {
				mark = "FAIL"
				failed++
			}
			if !*asJSON {
				fmt.Fprintf(a.stdout, "%-4s  %-14s  %s\n", mark, f.Check, words.InertLine(f.Detail))
			}
		}
		if failed > 0 {
			return fault.New(fault.Unavailable, "%d of %d checks failed; the report says how to mend them", failed, len(findings))
		}
		return nil
	}
}

// checks lists what the configuration depends on.
func (a *app) checks(serverOnly bool) []check {
	if serverOnly {
		return []check{{"server", a.checkServer}}
	}
	checks := []check{{"database", a.checkDatabase}, {"access", a.checkAccess}, {"retention", a.checkRetention}, {"embeddings", a.checkEmbeddings}, {"model", a.checkModel}}
	if len(a.config.readURLs()) > 0 {
		checks = slices.Insert(checks, 1, check{"replicas", a.checkReplicas})
	}
	if a.config.rerankURL+a.config.rerankModel != "" {
		checks = append(checks, check{"reranker", a.checkReranker})
	}
	if a.config.slackBotToken != "" {
		checks = append(checks, check{"slack", a.checkSlack})
	}
	if a.config.databaseURL == "" {
		checks = append([]check{{"data directory", a.checkDataDir}}, checks...)
	}
	return checks
}

// examine runs the checks one after the other, each with its own time-out.
func examine(ctx context.Context, checks []check) []finding {
	var findings []finding
	for _, c := range checks {
		ctx, cancel := context.WithTimeout(ctx, checkTimeout)
		detail, err := c.run(ctx)
		cancel()
		if err != nil {
			detail = fault.Line(err)
		}
		if detail == "" { // there is nothing to say
			continue
		}
		findings = append(findings, finding{c.name, err == nil, detail})
	}
	return findings
}

func (a *app) checkDataDir(context.Context) (string, error) {
	dir := a.config.dataDir
	if dir == "" {
		return "", fault.New(fault.Invalid, "there is no home directory to keep the data in; set PULLQUOTE_DATA_DIR")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fault.Wrap(err, fault.Unavailable, "%s cannot be made (%s); set PULLQUOTE_DATA_DIR", dir, cause(err))
	}
	probe, err := os.CreateTemp(dir, ".probe-*")
	if err != nil {
		return "", fault.Wrap(err, fault.Unavailable, "%s cannot be written to (%s); set PULLQUOTE_DATA_DIR", dir, cause(err))
	}
	probe.Close()
	if err := os.Remove(probe.Name()); err != nil {
		return "", err
	}
	room, known := localpg.Room(dir)
	switch {
	case !known:
		return dir, nil
	case room < leastRoom:
		return "", fault.New(fault.Unavailable, "%s has room for %d MB more, and the private database needs %d MB to go on: make room, or set PULLQUOTE_DATA_DIR to a folder on another disk", dir, room>>20, leastRoom>>20)
	}
	return fmt.Sprintf("%s, room for %d MB more", dir, room>>20), nil
}

// leastRoom is where a disk counts as full: the private database would soon have to end for
// want of its log's next segments.
const leastRoom = 2 * localpg.LeastRoom

func (a *app) checkDatabase(ctx context.Context) (string, error) {
	url, leave, err := a.database(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	d, err := postgres.Describe(ctx, url)
	if err != nil {
		return "", err
	}
	if err := postgres.Probe(ctx, url); err != nil {
		return "", err
	}
	a.described = &d
	where := "private"
	if a.config.databaseURL != "" {
		where = "DATABASE_URL"
	}
	detail := fmt.Sprintf("%s, Postgres %s, pgvector %s, schema %d of %d; %d transcripts, %d passages",
		where, d.Server, d.Vector, d.Schema, d.NewestSchema, d.Transcripts, d.Passages)
	if embedder, err := a.embedder(); err == nil {
		_, sentences := embedder.(embeddings.SpanEmbedder)
		detail += missingVectors(d, embedder.Model().Name, sentences)
	}
	return detail, nil
}

// checkReplicas says of each replica whether it is read from; one of those that are not is wrong,
// unless it is the primary.
func (a *app) checkReplicas(ctx context.Context) (string, error) {
	if d := a.described; d == nil || d.Schema < d.NewestSchema {
		return "", fault.New(fault.Unavailable, "nothing can be told of replicas until the database is there and has the newest schema; run pullquote migrate")
	}
	replicas, err := postgres.DescribeReplicas(ctx, a.config.databaseURL, a.config.readURLs())
	if err != nil {
		return "", err
	}
	var told []string
	wrong := false
	for _, r := range replicas {
		told = append(told, r.Name+": "+r.State)
		wrong = wrong || !r.InUse && !r.Primary
	}
	detail := strings.Join(told, "; ")
	if wrong {
		return "", fault.New(fault.Unavailable, "%s", detail)
	}
	return detail, nil
}

// checkAccess says who is let in, as far as the database was found to tell.
func (a *app) checkAccess(context.Context) (string, error) {
	d := a.described
	switch {
	case d == nil || d.Schema < d.NewestSchema && d.Schema > 0:
		return "", nil
	case d.Keys == 0 && a.config.signsIn():
		return "no key, and so nobody is let in at " + a.config.addr + "; pullquote keys create --person makes those under which persons act who sign in", nil
	case d.Keys == 0 && !a.reachable():
		return "no key: at " + a.config.addr + " whoever is on this machine may do everything, and nobody else is served", nil
	case d.Keys == 0 && a.config.insecureListen:
		return "no key: whoever reaches " + a.config.addr + " may do everything, by PULLQUOTE_INSECURE_LISTEN; pullquote keys create makes a key, and from then on every request needs one", nil
	case d.Keys == 0:
		return "", unguarded(a.config.addr)
	case d.ValidKeys == 0:
		return fmt.Sprintf("none of %d keys holds any more, and so nobody is let in at %s; pullquote keys create makes one", d.Keys, a.config.addr), nil
	}
	detail := fmt.Sprintf("every request to %s needs a key; %d of %d hold", a.config.addr, d.ValidKeys, d.Keys)
	if a.reachable() && !strings.HasPrefix(a.config.links(), "https://") {
		detail += "; others read keys on their way unless a proxy with TLS stands before it, which PULLQUOTE_PUBLIC_URL names"
	}
	return detail, nil
}

// checkRetention says how long things are kept.
func (a *app) checkRetention(context.Context) (string, error) {
	var parts []string
	for _, k := range []struct {
		what string
		days int
	}{{"conversations", a.config.keepConversations}, {"redacted answers", a.config.keepRedacted}, {"the log of acts", a.config.keepAudit}} {
		kept := "for ever"
		if k.days > 0 {
			kept = fmt.Sprintf("%d days", k.days)
		}
		parts = append(parts, k.what+" "+kept)
	}
	return strings.Join(parts, ", "), nil
}

// missingVectors says what the record lacks of vectors, with those of sentences where the
// configured model gives them; nothing where all is well.
func missingVectors(d postgres.Description, configured string, sentences bool) (told string) {
	if d.Waiting > 0 {
		told += fmt.Sprintf("; %d of them wait to be embedded, and only their words find them until then: pullquote serve embeds them, or any ingest", d.Waiting)
	}
	if d.Unembeddable > 0 {
		told += fmt.Sprintf("; %d of them cannot be embedded, and only their words find them (%s)", d.Unembeddable, d.Reason)
	}
	var lacks string
	n := d.Models[d.Serving]
	if d.Serving != "" && n+d.Waiting+d.Unembeddable < d.Passages {
		lacks = fmt.Sprintf("; %s has embedded only %d of them, the rest is found by its words alone", d.Serving, n)
	}
	if bare := n - d.Sentences[d.Serving]; sentences && d.Serving == configured && bare > 0 {
		lacks += fmt.Sprintf("; %d of them have no vectors of their sentences, which answers are chosen by", bare)
	}
	if d.Serving != "" && d.Serving != configured && d.Passages > 0 {
		lacks += fmt.Sprintf("; they are searched by the vectors of %s until all have those of %s, which has embedded %d", d.Serving, configured, d.Models[configured])
	}
	if lacks != "" {
		lacks += ": run pullquote reindex"
	}
	return told + lacks
}

func (a *app) checkEmbeddings(ctx context.Context) (string, error) {
	embedder, err := a.embedder()
	if err != nil {
		return "", err
	}
	if _, err := embedder.Embed(ctx, embeddings.Query, []string{"Is anybody there?"}); err != nil {
		return "", err
	}
	m := embedder.Model()
	detail := fmt.Sprintf("%s, %d dimensions", m.Name, m.Dimensions)
	if m.Builtin() && a.config.embeddingModel == "" {
		detail += "; it knows words, not what they mean: " + installEncoder
	}
	return detail, nil
}

func (a *app) checkReranker(ctx context.Context) (string, error) {
	reranker, err := a.reranker()
	if err != nil {
		return "", err
	}
	if m, ok := reranker.(*encoder.Lazy); ok {
		if err := m.Load(ctx); err != nil {
			return "", err
		}
	}
	start := time.Now()
	if _, err := reranker.Rerank(ctx, "Is anybody there?", []string{"Yes.", "No."}); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s, two texts in %d ms", reranker, time.Since(start).Milliseconds()), nil
}

func (a *app) checkSlack(ctx context.Context) (string, error) {
	bot, err := a.slackBot(new(services), nil)
	if err != nil {
		return "", err
	}
	return bot.Check(ctx)
}

func (a *app) checkModel(ctx context.Context) (string, error) {
	switch {
	case a.config.chatModel != "":
	case a.config.openAIBaseURL != "":
		return "none: answers are made of the record's sentences alone; set PULLQUOTE_CHAT_MODEL to a model that " + a.config.openAIBaseURL + " has", nil
	default:
		return "none: answers are made of the record's sentences alone; set OPENAI_API_KEY, or OPENAI_BASE_URL and PULLQUOTE_CHAT_MODEL", nil
	}
	client, err := a.chatClient(nil)
	if err != nil {
		return "", err
	}
	if err := client.Ping(ctx); err != nil {
		return "", err
	}
	return client.Name() + " at " + cmp.Or(a.config.openAIBaseURL, "OpenAI") + "; " + a.promptSize(ctx, client), nil
}

// promptSize says how much a model is shown, and why.
func (a *app) promptSize(ctx context.Context, client *llm.Client) string {
	size := answer.DefaultEvidence().Prompt
	tokens := size.Limit(client.PromptTokens(ctx, size.ReplyTokens))
	switch window := client.Window(ctx); {
	case a.config.contextTokens > 0:
		return fmt.Sprintf("prompts of up to %d tokens, by PULLQUOTE_CONTEXT_TOKENS", tokens)
	case window > 0:
		return fmt.Sprintf("prompts of up to %d tokens in a window of %d", tokens, window)
	default:
		return fmt.Sprintf("prompts of up to %d tokens, for its window is not known: set PULLQUOTE_CONTEXT_TOKENS if it is larger or smaller", tokens)
	}
}

// checkServer asks the server as a client would, though never through a proxy.
func (a *app) checkServer(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, serverTimeout)
	defer cancel()
	url := a.config.localURL()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/readyz", nil)
	if err != nil {
		return "", fault.Wrap(err, fault.Invalid, "%s is not an address; set PULLQUOTE_ADDR", url)
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		return "", fault.Wrap(err, fault.Unavailable, "no server answers at %s (%s); start it with pullquote serve, or set PULLQUOTE_ADDR", url, cause(err))
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return "", fault.New(fault.Unavailable, "the server at %s is not ready (%s); its log says why", url, response.Status)
	}
	return url + " is ready", nil
}
