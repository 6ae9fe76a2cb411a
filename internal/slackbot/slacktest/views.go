package slacktest

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/slack-go/slack"
)

// View is a modal that is open, or a home tab.
type View struct {
	ID, Type, CallbackID string
	User                 string // who sees it
	PrivateMetadata      string
	ExternalID           string
	Hash                 string
	NotifyOnClose        bool
	JSON                 json.RawMessage // as given, with the ids that Slack adds
}

// Decoded is the view as slack-go reads it.
func (v View) Decoded() slack.View {
	var view slack.View
	if err := json.Unmarshal(v.JSON, &view); err != nil {
		panic("slacktest: " + err.Error())
	}
	return view
}

// maxView is the size of a view, in bytes.
const maxView = 250 << 10

// Views are the modals that are open and the home tabs, in the order in which they
// came.
func (s *Server) Views() []View {
	s.mu.Lock()
	defer s.mu.Unlock()
	var views []View
	for _, v := range s.views {
		views = append(views, *v)
	}
	return views
}

func (s *Server) openView(a args) (reply, error) {
	v, err := s.readView(a.get("view"), "modal")
	if err != nil {
		return nil, err
	}
	if v.User, err = s.exchange(a.get("trigger_id")); err != nil {
		return nil, err
	}
	if err := s.addView(v); err != nil {
		return nil, err
	}
	return reply{"view": v.JSON}, nil
}

func (s *Server) publishView(a args) (reply, error) {
	v, err := s.readView(a.get("view"), "home")
	if err != nil {
		return nil, err
	}
	v.User = a.get("user_id")
	if s.users[v.User] == nil {
		return nil, refuse("invalid_arguments", "[ERROR] user_id is not a user")
	}
	for i, old := range s.views {
		if old.Type != "home" || old.User != v.User {
			continue
		}
		if hash := a.get("hash"); hash != "" && hash != old.Hash {
			return nil, refuse("hash_conflict")
		}
		s.views = append(s.views[:i], s.views[i+1:]...)
		break
	}
	if err := s.addView(v); err != nil {
		return nil, err
	}
	return reply{"view": v.JSON}, nil
}

func (s *Server) updateView(a args) (reply, error) {
	old := s.viewOf(a.get("view_id"), a.get("external_id"))
	if old == nil {
		return nil, refuse("not_found")
	}
	if hash := a.get("hash"); hash != "" && hash != old.Hash {
		return nil, refuse("hash_conflict")
	}
	v, err := s.readView(a.get("view"), "modal")
	if err != nil {
		return nil, err
	}
	s.replaceView(old, v)
	return reply{"view": old.JSON}, nil
}

// replaceView shows other contents under a view's id.
func (s *Server) replaceView(old, next *View) {
	next.ID, next.User = old.ID, old.User
	*old = *next
	old.seal(s)
}

func (s *Server) viewOf(id, external string) *View {
	for _, v := range s.views {
		if id != "" && v.ID == id || id == "" && external != "" && v.ExternalID == external {
			return v
		}
	}
	return nil
}

func (s *Server) addView(v *View) error {
	if v.ExternalID != "" && s.viewOf("", v.ExternalID) != nil {
		return refuse("duplicate_external_id")
	}
	v.ID = s.id("V")
	v.seal(s)
	s.views = append(s.views, v)
	return nil
}

func (s *Server) dropView(id string) {
	s.views = slices.DeleteFunc(s.views, func(v *View) bool { return v.ID == id })
}

// seal writes what Slack adds into a view's JSON.
func (v *View) seal(s *Server) {
	var o map[string]any
	d := json.NewDecoder(bytes.NewReader(v.JSON))
	d.UseNumber()
	d.Decode(&o)
	v.Hash = s.id("h")
	o["id"], o["hash"], o["team_id"], o["app_id"], o["bot_id"], o["root_view_id"] = v.ID, v.Hash, Team, App, Bot, v.ID
	o["state"] = map[string]any{"values": map[string]any{}}
	blocks, _ := o["blocks"].([]any)
	for _, b := range blocks {
		if b := b.(map[string]any); b["block_id"] == nil {
			b["block_id"] = s.id("b")
		}
	}
	v.JSON = encode(o)
}

// readView checks a view; what is wrong with its blocks is invalid_arguments.
func (s *Server) readView(raw, kind string) (*View, error) {
	var o map[string]any
	d := json.NewDecoder(bytes.NewReader([]byte(raw)))
	d.UseNumber()
	if d.Decode(&o) != nil {
		return nil, refuse("invalid_arguments", "[ERROR] failed to match all allowed schemas [json-pointer:/view]")
	}
	if len(raw) > maxView {
		return nil, refuse("view_too_large")
	}
	c := &checker{citations: !s.noCitations}
	all := viewRules()
	variant(map[string]fields{kind: all[kind]})(c, "/view", o)
	blocks, _ := o["blocks"].([]any)
	c.checkIDs(blocks)
	if o["submit"] == nil && kind == "modal" && hasInput(blocks) {
		c.wrong("/view", "submit is required when there is an input block")
	}
	if len(c.problems) > 0 {
		return nil, refuse("invalid_arguments", c.problems...)
	}
	v := &View{Type: kind, JSON: json.RawMessage(raw)}
	v.CallbackID, _ = o["callback_id"].(string)
	v.PrivateMetadata, _ = o["private_metadata"].(string)
	v.ExternalID, _ = o["external_id"].(string)
	v.NotifyOnClose, _ = o["notify_on_close"].(bool)
	return v, nil
}

func hasInput(blocks []any) bool {
	for _, b := range blocks {
		if b, _ := b.(map[string]any); b["type"] == "input" {
			return true
		}
	}
	return false
}

// viewRules are the fields of modals and home tabs.
func viewRules() map[string]fields {
	blocks := list(0, maxViewBlocks, variant(viewKinds()))
	return map[string]fields{
		"modal": {
			"title!": plain(1, 24), "close": plain(1, 24), "submit": plain(1, 24), "blocks!": blocks,
			"private_metadata": str(0, 3000), "callback_id": str(0, maxID), "external_id": str(0, maxID),
			"clear_on_close": boolean, "notify_on_close": boolean, "submit_disabled": boolean,
		},
		"home": {
			"blocks!": blocks, "private_metadata": str(0, 3000), "callback_id": str(0, maxID), "external_id": str(0, maxID),
		},
	}
}
