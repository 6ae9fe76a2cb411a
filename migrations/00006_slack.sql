-- What the bot in Slack must not forget: the tasks that it has accepted, how far
-- each reply has come, which conversation a thread is, and the settings. Ids of
-- teams, channels, users and messages are Slack's.

-- +goose Up
CREATE TABLE slack_tasks (
    id          uuid        PRIMARY KEY,
    number      bigint      NOT NULL GENERATED ALWAYS AS IDENTITY, -- the order of arrival, within a thread
    team        text        NOT NULL,
    event_id    text        NOT NULL,
    channel     text        NOT NULL,
    thread      text        NOT NULL, -- empty: none, and no order
    ts          text,                 -- of the message that asks; null for a command and for a button
    kind        text        NOT NULL,
    task        jsonb,                -- null when it is done: its words are forgotten
    received_at timestamptz NOT NULL DEFAULT now(),
    done_at     timestamptz,
    begun_at    timestamptz,          -- when the reply was about to be posted
    reply_ts    text,                 -- of the reply's message
    replied     boolean     NOT NULL DEFAULT false, -- the reply is complete
    -- Slack delivers an event again until it is acknowledged, and a message as more
    -- than one event.
    UNIQUE (team, event_id),
    UNIQUE (team, channel, ts),
    UNIQUE (team, channel, reply_ts)
);

-- What a thread has to do, and the replies in it.
CREATE INDEX slack_tasks_thread ON slack_tasks (team, channel, thread, number);
CREATE INDEX slack_tasks_done ON slack_tasks (done_at) WHERE done_at IS NOT NULL;

-- A thread whose conversation is deleted begins anew.
CREATE TABLE slack_threads (
    team            text NOT NULL,
    channel         text NOT NULL,
    thread          text NOT NULL,
    conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    PRIMARY KEY (team, channel, thread)
);

CREATE INDEX slack_threads_conversation ON slack_threads (conversation_id);

-- Of a channel or of a user, whose ids differ. What is not here has the defaults.
CREATE TABLE slack_settings (
    team    text NOT NULL,
    id      text NOT NULL,
    channel jsonb,
    person  jsonb,
    PRIMARY KEY (team, id),
    CHECK (num_nonnulls(channel, person) > 0)
);
