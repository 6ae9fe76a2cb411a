package api

import "net/http"

// route is a pattern of http.ServeMux with its handler.
type route struct {
	pattern string
	handler handler
}

// handler answers a request, or returns an error before it has written anything.
type handler func(w http.ResponseWriter, r *http.Request) error

// routes is everything that is served.
func (s *server) routes() []route {
	return []route{
		{"POST /v1/transcripts", s.addTranscript},
		{"GET /v1/transcripts", s.listTranscripts},
		{"GET /v1/transcripts/{id}", s.getTranscript},
		{"PATCH /v1/transcripts/{id}", s.editTranscript},
		{"DELETE /v1/transcripts/{id}", s.deleteTranscript},
		{"GET /v1/transcripts/{id}/turns", s.getTurns},
		{"PATCH /v1/transcripts/{id}/turns/{n}", s.editTurn},
		{"GET /v1/transcripts/{id}/text", s.getText},
		{"GET /v1/transcripts/{id}/citation", s.cite},
		{"GET /v1/transcripts/{id}/original", s.getOriginal},
		{"POST /v1/transcripts/{id}/reparse", s.reparse},
		{"GET /v1/transcripts/{id}/export", s.exportTranscript},

		{"GET /v1/collections", s.listCollections},
		{"PATCH /v1/collections/{name}", s.renameCollection},
		{"DELETE /v1/collections/{name}", s.deleteCollection},

		{"GET /v1/speakers", s.listSpeakers},
		{"GET /v1/speakers/{id}", s.getSpeaker},
		{"PATCH /v1/speakers/{id}", s.editSpeaker},

		{"POST /v1/search", s.search},
		{"POST /v1/mentions", s.mentions},
		{"POST /v1/answers", s.createAnswer},
		{"GET /v1/answers", s.listAnswers},
		{"GET /v1/answers/{id}", s.getAnswer},
		{"DELETE /v1/answers/{id}", s.deleteAnswer},
		{"GET /v1/answers/{id}/export", s.exportAnswer},
		{"POST /v1/answers/{id}/feedback", s.rateAnswer},
		{"GET /v1/feedback", s.listFeedback},
		{"POST /v1/conversations", s.createConversation},
		{"GET /v1/conversations", s.listConversations},
		{"GET /v1/conversations/{id}", s.getConversation},
		{"PATCH /v1/conversations/{id}", s.nameConversation},
		{"DELETE /v1/conversations/{id}", s.deleteConversation},
		{"GET /v1/conversations/{id}/export", s.exportConversation},
		{"GET /v1/questions", s.exampleQuestions},
		{"POST /v1/verify", s.verify},
		{"POST /v1/export", s.exportClippings},
		{"POST /v1/citations", s.citeClippings},

		{"POST /v1/chat/completions", s.openAI(s.completeChat)},
		{"POST /v1/responses", s.openAI(s.respond)},
		{"POST /v1/embeddings", s.openAI(s.embed)},
		{"GET /v1/models", s.openAI(s.listModels)},

		{"POST /mcp", s.mcp},

		{"GET /healthz", s.healthz},
		{"GET /readyz", s.readyz},
		{"GET /docs", s.asset("docs.html")},
		{"GET /openapi.json", s.asset("openapi.json")},

		{"GET /{$}", s.asset("index.html")},
		{"GET /library", s.asset("library.html")},
		{"GET /verify", s.asset("verify.html")},
		{"GET /clippings", s.asset("clippings.html")},
		{"GET /mentions", s.asset("mentions.html")},
		{"GET /t/{id}", s.transcriptPage},
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
