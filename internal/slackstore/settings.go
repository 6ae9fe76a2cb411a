package slackstore

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/slackbot"
)

// Channel implements slackbot.SettingsStore.
func (s *Store) Channel(ctx context.Context, team, id string) (c slackbot.Channel, err error) {
	err = s.setting(ctx, `SELECT coalesce(channel, '{}') FROM slack_settings WHERE team = $1 AND id = $2`, team, id, &c)
	return c, err
}

// User implements slackbot.SettingsStore.
func (s *Store) User(ctx context.Context, team, id string) (u slackbot.User, err error) {
	err = s.setting(ctx, `SELECT coalesce(person, '{}') FROM slack_settings WHERE team = $1 AND id = $2`, team, id, &u)
	return u, err
}

// setting reads a setting into a zero value, the default, which stays as it is where
// nothing is stored.
func (s *Store) setting(ctx context.Context, query, team, id string, into any) error {
	err := s.inbox.QueryRow(ctx, query, team, id).Scan(into)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	return postgres.Translate(err)
}

// SaveChannel implements slackbot.SettingsStore.
func (s *Store) SaveChannel(ctx context.Context, team, id string, c slackbot.Channel) error {
	return s.saveSetting(ctx, team, id, c, `
		INSERT INTO slack_settings (team, id, channel) VALUES ($1, $2, $3)
		ON CONFLICT (team, id) DO UPDATE SET channel = excluded.channel`)
}

// SaveUser implements slackbot.SettingsStore.
func (s *Store) SaveUser(ctx context.Context, team, id string, u slackbot.User) error {
	return s.saveSetting(ctx, team, id, u, `
		INSERT INTO slack_settings (team, id, person) VALUES ($1, $2, $3)
		ON CONFLICT (team, id) DO UPDATE SET person = excluded.person`)
}

// saveSetting stores a setting, or removes it where it is the default, which is
// encoded as {}.
func (s *Store) saveSetting(ctx context.Context, team, id string, setting any, statement string) error {
	encoded, err := json.Marshal(setting)
	if err != nil {
		return err
	}
	if string(encoded) == "{}" {
		_, err = s.inbox.Exec(ctx, `DELETE FROM slack_settings WHERE team = $1 AND id = $2`, team, id)
	} else {
		_, err = s.inbox.Exec(ctx, statement, team, id, encoded)
	}
	return postgres.Translate(err)
}

// Collections implements slackbot.SettingsStore.
func (s *Store) Collections(ctx context.Context) ([]string, error) {
	rows, err := s.inbox.Query(ctx, `SELECT name FROM collections ORDER BY name`)
	if err != nil {
		return nil, postgres.Translate(err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return names, postgres.Translate(err)
}

// Recent implements slackbot.Store: ids are in the order of storing.
func (s *Store) Recent(ctx context.Context, collections []string, limit int) ([]slackbot.RecentTranscript, error) {
	rows, err := s.pool.Query(ctx, `
		SELECT t.id::text, t.title, to_char(t.date, 'YYYY-MM-DD')
		FROM open_transcripts t JOIN collections c ON c.id = t.collection_id
		WHERE c.name = ANY($1) AND NOT t.superseded
		ORDER BY t.id DESC
		LIMIT $2`, collections, limit)
	if err != nil {
		return nil, postgres.Translate(err)
	}
	recent, err := pgx.CollectRows(rows, pgx.RowToStructByPos[slackbot.RecentTranscript])
	return recent, postgres.Translate(err)
}

// Settings implements slackbot.SettingsStore.
func (s *Store) Settings(ctx context.Context) ([]slackbot.Setting, error) {
	rows, err := s.inbox.Query(ctx, `SELECT team, id, channel, person FROM slack_settings ORDER BY team, id`)
	if err != nil {
		return nil, postgres.Translate(err)
	}
	settings, err := pgx.CollectRows(rows, pgx.RowToStructByPos[slackbot.Setting])
	return settings, postgres.Translate(err)
}
