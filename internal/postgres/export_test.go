package postgres

import "time"

// SetBackoff replaces the pauses between the tries of a task.
func (s *Slack) SetBackoff(backoff func(attempt int) time.Duration) { s.backoff = backoff }

// Backoff is the pause after a try.
func Backoff(attempt int) time.Duration { return backoff(attempt) }
