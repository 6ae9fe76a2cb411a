package main

import (
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/postgres"
)

func TestConfig(t *testing.T) {
	for _, test := range []struct {
		name  string
		env   map[string]string
		flags []string
		want  config
	}{
		{
			name: "nothing is set",
			env:  map[string]string{"HOME": "/home/una"},
			want: config{dataDir: "/home/una/.local/share/pullquote"},
		},
		{
			name: "XDG_DATA_HOME goes before the home",
			env:  map[string]string{"HOME": "/home/una", "XDG_DATA_HOME": "/data"},
			want: config{dataDir: "/data/pullquote"},
		},
		{
			name: "a relative XDG_DATA_HOME is none",
			env:  map[string]string{"HOME": "/home/una", "XDG_DATA_HOME": "data"},
			want: config{dataDir: "/home/una/.local/share/pullquote"},
		},
		{
			name: "without a home there is no data directory",
			want: config{},
		},
		{
			name: "everything from the environment",
			env: map[string]string{
				"DATABASE_URL": "postgres://db/pullquote", "PULLQUOTE_DATA_DIR": "/data", "PULLQUOTE_ADDR": "127.0.0.1:9000",
				"PULLQUOTE_PUBLIC_URL": "https://quotes.example", "PULLQUOTE_INSECURE_LISTEN": "1", "LOG_LEVEL": "debug",
				"PULLQUOTE_MEDIA_ORIGINS": "https://media.example", "PULLQUOTE_CORS_ORIGINS": "https://tools.example, http://localhost:3000",
				"OPENAI_API_KEY": "k1", "OPENAI_BASE_URL": "http://llm:1/v1", "PULLQUOTE_CHAT_MODEL": "c", "PULLQUOTE_EMBEDDING_MODEL": "m",
				"PULLQUOTE_EMBEDDING_DIMENSIONS": "8", "PULLQUOTE_EMBEDDING_BASE_URL": "http://vectors:1/v1", "PULLQUOTE_EMBEDDING_API_KEY": "k2",
				"PULLQUOTE_EMBEDDING_QUERY_PREFIX": "q: ", "PULLQUOTE_EMBEDDING_DOCUMENT_PREFIX": `read\nthis: `,
				"PULLQUOTE_RERANK_URL": "http://order:1/rerank", "PULLQUOTE_RERANK_MODEL": "r", "PULLQUOTE_RERANK_API_KEY": "k3",
				"PULLQUOTE_PROXY_HEADER": "X-Forwarded-User", "PULLQUOTE_PROXY_ADDRESSES": "10.0.0.7, fd00::/8",
				"PULLQUOTE_OIDC_ISSUER": "https://login.example", "PULLQUOTE_OIDC_CLIENT_ID": "quotes", "PULLQUOTE_OIDC_CLIENT_SECRET": "k4", "PULLQUOTE_OIDC_CLAIM": "sub",
				"PULLQUOTE_METRICS_TOKEN":    "0123456789abcdef0123456789abcdef",
				"PULLQUOTE_EXPAND_QUESTIONS": "1", "PULLQUOTE_KEEP_CONVERSATIONS": "365", "PULLQUOTE_KEEP_REDACTED": "30", "PULLQUOTE_KEEP_AUDIT": "730",
			},
			want: config{
				databaseURL: "postgres://db/pullquote", dataDir: "/data", addr: "127.0.0.1:9000",
				publicURL: "https://quotes.example", insecureListen: true, logLevel: "debug", mediaOriginList: "https://media.example", corsOrigins: "https://tools.example, http://localhost:3000",
				openAIKey: "k1", openAIBaseURL: "http://llm:1/v1", chatModel: "c", embeddingModel: "m",
				embeddingDimensions: 8, embeddingBaseURL: "http://vectors:1/v1", embeddingKey: "k2",
				queryPrefix: "q: ", documentPrefix: "read\nthis: ",
				rerankURL: "http://order:1/rerank", rerankModel: "r", rerankKey: "k3", expandQuestions: true,
				proxyHeader: "X-Forwarded-User", proxyAddressList: "10.0.0.7, fd00::/8",
				oidcIssuer: "https://login.example", oidcClientID: "quotes", oidcClientSecret: "k4", oidcClaim: "sub",
				keepConversations: 365, keepRedacted: 30, keepAudit: 730, metricsToken: "0123456789abcdef0123456789abcdef",
			},
		},
		{
			name:  "a flag goes before its variable",
			env:   map[string]string{"PULLQUOTE_ADDR": "127.0.0.1:9000", "PULLQUOTE_DATA_DIR": "/data", "PULLQUOTE_INSECURE_LISTEN": "1"},
			flags: []string{"--addr", "127.0.0.1:9001", "--data-dir=/other", "--insecure-listen=false"},
			want:  config{addr: "127.0.0.1:9001", dataDir: "/other"},
		},
		{
			name:  "even one that empties it, or that mends it",
			env:   map[string]string{"DATABASE_URL": "postgres://db/pullquote", "PULLQUOTE_EMBEDDING_DIMENSIONS": "many"},
			flags: []string{"--database-url=", "--embedding-dimensions", "8"},
			want:  config{embeddingDimensions: 8},
		},
		{
			name: "OpenAI's own models when there is only a key",
			env:  map[string]string{"OPENAI_API_KEY": "k1"},
			want: config{openAIKey: "k1", chatModel: openAIChatModel, embeddingKey: "k1", embeddingModel: openAIEmbeddingModel},
		},
		{
			name: "or a key for embeddings alone",
			env:  map[string]string{"PULLQUOTE_EMBEDDING_API_KEY": "k2"},
			want: config{embeddingKey: "k2", embeddingModel: openAIEmbeddingModel},
		},
		{
			name: "the prefixes that a model was trained with",
			env:  map[string]string{"OPENAI_BASE_URL": "http://llm:1/v1", "PULLQUOTE_EMBEDDING_MODEL": "nomic-embed-text"},
			want: config{
				openAIBaseURL: "http://llm:1/v1", embeddingBaseURL: "http://llm:1/v1", embeddingModel: "nomic-embed-text",
				queryPrefix: "search_query: ", documentPrefix: "search_document: ",
			},
		},
		{
			name: "or none where none is asked for",
			env: map[string]string{"OPENAI_BASE_URL": "http://llm:1/v1", "PULLQUOTE_EMBEDDING_MODEL": "nomic-embed-text",
				"PULLQUOTE_EMBEDDING_QUERY_PREFIX": "none", "PULLQUOTE_EMBEDDING_DOCUMENT_PREFIX": "none"},
			want: config{openAIBaseURL: "http://llm:1/v1", embeddingBaseURL: "http://llm:1/v1", embeddingModel: "nomic-embed-text"},
		},
		{
			name: "builtin where it is asked for",
			env:  map[string]string{"OPENAI_API_KEY": "k1", "PULLQUOTE_EMBEDDING_MODEL": "builtin"},
			want: config{embeddingModel: "builtin", openAIKey: "k1", chatModel: openAIChatModel, embeddingKey: "k1"},
		},
		{
			name: "another server's models are not known",
			env:  map[string]string{"OPENAI_BASE_URL": "http://llm:1/v1", "OPENAI_API_KEY": "k1"},
			want: config{openAIBaseURL: "http://llm:1/v1", openAIKey: "k1", embeddingBaseURL: "http://llm:1/v1", embeddingKey: "k1"},
		},
		{
			name: "a key goes to its own server only",
			env: map[string]string{
				"OPENAI_API_KEY": "k1", "PULLQUOTE_EMBEDDING_BASE_URL": "http://vectors:1/v1", "PULLQUOTE_EMBEDDING_MODEL": "m",
			},
			want: config{openAIKey: "k1", chatModel: openAIChatModel, embeddingBaseURL: "http://vectors:1/v1", embeddingModel: "m"},
		},
		{
			name: "a local server needs no key, only the name of its model",
			env:  map[string]string{"OPENAI_BASE_URL": "http://llm:1/v1", "PULLQUOTE_CHAT_MODEL": "c"},
			want: config{openAIBaseURL: "http://llm:1/v1", chatModel: "c", embeddingBaseURL: "http://llm:1/v1"},
		},
		{
			name: "a key for embeddings alone is none for chat",
			env:  map[string]string{"PULLQUOTE_EMBEDDING_API_KEY": "k2", "OPENAI_API_KEY": "", "PULLQUOTE_CHAT_MODEL": ""},
			want: config{embeddingKey: "k2", embeddingModel: openAIEmbeddingModel},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.want.addr == "" {
				test.want.addr = "127.0.0.1:8080"
			}
			if test.want.grace == 0 {
				test.want.grace = defaultGrace
			}
			if test.want.logLevel == "" {
				test.want.logLevel = "info"
			}
			got, err := resolved(t, test.env, test.flags)
			if err != nil {
				t.Fatal(err)
			}
			if got != test.want {
				t.Errorf("\n got %+v\nwant %+v", got, test.want)
			}
		})
	}
}

