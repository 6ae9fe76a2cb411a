// Package slacktest is a fake Slack: the server side of the Web API, of response
// URLs, of signed deliveries to an app and of Socket Mode, for tests that talk to
// it through the real slack-go client.
//
// It is strict rather than kind: what Slack would refuse is refused here, with
// Slack's own error code, so that a test which passes says something. The rules
// are those of Slack's documentation (docs.slack.dev), by page:
//
//   - reference/methods/…: the arguments, scopes, rate limit tiers and errors of
//     each method (methods.go, chat.go, stream.go, views.go, files.go …)
//   - reference/block-kit/blocks, block-elements, composition-objects: the fields
//     and limits of every block that is known here; an unknown block, element or
//     field is invalid_blocks (blocks.go, elements.go, richtext.go)
//   - reference/views: modals and home tabs (views.go)
//   - interactivity/handling-user-interaction: trigger ids, which are exchanged
//     once and within three seconds, and response URLs, which serve five times in
//     thirty minutes (trigger.go, hooks.go)
//   - authentication/verifying-requests-from-slack and apis/events-api: signatures
//     and retry headers (deliver.go)
//   - apis/events-api/using-socket-mode: tickets, hello, envelopes and
//     acknowledgements, disconnects (socket.go)
//   - apis/web-api/rate-limits: the tiers, and one message a second in a channel
//     (limits.go)
//   - messaging/formatting-message-text: what mrkdwn makes of a text (mrkdwn.go)
//
// Where Slack only warns or cuts, the fake refuses: a text of more than 40,000
// characters is msg_too_long. What the documentation does not tell was taken from
// reports of its users: an app that streams gets message_not_in_streaming_state
// from the fifth minute on.
package slacktest
