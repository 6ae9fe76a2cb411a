package main

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault/faulttest"
	"github.com/pullquote/pullquote/internal/llm"
	"github.com/pullquote/pullquote/internal/llm/llmtest"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/rerank"
	"github.com/pullquote/pullquote/internal/rerank/reranktest"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// nobody is where no server listens.
const nobody = "http://127.0.0.1:1/v1"

// TestFailures makes whatever the program depends on fail, and shows what a client
// and the operator are told of it.
func TestFailures(t *testing.T) {
	t.Parallel()
	var all []faulttest.Failure
	for _, some := range []func(*testing.T) []faulttest.Failure{programFailures, fileFailures, embeddingFailures, modelFailures, rerankerFailures} {
		all = append(all, some(t)...)
	}
	faulttest.Check(t, "testdata/failures.txt", all)
}

func programFailures(t *testing.T) []faulttest.Failure {
	builtin := embeddings.NewBuiltin()
	_, unreachable := postgres.Open(t.Context(), "postgres://user:secret@127.0.0.1:1/record", builtin.Model(), slog.New(slog.DiscardHandler))
	_, unembedded := retrieval.Only(builtin)(embeddings.Model{Name: "letters", Dimensions: 8})
	service := answer.NewService(nil, nil, nil, "", slog.New(slog.DiscardHandler))
	_, modelless := service.Answer(t.Context(), answer.Request{Question: "When?", Mode: answer.ModeLLM}, nil)
	return []faulttest.Failure{
		{When: "the database: it does not run", Err: unreachable},
		{When: "anything: it takes too long", Err: fmt.Errorf("answer: %w", context.DeadlineExceeded)},
		{When: "anything: an error that nobody has put into words", Err: errors.New("open /var/lib/pullquote/salt: permission denied")},
		{When: "the record: it is embedded by a model that is not configured", Err: unembedded},
		{When: "the model: none is configured, and one is asked for", Err: modelless},
	}
}

func fileFailures(t *testing.T) []faulttest.Failure {
	parse := func(name string, data []byte) error {
		_, err := transcript.Parse(t.Context(), data, transcript.Options{Filename: name})
		return err
	}
	return []faulttest.Failure{
		{When: "a file: it is empty", Err: parse("a.txt", nil)},
		{When: "a file: it has no turns", Err: parse("a.txt", []byte("Nobody says anything here.\n"))},
		{When: "a file: it is a picture", Err: parse("a.txt", []byte("\x89PNG\r\n"))},
		{When: "a file: it is a lock file", Err: parse("~$a.docx", []byte("\x08Jane Roe"))},
		{When: "a file: it is an e-mail", Err: parse("a.eml", []byte("From: Jane Roe\nMessage-ID: <1@quay>\n\nIt held.\n"))},
		{When: "a file: it is source code", Err: parse("a.go", []byte("package a\n"))},
		{When: "a file: it is an archive of transcripts", Err: parse("a.zip", zipped(t, "a.txt", "MS. ROE: Yes.\n"))},
		{When: "a file: it is no text", Err: parse("a.txt", []byte("MS. ROE: Yes.\x00\n"))},
		{When: "a PDF: it is damaged", Err: parse("a.pdf", []byte("%PDF-1.7\n"))},
		{When: "a Word document: it is damaged", Err: parse("a.docx", damagedWord(t))},
	}
}