func TestConfigRefuses(t *testing.T) {
	for _, test := range []struct{ env, value, want string }{
		{"PULLQUOTE_ADDR", "8080", `PULLQUOTE_ADDR "8080" is not an address; write it as 127.0.0.1:8080`},
		{"PULLQUOTE_PUBLIC_URL", "quotes.example", `PULLQUOTE_PUBLIC_URL "quotes.example" is not a URL; write it as http://host:port`},
		{"PULLQUOTE_CORS_ORIGINS", "*", `PULLQUOTE_CORS_ORIGINS: "*" is no origin; write it as https://site.example, and others behind commas`},
		{"PULLQUOTE_CORS_ORIGINS", "https://tools.example/page", `PULLQUOTE_CORS_ORIGINS: "https://tools.example/page" is no origin; write it as https://site.example, and others behind commas`},
		{"PULLQUOTE_CORS_ORIGINS", "https://tools.example, null", `PULLQUOTE_CORS_ORIGINS: "null" is no origin; write it as https://site.example, and others behind commas`},
		{"PULLQUOTE_PUBLIC_URL", "ftp://quotes.example", `PULLQUOTE_PUBLIC_URL "ftp://quotes.example" is not a URL; write it as http://host:port`},
		{"OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318", `OTEL_EXPORTER_OTLP_ENDPOINT "collector:4318" is not a URL; write it as http://host:port`},
		{"OPENAI_BASE_URL", "http://", `OPENAI_BASE_URL "http://" is not a URL; write it as http://host:port`},
		{"PULLQUOTE_CHAT_MODEL", "c", `PULLQUOTE_CHAT_MODEL names a model, but no server; set OPENAI_BASE_URL, or OPENAI_API_KEY for OpenAI`},
		{"PULLQUOTE_EMBEDDING_BASE_URL", "http://vectors", `PULLQUOTE_EMBEDDING_BASE_URL names a server, but no model; set PULLQUOTE_EMBEDDING_MODEL too`},
		{"PULLQUOTE_RERANK_URL", "order:1", `PULLQUOTE_RERANK_URL "order:1" is not a URL; write it as http://host:port`},
		{"PULLQUOTE_RERANK_API_KEY", "r", `there is a key for a reranker, but no server; set PULLQUOTE_RERANK_URL`},
		{"PULLQUOTE_EXPAND_QUESTIONS", "1", `PULLQUOTE_EXPAND_QUESTIONS needs a chat model; set PULLQUOTE_CHAT_MODEL and its server, or unset it`},
		{"PULLQUOTE_PROXY_HEADER", "X Forwarded", `PULLQUOTE_PROXY_HEADER "X Forwarded" cannot name a person; use a header that has no other meaning, such as X-Forwarded-User`},
		{"PULLQUOTE_PROXY_HEADER", "cookie", `PULLQUOTE_PROXY_HEADER "cookie" cannot name a person; use a header that has no other meaning, such as X-Forwarded-User`},
		{"PULLQUOTE_PROXY_ADDRESSES", "10.0.0.7", `PULLQUOTE_PROXY_ADDRESSES names a proxy, but no header; set PULLQUOTE_PROXY_HEADER to that in which it says who has signed in`},
		{"PULLQUOTE_PROXY_ADDRESSES", "proxy.example", `PULLQUOTE_PROXY_ADDRESSES: "proxy.example" is no address; write it as 10.0.0.7 or 10.0.0.0/24, and others behind commas`},
		{"PULLQUOTE_OIDC_CLIENT_ID", "quotes", `OpenID Connect is configured without a provider; set PULLQUOTE_OIDC_ISSUER to its URL`},
		{"PULLQUOTE_OIDC_ISSUER", "https://login.example", `PULLQUOTE_OIDC_ISSUER is set without PULLQUOTE_OIDC_CLIENT_ID; set it to the id that the provider has for Pullquote`},
		{"PULLQUOTE_METRICS_TOKEN", "swordfish", "PULLQUOTE_METRICS_TOKEN is no token; use 32 letters, digits and marks or more, without blanks: `openssl rand -hex 32` prints one"},
		{"PULLQUOTE_METRICS_TOKEN", "a token of words that is long enough", "PULLQUOTE_METRICS_TOKEN is no token; use 32 letters, digits and marks or more, without blanks: `openssl rand -hex 32` prints one"},
		{"PULLQUOTE_INSECURE_LISTEN", "please", `PULLQUOTE_INSECURE_LISTEN "please" is neither yes nor no; give 1 for yes or 0 for no`},
	} {
		t.Run(test.env+"="+test.value, func(t *testing.T) {
			_, err := resolved(t, map[string]string{test.env: test.value}, nil)
			if fault.CodeOf(err) != fault.Invalid || fault.MessageOf(err) != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

// Every number of the configuration has a range, which the refusal of anything else tells, as a
// variable and as a flag: 0 and what is negative, a slip of the keyboard, a unit, digits that no
// number has. Only where 0 seconds mean what they say is it a value.
func TestNumbersOfTheConfiguration(t *testing.T) {
	ranges := map[string]struct {
		least, most int
		gives       string
	}{
		"PULLQUOTE_CONTEXT_TOKENS":       {1000, 10_000_000, "1000 to 10000000 tokens, or leave it out for what the model's window leaves"},
		"PULLQUOTE_CHAT_TIMEOUT":         {1, 90, "1 to 90 seconds, or leave it out for 60"},
		"PULLQUOTE_MODEL_CALLS":          {1, 10_000, "1 to 10000 calls, or leave it out for 32"},
		"PULLQUOTE_ANSWER_TIMEOUT":       {1, 3600, "1 to 3600 seconds, or leave it out for 120"},
		"PULLQUOTE_EMBEDDING_DIMENSIONS": {1, 4000, "1 to 4000 dimensions, or leave it out for the model's own"},
		"PULLQUOTE_DRAIN":                {0, 3600, "0 to 3600 seconds, or leave it out for none"},
		"PULLQUOTE_GRACE":                {0, 3600, "0 to 3600 seconds, or leave it out for 7"},
		"PULLQUOTE_KEEP_CONVERSATIONS":   {1, 36_500, "1 to 36500 days, or leave it out to keep all"},
		"PULLQUOTE_KEEP_REDACTED":        {1, 36_500, "1 to 36500 days, or leave it out to keep all"},
		"PULLQUOTE_KEEP_AUDIT":           {1, 36_500, "1 to 36500 days, or leave it out to keep all"},
	}
	numbers := 0
	for _, s := range new(config).settings() {
		if _, is := s.value.(*number); !is {
			continue
		}
		numbers++
		want, known := ranges[s.env]
		if !known {
			t.Errorf("%s has no range here", s.env)
		}
		for _, value := range []int{want.least, want.most} {
			if _, err := resolved(t, map[string]string{s.env: strconv.Itoa(value)}, nil); err != nil {
				t.Errorf("%s=%d: %v", s.env, value, err)
			}
		}
		for _, value := range []string{strconv.Itoa(want.least - 1), strconv.Itoa(want.most + 1), "-1", "-0x1", "2m", "90s", "1e3", "1_000", "0x10", "1.5", "many", "99999999999999999999"} {
			_, err := resolved(t, map[string]string{s.env: value}, nil)
			if message := fmt.Sprintf("%s %q is none; give %s", s.env, value, want.gives); fault.CodeOf(err) != fault.Invalid || fault.MessageOf(err) != message {
				t.Errorf("got %v, want %s", err, message)
			}
			flags := flag.NewFlagSet("", flag.ContinueOnError)
			flags.SetOutput(io.Discard)
			s.declare(flags)
			if err := flags.Parse([]string{"--" + s.flag() + "=" + value}); err == nil || !strings.HasSuffix(err.Error(), ": give "+want.gives) {
				t.Errorf("--%s=%s: %v", s.flag(), value, err)
			}
		}
	}
	if numbers != len(ranges) {
		t.Errorf("%d settings are numbers, want %d", numbers, len(ranges))
	}
}

// A number is left out by an empty flag, too, also where the environment has one.
func TestNumberLeftOut(t *testing.T) {
	got, err := resolved(t, map[string]string{"PULLQUOTE_GRACE": "9", "PULLQUOTE_KEEP_AUDIT": "30", "PULLQUOTE_ANSWER_TIMEOUT": "010"}, []string{"--grace=", "--keep-audit="})
	if err != nil || got.grace != defaultGrace || got.keepAudit != 0 || got.answerTimeout != 10 {
		t.Errorf("%+v, %v", got, err)
	}
}

// A provider of OpenID Connect needs a way back, and a word that nobody on the way can change.
func TestConfigOfOpenIDRefuses(t *testing.T) {
	for _, test := range []struct{ issuer, public, want string }{
		{"https://login.example", "", `PULLQUOTE_OIDC_ISSUER is set without PULLQUOTE_PUBLIC_URL, under which the provider leads browsers back; set it`},
		{"http://login.example", "https://quotes.example", `PULLQUOTE_OIDC_ISSUER "http://login.example" is not secure: what it says of persons could be another's; use https`},
		{"login.example", "https://quotes.example", `PULLQUOTE_OIDC_ISSUER "login.example" is not a URL; write it as http://host:port`},
		{"http://127.0.0.1:8090", "http://127.0.0.1:8080", ""},
	} {
		_, err := resolved(t, map[string]string{"PULLQUOTE_OIDC_ISSUER": test.issuer, "PULLQUOTE_OIDC_CLIENT_ID": "quotes", "PULLQUOTE_PUBLIC_URL": test.public}, nil)
		if (err != nil || test.want != "") && fault.MessageOf(err) != test.want {
			t.Errorf("%s: %v, want %s", test.issuer, err, test.want)
		}
	}
}

// Every secret may be in a file that a variable names.
func TestSecretsInFiles(t *testing.T) {
	dir := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	got, err := resolved(t, map[string]string{
		"DATABASE_URL_FILE": file("database", "postgres://desk:word@db/pullquote\n"), "OPENAI_API_KEY_FILE": file("openai", "k1"),
		"PULLQUOTE_EMBEDDING_API_KEY_FILE": file("embedding", "k2\r\n"), "PULLQUOTE_RERANK_API_KEY_FILE": file("rerank", "k3\n"), "PULLQUOTE_RERANK_URL": "http://order:1/rerank",
		"SLACK_BOT_TOKEN_FILE": file("bot", "xoxb-1\n"), "SLACK_APP_TOKEN_FILE": file("app", "xapp-1\n"), "SLACK_SIGNING_SECRET_FILE": file("signing", "s\n"),
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"postgres://desk:word@db/pullquote", "k1", "k3", "xoxb-1", "xapp-1", "s"}
	if read := []string{got.databaseURL, got.openAIKey, got.rerankKey, got.slackBotToken, got.slackAppToken, got.slackSigningSecret}; !slices.Equal(read, want) {
		t.Errorf("read %q, want %q", read, want)
	}
	for _, s := range new(config).settings() { // whatever is secret by its name, and the URLs, which have passwords in them
		if named := regexp.MustCompile("KEY|TOKEN$|SECRET|^DATABASE_").MatchString(s.env); named != slices.Contains(secrets, s.env) {
			t.Errorf("%s: is it a secret?", s.env)
		}
	}
	missing := filepath.Join(dir, "missing")
	for _, test := range []struct {
		name string
		env  map[string]string
		want string
	}{
		{"both are set", map[string]string{"OPENAI_API_KEY": "k", "OPENAI_API_KEY_FILE": missing}, "OPENAI_API_KEY and OPENAI_API_KEY_FILE are both set; unset one of them"},
		{"no file", map[string]string{"OPENAI_API_KEY_FILE": missing}, "OPENAI_API_KEY_FILE " + missing + " cannot be read (no such file or directory); name a file that this user may read"},
		{"nothing in it", map[string]string{"OPENAI_API_KEY_FILE": file("empty", "\n")}, "OPENAI_API_KEY_FILE " + filepath.Join(dir, "empty") + " has no secret in it; write it there as its only line"},
		{"more than a line", map[string]string{"OPENAI_API_KEY_FILE": file("lines", "one\ntwo\n")}, "OPENAI_API_KEY_FILE " + filepath.Join(dir, "lines") + " has no secret in it; write it there as its only line"},
	} {
		if _, err := resolved(t, test.env, nil); fault.CodeOf(err) != fault.Invalid || fault.MessageOf(err) != test.want {
			t.Errorf("%s: %v, want %s", test.name, err, test.want)
		}
	}
}

// What cannot be said of replicas is told before anything is connected to, without the passwords.
func TestReplicasAreConfigured(t *testing.T) {
	const primary = "postgres://desk:word@db1/pullquote"
	got, err := resolved(t, map[string]string{"DATABASE_URL": primary, "DATABASE_READ_URLS": primary + ", postgresql://desk:word@db2/pullquote"}, nil)
	if urls := got.readURLs(); err != nil || len(urls) != 2 || urls[0] != primary {
		t.Errorf("replicas %q, %v", urls, err)
	}
	for _, test := range []struct {
		name string
		env  map[string]string
		want string
	}{
		{"no primary", map[string]string{"DATABASE_READ_URLS": primary}, "DATABASE_READ_URLS names replicas, and DATABASE_URL no primary; set it, too"},
		{"no URLs", map[string]string{"DATABASE_URL": primary, "DATABASE_READ_URLS": "host=db2 password=word"}, "DATABASE_READ_URLS has something that is no URL; write each server as postgres://user:password@host:5432/database, and others behind commas"},
	} {
		if _, err := resolved(t, test.env, nil); fault.CodeOf(err) != fault.Invalid || fault.MessageOf(err) != test.want {
			t.Errorf("%s: %v, want %s", test.name, err, test.want)
		}
	}
	_, err = postgres.Open(t.Context(), "postgres://desk:word@db1,db2/pullquote", embeddings.NewBuiltin().Model(), slog.New(slog.DiscardHandler))
	if want := "DATABASE_URL names several servers; add target_session_attrs=read-write to it, so that only the primary is used"; fault.MessageOf(err) != want {
		t.Errorf("several servers: %v, want %s", err, want)
	}
}

func resolved(t *testing.T, env map[string]string, args []string) (config, error) {
	t.Helper()
	c := defaults()
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	c.declare(flags)
	if err := flags.Parse(args); err != nil {
		t.Fatal(err)
	}
	err := c.resolve(flags, func(name string) string { return env[name] })
	return c, err
}

func TestURLs(t *testing.T) {
	for _, test := range []struct{ addr, publicURL, links, local string }{
		{"127.0.0.1:8080", "", "http://127.0.0.1:8080", "http://127.0.0.1:8080"},
		{"0.0.0.0:8080", "", "http://localhost:8080", "http://localhost:8080"},
		{":8080", "", "http://localhost:8080", "http://localhost:8080"},
		{"[::]:8080", "", "http://localhost:8080", "http://localhost:8080"},
		{"[::1]:8080", "", "http://[::1]:8080", "http://[::1]:8080"},
		{"127.0.0.1:8080", "https://quotes.example/", "https://quotes.example", "http://127.0.0.1:8080"},
	} {
		c := config{addr: test.addr, publicURL: test.publicURL}
		if got := c.links(); got != test.links {
			t.Errorf("links at %s, public URL %q: %s, want %s", test.addr, test.publicURL, got, test.links)
		}
		if got := c.localURL(); got != test.local {
			t.Errorf("local URL at %s: %s, want %s", test.addr, got, test.local)
		}
	}
}

// TestSettingsAreDocumented holds the README's table of the configuration to the
// settings that there are.
func TestSettingsAreDocumented(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range new(config).settings() {
		if !regexp.MustCompile("(?m)^\\|.*`" + s.env + "`").Match(readme) {
			t.Errorf("README.md: no row of a table names %s", s.env)
		}
	}
}
