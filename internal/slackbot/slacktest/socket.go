package slacktest

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// The times of Socket Mode. slack-go gives a connection up that is not pinged.
const (
	pingEvery  = 5 * time.Second
	maxSockets = 10
)

// socket is a connection of Socket Mode.
type socket struct {
	conn    *websocket.Conn
	writing sync.Mutex
}

func (k *socket) send(v any) error {
	k.writing.Lock()
	defer k.writing.Unlock()
	return k.conn.WriteJSON(v)
}

func (k *socket) ping() error {
	k.writing.Lock()
	defer k.writing.Unlock()
	return k.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(pingEvery))
}

// envelope is what was sent, and when it was acknowledged.
type envelope struct {
	id       string
	delivery Delivery
	sent     time.Time
	ack      *SocketAck
}

// SocketAck is an acknowledgement of an envelope.
type SocketAck struct {
	Took    time.Duration
	Payload json.RawMessage // null: none
}

func (s *Server) openConnection(args) (reply, error) {
	ticket := s.id("ticket-")
	s.tickets[ticket] = true
	return reply{"url": s.websocketURL() + "?ticket=" + ticket + "&app_id=" + App}, nil
}

func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request) {
	if !s.redeem(r.URL.Query().Get("ticket")) {
		http.Error(w, "the ticket is void", http.StatusForbidden)
		return
	}
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	k := &socket{conn: conn}
	s.greet(k)
	stop := make(chan struct{})
	go s.keepAlive(k, stop)
	s.listen(k)
	close(stop)
	conn.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	gone := func(o *socket) bool { return o == k }
	s.sockets, s.retired = slices.DeleteFunc(s.sockets, gone), slices.DeleteFunc(s.retired, gone)
	s.touch()
}

// redeem takes a ticket, which serves once.
func (s *Server) redeem(ticket string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	valid := s.tickets[ticket]
	delete(s.tickets, ticket)
	return valid
}

// greet says hello; or that there are too many connections. A ping follows at once:
// slack-go counts from it.
func (s *Server) greet(k *socket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := len(s.sockets) + 1
	if n > maxSockets {
		k.send(disconnect("too_many_websockets"))
		return
	}
	hello := reply{
		"type": "hello", "num_connections": n, "connection_info": reply{"app_id": App},
		"debug_info": reply{"host": "applink-fake", "build_number": 1, "approximate_connection_time": 18060},
	}
	if k.send(hello) == nil && k.ping() == nil {
		s.sockets = append(s.sockets, k)
		s.touch()
	}
}

func disconnect(reason string) reply {
	return reply{"type": "disconnect", "reason": reason, "debug_info": reply{"host": "applink-fake"}}
}

func (s *Server) keepAlive(k *socket, stop <-chan struct{}) {
	ticker := time.NewTicker(pingEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			if k.ping() != nil {
				return
			}
		case <-stop:
			return
		}
	}
}

// listen takes acknowledgements until the connection ends.
func (s *Server) listen(k *socket) {
	for {
		var answer struct {
			EnvelopeID string          `json:"envelope_id"`
			Payload    json.RawMessage `json:"payload"`
		}
		if err := k.conn.ReadJSON(&answer); err != nil {
			return
		}
		if d, first := s.acknowledge(answer.EnvelopeID, answer.Payload); first {
			s.obey(d, answer.Payload)
		}
	}
}

func (s *Server) acknowledge(id string, payload json.RawMessage) (d Delivery, first bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.touch()
	e := s.sent[id]
	if e == nil || e.ack != nil {
		return Delivery{}, false
	}
	e.ack = &SocketAck{Took: time.Since(e.sent), Payload: payload}
	return e.delivery, true
}

// Connections is how many connections of Socket Mode are open.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sockets)
}

// Send sends a delivery over Socket Mode, through the newest connection, and tells
// its envelope's id. Without a connection it is an error, and nothing was sent.
func (s *Server) Send(d Delivery) (envelopeID string, err error) {
	s.mu.Lock()
	if len(s.sockets) == 0 {
		s.mu.Unlock()
		return "", errors.New("slacktest: the app has no connection of Socket Mode")
	}
	k := s.sockets[len(s.sockets)-1]
	e := &envelope{id: s.id("env-"), delivery: d, sent: time.Now()}
	s.sent[e.id] = e
	s.mu.Unlock()
	return e.id, k.send(e.json())
}

func (e *envelope) json() reply {
	payload := any(e.delivery.Payload)
	if e.delivery.Transport == Commands {
		fields := map[string]string{}
		for name := range e.delivery.Form {
			fields[name] = e.delivery.Form.Get(name)
		}
		payload = fields
	}
	r := reply{
		"type": e.delivery.Transport, "envelope_id": e.id, "payload": payload,
		"accepts_response_payload": e.delivery.Transport != Events,
	}
	if e.delivery.Transport == Events {
		r["retry_attempt"], r["retry_reason"] = e.delivery.RetryNum, e.delivery.RetryReason
	}
	return r
}

// AckOf waits for the acknowledgement of an envelope.
func (s *Server) AckOf(ctx context.Context, envelopeID string) (SocketAck, error) {
	var ack *SocketAck
	err := s.Await(ctx, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		if e := s.sent[envelopeID]; e != nil {
			ack = e.ack
		}
		return ack != nil
	})
	if err != nil {
		return SocketAck{}, err
	}
	return *ack, nil
}

// Unacknowledged are the deliveries sent over Socket Mode that were not
// acknowledged, oldest first, each as Slack repeats it. They count as settled then.
func (s *Server) Unacknowledged() []Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	var open []*envelope
	for _, e := range s.sent {
		if e.ack == nil {
			open = append(open, e)
			delete(s.sent, e.id)
		}
	}
	slices.SortFunc(open, func(a, b *envelope) int { return a.sent.Compare(b.sent) })
	var again []Delivery
	for _, e := range open {
		again = append(again, e.delivery.Again(e.delivery.RetryNum+1))
	}
	return again
}

// Disconnect tells all connections to end and be made anew, for a reason: "warning",
// "refresh_requested" or "link_disabled". Nothing more is sent through them; what
// they still acknowledge counts.
func (s *Server) Disconnect(reason string) {
	for _, k := range s.retire() {
		k.send(disconnect(reason))
	}
}

// Cut ends all connections of Socket Mode without a word.
func (s *Server) Cut() {
	for _, k := range s.retire() {
		k.conn.NetConn().Close()
	}
}

// retire gives the open connections, and counts them as open no more.
func (s *Server) retire() []*socket {
	s.mu.Lock()
	defer s.mu.Unlock()
	retired := s.sockets
	s.sockets = nil
	s.retired = append(s.retired, retired...)
	s.touch()
	return retired
}
