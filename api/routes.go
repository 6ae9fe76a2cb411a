package api

import (
	"net/http"

	"github.com/pullquote/pullquote/internal/access"
)

// route is a pattern of http.ServeMux with its handler.
type route struct {
	pattern string
	handler handler
}

// handler answers a request, or returns an error before it has written anything.
type handler func(w http.ResponseWriter, r *http.Request) error

// routes is everything that is served, and by which scope of a key. What has none shows
// nothing of the record.
func (s *server) routes() []route {
	read, write, admin := s.admit(access.Read), s.admit(access.Write), s.admit(access.Admin)
	return append(s.probes(), []route{
		{"POST /v1/transcripts", write(s.addTranscript)},
		{"GET /v1/transcripts", read(s.listTranscripts)},
		{"GET /v1/transcripts/{id}", read(s.getTranscript)},
		{"PATCH /v1/transcripts/{id}", write(s.editTranscript)},
		{"DELETE /v1/transcripts/{id}", write(s.deleteTranscript)},
		{"GET /v1/transcripts/{id}/turns", read(s.getTurns)},
		{"PATCH /v1/transcripts/{id}/turns/{n}", write(s.editTurn)},
		{"GET /v1/transcripts/{id}/text", read(s.getText)},
		{"GET /v1/transcripts/{id}/citation", read(s.cite)},
		{"GET /v1/transcripts/{id}/original", read(s.getOriginal)},
		{"POST /v1/transcripts/{id}/reparse", write(s.reparse)},
		{"GET /v1/transcripts/{id}/export", read(s.exportTranscript)},

		{"GET /v1/collections", read(s.listCollections)},
		{"PATCH /v1/collections/{name}", admin(s.renameCollection)},
		{"DELETE /v1/collections/{name}", admin(s.deleteCollection)},

		{"GET /v1/speakers", read(s.listSpeakers)},
		{"GET /v1/speakers/{id}", read(s.getSpeaker)},
		{"PATCH /v1/speakers/{id}", write(s.editSpeaker)},

		{"POST /v1/search", read(s.search)},
		{"POST /v1/mentions", read(s.mentions)},
		{"POST /v1/answers", read(s.createAnswer)},
		{"GET /v1/answers", read(s.listAnswers)},
		{"GET /v1/answers/{id}", read(s.getAnswer)},
		{"DELETE /v1/answers/{id}", write(s.deleteAnswer)},
		{"GET /v1/answers/{id}/export", read(s.exportAnswer)},
		{"POST /v1/answers/{id}/feedback", read(s.rateAnswer)},
		{"GET /v1/feedback", read(s.listFeedback)},
		{"POST /v1/conversations", read(s.createConversation)},
		{"GET /v1/conversations", read(s.listConversations)},
		{"GET /v1/conversations/{id}", read(s.getConversation)},
		{"PATCH /v1/conversations/{id}", write(s.nameConversation)},
		{"DELETE /v1/conversations/{id}", write(s.deleteConversation)},
		{"GET /v1/conversations/{id}/export", read(s.exportConversation)},
		{"GET /v1/questions", read(s.exampleQuestions)},
		{"POST /v1/verify", read(s.verify)},
		{"POST /v1/export", read(s.exportClippings)},
		{"POST /v1/citations", read(s.citeClippings)},

		{"POST /v1/chat/completions", s.openAI(read(s.completeChat))},
		{"POST /v1/responses", s.openAI(read(s.respond))},
		{"POST /v1/embeddings", s.openAI(read(s.embed))},
		{"GET /v1/models", s.openAI(read(s.listModels))},

		{"POST /mcp", read(s.mcp)},

		{"GET /docs", s.asset("docs.html")},
		{"GET /openapi.json", s.asset("openapi.json")},

		{"GET /signin", s.signInPage},
		{"POST /signin", s.signIn},
		{"GET /signin/openid", s.beginOpenID},
		{"GET " + OpenIDCallback, s.endOpenID},
		{"POST /signout", s.signOut},

		{"GET /{$}", s.page(s.asset("index.html"))},
		{"GET /library", s.page(s.asset("library.html"))},
		{"GET /verify", s.page(s.asset("verify.html"))},
		{"GET /clippings", s.page(s.asset("clippings.html"))},
		{"GET /mentions", s.page(s.asset("mentions.html"))},
		{"GET /t/{id}", s.page(s.transcriptPage)},
		{"GET /answer.js", s.asset("answer.js")},
		{"GET /app.js", s.asset("app.js")},
		{"GET /asking.js", s.asset("asking.js")},
		{"GET /beside.js", s.asset("beside.js")},
		{"GET /choices.js", s.asset("choices.js")},
		{"GET /clipped.js", s.asset("clipped.js")},
		{"GET /clippings.js", s.asset("clippings.js")},
		{"GET /contents.js", s.asset("contents.js")},
		{"GET /lack.js", s.asset("lack.js")},
		{"GET /library.js", s.asset("library.js")},
		{"GET /media.js", s.asset("media.js")},
		{"GET /conversation.js", s.asset("conversation.js")},
		{"GET /conversations.js", s.asset("conversations.js")},
		{"GET /examples.js", s.asset("examples.js")},
		{"GET /exporting.js", s.asset("exporting.js")},
		{"GET /filters.js", s.asset("filters.js")},
		{"GET /keys.js", s.asset("keys.js")},
		{"GET /mend.js", s.asset("mend.js")},
		{"GET /mentions.js", s.asset("mentions.js")},
		{"GET /page.js", s.asset("page.js")},
		{"GET /rating.js", s.asset("rating.js")},
		{"GET /reading.js", s.asset("reading.js")},
		{"GET /selection.js", s.asset("selection.js")},
		{"GET /upload.js", s.asset("upload.js")},
		{"GET /verify.js", s.asset("verify.js")},
		{"GET /within.js", s.asset("within.js")},
		{"GET /style.css", s.asset("style.css")},
		{"GET /icon.svg", s.asset("icon.svg")},
	}...)
}

// probes are for those who watch over a process.
func (s *server) probes() []route {
	return []route{
		{"GET /healthz", s.healthz},
		{"GET /readyz", s.readyz},
		{"GET /metrics", s.metrics},
	}
}

// handle makes an http.Handler of a handler: its error becomes a problem.
func (s *server) handle(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}
