// Package slackbot is Pullquote in Slack.
//
// What Slack delivers, over HTTP or a websocket, becomes a Task, is kept in the
// Store and acknowledged. A worker does the tasks: it answers in the thread,
// statement by statement as they are verified, and keeps how far it has come, so
// that a crash at any point leads to exactly one visible answer. Threads are
// conversations; channels and users have settings.
//
// All text of people, transcripts and models is data: it goes into elements that
// have no markup, or is escaped.
package slackbot
