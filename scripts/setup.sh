#!/bin/sh
# Brings what Pullquote stands on: the programs of a Postgres server, with
# pgvector. It starts no server: Pullquote runs its own.
#
#   scripts/setup.sh          for running Pullquote
#   scripts/setup.sh --test   for its tests, too: a C compiler, which Go's race
#                             detector needs, and a browser for the web page
#
# Quick and quiet when all is there. Otherwise it shows the commands that it
# needs, asks before it uses sudo (PULLQUOTE_SETUP_YES=1 says yes beforehand) and
# runs them. Everything comes through the system's own package manager, from the
# system's own archives.
set -eu

postgres_wanted=15
vector_wanted=0.8
for_tests=
[ "${1:-}" != --test ] || for_tests=yes
agreed=${PULLQUOTE_SETUP_YES:-}

die() {
	printf 'setup: %s\n' "$*" >&2
	exit 1
}

### What is there

# reaches VERSION WANTED compares by major and minor number.
reaches() {
	printf '%s %s\n' "${1:-0}" "$2" | awk '{ split($1, a, "."); split($2, b, ".")
		exit !(a[1] + 0 > b[1] + 0 || a[1] + 0 == b[1] + 0 && a[2] + 0 >= b[2] + 0) }'
}

# bin_dirs is where Postgres may be installed; internal/localpg looks there too.
bin_dirs() {
	pg_config --bindir 2>/dev/null || :
	dirname "$(command -v postgres)"
	for dir in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/bin /opt/homebrew/opt/postgresql*/bin \
		/usr/local/opt/postgresql*/bin /usr/local/pgsql/bin /Applications/Postgres.app/Contents/Versions/*/bin; do
		printf '%s\n' "$dir"
	done
}

# major_of BIN is the major version of the server there, if there is one.
major_of() {
	"$1/postgres" --version 2>/dev/null | sed -n 's/.*(PostgreSQL) \([0-9]*\).*/\1/p'
}

# vector_of BIN is the version of pgvector that the server there has.
vector_of() {
	share=$("$1/pg_config" --sharedir 2>/dev/null) || share=$1/../share/pgsql
	[ -d "$share/extension" ] || share=$1/../share/postgresql
	sed -n "s/^default_version *= *'\([0-9.]*\).*/\1/p" "$share/extension/vector.control" 2>/dev/null
}

postgres_ready() {
	bin_dirs | while read -r bin; do
		[ -x "$bin/initdb" ] || continue
		if reaches "$(major_of "$bin")" $postgres_wanted && reaches "$(vector_of "$bin")" $vector_wanted; then
			echo yes
		fi
	done | grep -q yes
}

compiler_ready() { [ -z "$for_tests" ] || command -v gcc >/dev/null || command -v clang >/dev/null; }

browser_ready() {
	[ -n "$for_tests" ] || return 0
	for name in chromium chromium-browser google-chrome google-chrome-stable; do
		if command -v $name >/dev/null; then return 0; fi
	done
	[ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ]
}

### What to do: functions that print shell commands, one a line

apt_install='DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 --no-install-recommends --no-upgrade install'
apt_update='apt-get -qq -o DPkg::Lock::Timeout=300 update || true'

candidate() {
	apt-cache policy "$1" 2>/dev/null | awk '/Candidate:/ && $2 != "(none)" { print $2 }'
}

