package slackstore

import "time"

// SetBackoff replaces the pauses between the tries of a task.
func (s *Store) SetBackoff(backoff func(attempt int) time.Duration) { s.backoff = backoff }

// SetGrace replaces the time that tasks have to end.
func (s *Store) SetGrace(grace time.Duration) { s.grace = grace }

// Backoff is the pause after a try.
func Backoff(attempt int) time.Duration { return backoff(attempt) }
