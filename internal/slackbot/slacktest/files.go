package slacktest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
)

// File is a file that the app has uploaded, or that a person has shared.
type File struct {
	ID, Name, Title string
	MediaType       string // of one that a person has shared
	External        string // where it is kept, if not in Slack
	Size            int    // that Slack tells, where it is not that of Content
	Unreadable      bool   // the app is sent to the page for signing in
	Content         []byte
	Channel, Thread string // where it is shared; empty: nowhere yet
	Comment         string

	length   int
	uploaded bool
}

// Files are the files shared in a thread, or outside threads when it is empty.
func (s *Server) Files(channel, thread string) []File {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []File
	for _, m := range s.messages {
		for _, id := range m.Files {
			if f := s.files[id]; m.Channel == channel && m.Thread == thread {
				found = append(found, *f)
			}
		}
	}
	return found
}

func (s *Server) uploadURL(a args) (reply, error) {
	length, err := strconv.Atoi(a.get("length"))
	if a.get("filename") == "" || err != nil || length <= 0 {
		return nil, refuse("invalid_arguments")
	}
	f := &File{ID: s.id("F"), Name: a.get("filename"), length: length}
	s.files[f.ID] = f
	return reply{"file_id": f.ID, "upload_url": s.http.URL + "/upload/" + f.ID}, nil
}

// serveUpload takes the bytes of a file, as a form or bare.
func (s *Server) serveUpload(w http.ResponseWriter, r *http.Request) {
	content, err := readUpload(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[r.PathValue("id")]
	switch {
	case f == nil || f.uploaded:
		http.Error(w, "invalid upload url", http.StatusNotFound)
	case err != nil || len(content) != f.length:
		http.Error(w, "the file has not the length that was told", http.StatusBadRequest)
	default:
		f.Content, f.uploaded = content, true
		s.touch()
		fmt.Fprintf(w, "OK - %d", len(content))
	}
}

func readUpload(r *http.Request) ([]byte, error) {
	media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if media != "multipart/form-data" {
		return io.ReadAll(r.Body)
	}
	file, _, err := r.FormFile("file")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}

func (s *Server) completeUpload(a args) (reply, error) {
	var wanted []struct{ ID, Title string }
	if json.Unmarshal([]byte(a.get("files")), &wanted) != nil || len(wanted) == 0 {
		return nil, refuse("invalid_arguments")
	}
	files := []reply{}
	for _, w := range wanted {
		if f := s.files[w.ID]; f == nil || !f.uploaded || f.Channel != "" {
			return nil, refuse("file_not_found")
		}
		files = append(files, reply{"id": w.ID, "title": w.Title})
	}
	if a.get("channel_id") == "" {
		return reply{"files": files}, nil
	}
	c := s.channels[a.get("channel_id")]
	switch {
	case c == nil:
		return nil, refuse("channel_not_found")
	case !c.has(BotUser):
		return nil, refuse("not_in_channel")
	}
	thread, err := s.threadOf(c, a.get("thread_ts"))
	if err != nil {
		return nil, err
	}
	m := &Message{Thread: thread, Text: a.get("initial_comment"), Mrkdwn: true}
	for _, w := range wanted {
		f := s.files[w.ID]
		f.Title, f.Channel, f.Thread, f.Comment = w.Title, c.ID, thread, m.Text
		m.Files = append(m.Files, f.ID)
	}
	s.post(m, c)
	return reply{"files": files}, nil
}

// fileJSON is what is told of a file.
func (s *Server) fileJSON(f *File) reply {
	address := s.http.URL + "/files/" + f.ID + "/download"
	if f.External != "" {
		address = f.External
	}
	return reply{
		"id": f.ID, "name": f.Name, "title": f.Name, "mimetype": f.MediaType, "size": cmp.Or(f.Size, len(f.Content)), "mode": "hosted",
		"is_external": f.External != "", "url_private": address, "url_private_download": address,
	}
}

func (s *Server) fileInfo(a args) (reply, error) {
	f := s.files[a.get("file")]
	if f == nil || !f.uploaded {
		return nil, refuse("file_not_found")
	}
	return reply{"file": s.fileJSON(f), "comments": []reply{}}, nil
}

// serveFile hands out a file. Whoever may not read it is sent to sign in, as Slack does.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	f := s.files[r.PathValue("id")]
	allowed := r.Header.Get("Authorization") == "Bearer "+BotToken && s.allowed("files:read") == nil
	s.mu.Unlock()
	switch {
	case f == nil:
		http.NotFound(w, r)
	case !allowed || f.Unreadable:
		http.Redirect(w, r, "/signin?redir="+url.QueryEscape(r.URL.Path), http.StatusFound)
	default:
		w.Header().Set("Content-Type", f.MediaType)
		w.Write(f.Content)
	}
}
