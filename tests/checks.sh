# Sourced by the scripts that walk the program from outside: one line for each check, counted.
# Needs bash, curl and ss; nothing here waits a fixed time.

passed=0
failed=0

ok() { passed=$((passed + 1)); printf 'ok    %s\n' "$1"; }
bad() { failed=$((failed + 1)); printf 'FAIL  %s\n' "$1"; [ -z "${2:-}" ] || printf '%s\n' "$2" | head -20 | sed 's/^/      /'; }
skip() { printf 'skip  %s\n' "$1"; }

# check NAME COMMAND...: the command ends well
check() {
    local name=$1 said
    shift
    if said=$("$@" 2>&1); then ok "$name"; else bad "$name" "$said"; fi
}

# ends CODE NAME COMMAND...: the command ends with that code
ends() {
    local code=$1 name=$2 said got
    shift 2
    said=$("$@" 2>&1)
    got=$?
    if [ "$got" = "$code" ]; then ok "$name"; else bad "$name (exit $got, not $code)" "$said"; fi
}

# has NAME TEXT PATTERN: the text has a line that matches
has() { if grep -Eq -- "$3" <<<"$2"; then ok "$1"; else bad "$1" "$2"; fi; }
lacks() { if grep -Eq -- "$3" <<<"$2"; then bad "$1" "$2"; else ok "$1"; fi; }

free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 10000))
        [ -n "$(ss -Hltn "sport = :$port")" ] || break
    done
    echo "$port"
}

# answers URL: waits until it answers at all, two minutes at most; prints the status
answers() {
    curl -s -o /dev/null -w '%{http_code}' --retry 480 --retry-delay 0 --retry-max-time 120 --retry-all-errors --retry-connrefused "$1"
}

# stop PID: as a service manager does; the exit code is then in $code
stop() {
    kill -TERM "$1" 2>/dev/null
    wait "$1" 2>/dev/null
    code=$?
}

token() { sed -n 's/.*name="__RequestVerificationToken" value="\([^"]*\)".*/\1/p' | head -1; }

finish() {
    printf '%s: %d passed, %d failed\n' "$1" "$passed" "$failed"
    [ "$failed" = 0 ]
}
