package answer

import (
	"context"
	"strings"
)

// WithNotice has the first answer of each conversation say what notice tells of how the
// program is set up, if it tells something. Later answers are not to repeat it.
func (s *Service) WithNotice(notice func(context.Context) string) *Service {
	s.notice = notice
	return s
}

// notify puts before the notice of a conversation's first answer what is to be said there.
func (s *Service) notify(ctx context.Context, a *Answer, history []string) {
	if s.notice != nil && len(history) == 0 {
		a.Notice = strings.TrimSpace(s.notice(ctx) + " " + a.Notice)
	}
}