# debian_major is the newest Postgres installed, else the one the system offers.
debian_major() {
	{
		apt-cache depends postgresql 2>/dev/null | sed -n 's/.*Depends: postgresql-\([0-9]*\)$/\1/p'
		for bin in /usr/lib/postgresql/*/bin; do major_of "$bin"; done | sort -n
	} | tail -n 1
}

debian_plan() {
	major=$(debian_major)
	if [ -z "$major" ]; then
		echo "$apt_update" # a new machine knows no packages yet
		return
	fi
	reaches "$major" $postgres_wanted ||
		die "this system's Postgres is $major, and $postgres_wanted or newer is needed: see https://wiki.postgresql.org/wiki/Apt, or set DATABASE_URL"
	echo "$apt_update"
	postgres_ready || debian_postgres
	compiler_ready || echo "$apt_install gcc libc6-dev"
	browser_ready || debian_browser
}

debian_postgres() {
	# Not the cluster that Debian sets up and starts with its first server.
	conf=/etc/postgresql-common/createcluster.d/pullquote.conf
	if [ -z "$(major_of "/usr/lib/postgresql/$major/bin")" ]; then
		echo "$apt_install postgresql-common"
		echo "mkdir -p ${conf%/*} && echo create_main_cluster = false >$conf"
	fi
	if reaches "$(candidate "postgresql-$major-pgvector")" $vector_wanted; then
		echo "$apt_install postgresql-$major postgresql-$major-pgvector"
	else
		echo "$apt_install postgresql-$major gcc make libc6-dev xz-utils debian-archive-keyring"
		echo "sh $(dirname "$0")/build-pgvector.sh $major"
	fi
	echo "rm -f $conf"
}

debian_browser() {
	if grep -q '^ID=ubuntu' /etc/os-release; then
		echo "snap install chromium"
	else
		echo "$apt_install chromium"
	fi
}

fedora_plan() {
	postgres_ready || echo "dnf -y -q install postgresql-server pgvector"
	compiler_ready || echo "dnf -y -q install gcc glibc-devel"
	browser_ready || echo "dnf -y -q install chromium"
}

arch_plan() {
	postgres_ready || echo "pacman -S --noconfirm --needed postgresql pgvector"
	compiler_ready || echo "pacman -S --noconfirm --needed gcc"
	browser_ready || echo "pacman -S --noconfirm --needed chromium"
}

macos_plan() {
	command -v brew >/dev/null || die "install Homebrew (https://brew.sh), which brings Postgres and pgvector, or set DATABASE_URL"
	compiler_ready || die "the tests need a C compiler: run xcode-select --install"
	postgres_ready || echo "brew install --quiet postgresql@17 pgvector"
	browser_ready || echo "brew install --quiet --cask google-chrome"
}

system() {
	[ "$(uname -s)" != Darwin ] || { echo macos && return; }
	ids=$(sed -n 's/^ID\(_LIKE\)\{0,1\}=//p' /etc/os-release 2>/dev/null | tr -d '"' | tr '\n' ' ')
	for id in $ids; do
		case $id in
		debian | ubuntu) echo debian && return ;;
		fedora | arch) echo "$id" && return ;;
		esac
	done
	die "this system is not known here: install Postgres $postgres_wanted or newer with pgvector $vector_wanted or newer, or set DATABASE_URL to a server that has them"
}

### Doing it

# Homebrew is not for root.
needs_root() { [ "$system" != macos ] && [ "$(id -u)" != 0 ]; }

consent() {
	if needs_root; then whom=', run as root,'; else whom=; fi
	printf 'setup: these commands%s bring what is missing:\n' "$whom" >&2
	printf '%s\n' "$1" | sed 's/^/  /' >&2
	if ! needs_root || [ -n "$agreed" ]; then return 0; fi
	[ -t 0 ] || die "run them as root, or allow sudo with PULLQUOTE_SETUP_YES=1; then repeat this"
	printf 'Run them with sudo? [y/N] ' >&2
	read -r answer
	case $answer in
	[yY]*) agreed=yes ;;
	*) die "nothing was done" ;;
	esac
}

carry_out() {
	consent "$1"
	log=$(mktemp)
	if needs_root; then sudo=sudo; else sudo=; fi
	if ! $sudo sh -exc "$1" >"$log" 2>&1 </dev/null; then
		tail -n 15 "$log" >&2
		die "that did not work; all of it is in $log"
	fi
	rm "$log"
}

command -v go >/dev/null || die "Go is needed: install it from https://go.dev/dl/ and put it on the PATH"
if postgres_ready && compiler_ready && browser_ready; then exit 0; fi

system=$(system)
if [ "$system" = debian ] && [ -z "$(debian_major)" ]; then
	carry_out "$(debian_plan)"
	[ -n "$(debian_major)" ] || die "apt offers no package postgresql: see to its sources, or set DATABASE_URL"
fi
plan=$("${system}_plan")
carry_out "$plan"
postgres_ready || die "this system's pgvector is older than $vector_wanted: install a newer one (https://github.com/pgvector/pgvector), or set DATABASE_URL"
browser_ready || die "the tests of the web page need Chromium or Chrome on the PATH"
