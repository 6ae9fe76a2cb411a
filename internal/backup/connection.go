package backup

import (
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/pullquote/pullquote/internal/fault"
)

// Others than the host, user, password and database: what libpq has to be told, too, with the
// variable that tells it.
var passedOn = map[string]string{
	"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY",
	"sslsni": "PGSSLSNI", "sslnegotiation": "PGSSLNEGOTIATION", "channel_binding": "PGCHANNELBINDING",
	"target_session_attrs": "PGTARGETSESSIONATTRS",
}

// parse reads a connection string.
func parse(connection string) (*pgx.ConnConfig, error) {
	config, err := pgx.ParseConfig(connection)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "DATABASE_URL cannot be read; write it as postgres://user:password@host:5432/database")
	}
	config.RuntimeParams["application_name"] = "pullquote"
	// What waits for its turn, or for the disk, waits as long as it takes.
	config.RuntimeParams["statement_timeout"] = "0"
	config.RuntimeParams["idle_in_transaction_session_timeout"] = "0"
	return config, nil
}

// environment tells Postgres's programs which database to connect to. The arguments of a program
// are shown to every user of a machine, its environment is not.
func environment(connection, database string, settings ...string) ([]string, error) {
	config, err := parse(connection)
	if err != nil {
		return nil, err
	}
	// pgvector before 0.8.2 has a memory fault in parallel index builds.
	settings = append([]string{"statement_timeout=0", "max_parallel_maintenance_workers=0"}, settings...)
	hosts, ports := servers(config)
	env := append(os.Environ(),
		"LC_ALL=C", // their messages are read
		"PGAPPNAME=pullquote",
		"PGHOST="+hosts, "PGPORT="+ports, "PGUSER="+config.User, "PGDATABASE="+database,
		"PGOPTIONS=-c "+strings.Join(settings, " -c "),
	)
	if config.Password != "" {
		env = append(env, "PGPASSWORD="+config.Password)
	}
	for name, variable := range passedOn {
		if value := parameter(connection, name); value != "" {
			env = append(env, variable+"="+value)
		}
	}
	return env, nil
}

// servers are the hosts and the ports of all servers that a connection string names, as libpq
// takes them.
func servers(config *pgx.ConnConfig) (hosts, ports string) {
	hosts, ports = config.Host, strconv.Itoa(int(config.Port))
	before := pgconn.FallbackConfig{Host: config.Host, Port: config.Port}
	for _, next := range config.Fallbacks {
		if next.Host != before.Host || next.Port != before.Port { // else the same once more, without TLS
			hosts, ports = hosts+","+next.Host, ports+","+strconv.Itoa(int(next.Port))
		}
		before = *next
	}
	return hosts, ports
}

// isURL tells the one form of connection strings from the other, name=value.
func isURL(connection string) bool {
	return strings.HasPrefix(connection, "postgres://") || strings.HasPrefix(connection, "postgresql://")
}

// parameter is a parameter of a connection string; empty where it has none.
func parameter(connection, name string) string {
	if isURL(connection) {
		u, err := url.Parse(connection)
		if err != nil {
			return ""
		}
		return u.Query().Get(name)
	}
	found := regexp.MustCompile(`(?:^|\s)` + name + `\s*=\s*(?:'((?:[^'\\]|\\.)*)'|(\S+))`).FindStringSubmatch(connection)
	if found == nil {
		return ""
	}
	return found[1] + found[2]
}

// withDatabase is a connection string with another database.
func withDatabase(connection, database string) string {
	if !isURL(connection) {
		return connection + " dbname='" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(database) + "'"
	}
	u, err := url.Parse(connection)
	if err != nil {
		return connection // it cannot be connected to, and the driver says why
	}
	u.Path = "/" + database
	query := u.Query()
	query.Del("dbname")
	query.Del("database")
	u.RawQuery = strings.ReplaceAll(query.Encode(), "+", "%20")
	return u.String()
}
