package main

import (
	"flag"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	"github.com/pullquote/pullquote/internal/fault"
)

// config is the whole configuration. Each setting is a flag and an environment
// variable; the flag wins.
type config struct {
	databaseURL string
	dataDir     string
	addr        string
	publicURL   string
	logLevel    string

	openAIKey           string
	openAIBaseURL       string
	embeddingModel      string
	embeddingDimensions int
	embeddingBaseURL    string
	embeddingKey        string

	insecureListen bool

	settings []setting
}

// setting binds a flag to its environment variable.
type setting struct {
	value     *string
	name, env string
	usage     string
}

const (
	builtinModel = "builtin"
	openAIModel  = "text-embedding-3-small" // when there is a key and nothing else is said
	defaultAddr  = "127.0.0.1:8080"
)

// declare declares the settings as flags.
func (c *config) declare(flags *flag.FlagSet) {
	dimensions := new(string)
	insecure := new(string)
	c.settings = []setting{
		{&c.databaseURL, "database-url", "DATABASE_URL", "Postgres with pgvector; without it a private one is kept in the data directory"},
		{&c.dataDir, "data-dir", "PULLQUOTE_DATA_DIR", "data directory (default $XDG_DATA_HOME/pullquote or ~/.local/share/pullquote)"},
		{&c.addr, "addr", "PULLQUOTE_ADDR", "listen address (default " + defaultAddr + ")"},
		{&c.publicURL, "public-url", "PULLQUOTE_PUBLIC_URL", "base of the links in answers (default the listen address)"},
		{&c.logLevel, "log-level", "LOG_LEVEL", "debug, info, warn or error"},
		{&c.openAIKey, "openai-api-key", "OPENAI_API_KEY", "key of an OpenAI-compatible server"},
		{&c.openAIBaseURL, "openai-base-url", "OPENAI_BASE_URL", "base URL of an OpenAI-compatible server, such as http://localhost:11434/v1"},
		{&c.embeddingModel, "embedding-model", "PULLQUOTE_EMBEDDING_MODEL", "builtin, or an embedding model of the server's"},
		{dimensions, "embedding-dimensions", "PULLQUOTE_EMBEDDING_DIMENSIONS", "dimensions to ask that model for (default its own)"},
		{&c.embeddingBaseURL, "embedding-base-url", "PULLQUOTE_EMBEDDING_BASE_URL", "another server for embeddings"},
		{&c.embeddingKey, "embedding-api-key", "PULLQUOTE_EMBEDDING_API_KEY", "the key of that server"},
		{insecure, "insecure-listen", "PULLQUOTE_INSECURE_LISTEN", "1: listen beyond this machine although anybody there may read and write"},
	}
	for _, s := range c.settings {
		flags.StringVar(s.value, s.name, "", s.usage+" ["+s.env+"]")
	}
}

// resolve fills what no flag gave from the environment and the defaults, and
// says what cannot be.
func (c *config) resolve(getenv func(string) string) error {
	values := map[string]string{}
	for _, s := range c.settings {
		if *s.value == "" {
			*s.value = getenv(s.env)
		}
		values[s.env] = *s.value
	}
	if c.addr == "" {
		c.addr = defaultAddr
	}
	if c.logLevel == "" {
		c.logLevel = "info"
	}
	if n := values["PULLQUOTE_EMBEDDING_DIMENSIONS"]; n != "" {
		d, err := strconv.Atoi(n)
		if err != nil || d < 1 || d > 4000 {
			return fault.New(fault.Invalid, "PULLQUOTE_EMBEDDING_DIMENSIONS %q is not a number from 1 to 4000", n)
		}
		c.embeddingDimensions = d
	}
	c.insecureListen = values["PULLQUOTE_INSECURE_LISTEN"] == "1"
	c.resolveEmbedding()
	if err := c.resolveDataDir(getenv); err != nil {
		return err
	}
	return c.resolveURLs()
}

// resolveEmbedding lets the embedding server default to the chat server's, and
// the model to the built-in one, unless OpenAI itself is configured.
func (c *config) resolveEmbedding() {
	if c.embeddingBaseURL == "" {
		c.embeddingBaseURL = c.openAIBaseURL
	}
	if c.embeddingKey == "" {
		c.embeddingKey = c.openAIKey
	}
	if c.embeddingModel == "" {
		c.embeddingModel = builtinModel
		if c.embeddingKey != "" && c.embeddingBaseURL == "" {
			c.embeddingModel = openAIModel
		}
	}
}

func (c *config) resolveDataDir(getenv func(string) string) error {
	if c.dataDir == "" {
		base := getenv("XDG_DATA_HOME")
		if !filepath.IsAbs(base) {
			home, err := os.UserHomeDir()
			if err != nil {
				return fault.Wrap(err, fault.Invalid, "there is no home directory; set PULLQUOTE_DATA_DIR")
			}
			base = filepath.Join(home, ".local", "share")
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

func (c *config) resolveURLs() error {
	host, port, err := net.SplitHostPort(c.addr)
	if err != nil {
		return fault.New(fault.Invalid, "PULLQUOTE_ADDR %q is not an address; write it as 127.0.0.1:8080", c.addr)
	}
	if c.publicURL == "" {
		if host == "" || net.ParseIP(host).IsUnspecified() {
			host = "localhost"
		}
		c.publicURL = "http://" + net.JoinHostPort(host, port)
	}
	for name, value := range map[string]string{
		"PULLQUOTE_PUBLIC_URL": c.publicURL, "OPENAI_BASE_URL": c.openAIBaseURL, "PULLQUOTE_EMBEDDING_BASE_URL": c.embeddingBaseURL,
	} {
		if u, err := url.Parse(value); value != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
			return fault.New(fault.Invalid, "%s %q is not a URL; write it as http://host:port", name, value)
		}
	}
	return nil
}