// damagedWord is a Word document whose text breaks off.
func damagedWord(t *testing.T) []byte {
	t.Helper()
	return zipped(t, "word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>JANE`)
}

// zipped is a ZIP archive of one file.
func zipped(t *testing.T, name, data string) []byte {
	t.Helper()
	var file bytes.Buffer
	archive := zip.NewWriter(&file)
	part, err := archive.Create(name)
	if err == nil {
		_, err = part.Write([]byte(data))
	}
	if err = errors.Join(err, archive.Close()); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// instead is a server that gives everybody this answer. What it asks to be spared
// for an hour is not tried again.
func instead(t *testing.T, status int, body string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "3600")
		reranktest.Body(status, body).ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL + "/v1"
}

func embeddingFailures(t *testing.T) []faulttest.Failure {
	embed := func(config embeddings.OpenAIConfig) error {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second) // too short to try again for long
		defer cancel()
		e, err := embeddings.NewOpenAI(config)
		if err == nil {
			_, err = e.Embed(ctx, embeddings.Query, []string{"When?"})
		}
		return err
	}
	answered := func(status int, body string) error {
		return embed(embeddings.OpenAIConfig{BaseURL: instead(t, status, body), Model: "letters"})
	}
	return []faulttest.Failure{
		{When: "the embedding server: its address is none", Err: embed(embeddings.OpenAIConfig{BaseURL: "localhost", Model: "letters"})},
		{When: "the embedding server: it does not run", Err: embed(embeddings.OpenAIConfig{BaseURL: nobody, Model: "letters"})},
		{When: "the embedding server: it refuses the key", Err: answered(401, `{"error":{"message":"bad key"}}`)},
		{When: "the embedding server: it has not the model", Err: answered(404, `{"error":{"message":"model not found"}}`)},
		{When: "the embedding server: it has no embeddings", Err: answered(404, "404 page not found")},
		{When: "the embedding server: it is busy", Err: answered(429, `{"error":{"message":"slow down"}}`)},
		{When: "the embedding server: its account is empty", Err: answered(429, `{"error":{"message":"top up","code":"insufficient_quota"}}`)},
		{When: "the embedding server: it fails", Err: answered(500, `{"error":{"message":"CUDA out of memory at 0x7f"}}`)},
		{When: "the embedding server: it does not take the text", Err: answered(400, `{"error":{"message":"no"}}`)},
		{When: "the embedding server: it gives something else", Err: answered(200, `<html>`)},
		{When: "the embedding server: it gives other vectors than configured", Err: embed(embeddings.OpenAIConfig{
			BaseURL: instead(t, 200, `{"data":[{"embedding":[1,2],"index":0}]}`), Model: "letters", Dimensions: 3,
		})},
	}
}

func modelFailures(t *testing.T) []faulttest.Failure {
	complete := func(url, key string, timeouts llm.Timeouts) error {
		client, err := llm.New(llm.Config{BaseURL: url, APIKey: key, Model: "scripted", FirstPause: time.Millisecond, Timeouts: timeouts})
		if err == nil {
			_, err = client.Complete(t.Context(), answer.Prompt{User: "When?"}, func(string) error { return nil })
		}
		return err
	}
	patient := llm.Timeouts{}
	soon := llmtest.Always(llmtest.Say("It is soon."))
	locked := llmtest.New(t, soon, llmtest.WithKey("right"))
	failures := []faulttest.Failure{
		{When: "the model: its server does not run", Err: complete(nobody, "", patient)},
		{When: "the model: its server wants a key", Err: complete(locked.URL, "", patient)},
		{When: "the model: its server refuses the key", Err: complete(locked.URL, "wrong", patient)},
		{When: "the model: its server forbids it", Err: complete(instead(t, 403, `{"error":{"message":"not in your country"}}`), "", patient)},
		{When: "the model: something else is at its address", Err: complete(instead(t, 404, "404 page not found"), "", patient)},
	}
	timeouts := map[string]llm.Timeouts{
		"silence":                  {FirstToken: 50 * time.Millisecond},
		"silence within the reply": {BetweenTokens: 50 * time.Millisecond},
	}
	for _, f := range llmtest.Faults(soon) {
		if !f.Passes && f.Name != "401" {
			failures = append(failures, faulttest.Failure{When: "the model: " + f.Name, Err: complete(llmtest.New(t, f.Script).URL, "", timeouts[f.Name])})
		}
	}
	return failures
}

func rerankerFailures(t *testing.T) []faulttest.Failure {
	order := func(url string) error {
		client, err := rerank.New(rerank.Config{URL: url})
		if err == nil {
			_, err = client.Rerank(t.Context(), "When?", []string{"Now.", "Then."})
		}
		return err
	}
	answered := func(status int, body string) error { return order(instead(t, status, body)) }
	return []faulttest.Failure{
		{When: "the reranker: its address is none", Err: order("localhost")},
		{When: "the reranker: it does not run", Err: order(nobody)},
		{When: "the reranker: it refuses the key", Err: answered(401, "")},
		{When: "the reranker: it has not the model", Err: answered(404, "model not found")},
		{When: "the reranker: it is busy", Err: answered(429, "slow down")},
		{When: "the reranker: it fails", Err: answered(500, "")},
		{When: "the reranker: it gives something else", Err: answered(200, "{}")},
	}
}
