# What the scripts share. Sourced, not run.

need_dotnet() {
  command -v dotnet >/dev/null || {
    echo "The .NET SDK 10 is missing: https://dotnet.microsoft.com/download/dotnet/10.0" >&2
    exit 1
  }
}

can_install() {
  [ -z "${MODGAP_NO_INSTALL:-}" ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null
}

install() {
  echo "installing $*" >&2
  { apt-get install -y -qq --no-install-recommends "$@" || { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; }; } \
    >/dev/null 2>&1 </dev/null
}

# offer COMMAND PACKAGE CONSEQUENCE: installs what is useful, or says what is lost without it.
offer() {
  command -v "$1" >/dev/null && return
  if can_install && DEBIAN_FRONTEND=noninteractive install "$2"; then return; fi
  echo "note: $1 is not installed (Debian's package $2), so $3" >&2
}

# offer_packages FOLDER CONSEQUENCE: installs what a folder's package.json names, or says what is lost without it.
offer_packages() {
  [ "$1/node_modules/.package-lock.json" -nt "$1/package.json" ] && return
  if [ -z "${MODGAP_NO_INSTALL:-}" ] && command -v npm >/dev/null; then
    echo "installing the packages of $1" >&2
    npm install --prefix "$1" --no-audit --no-fund --no-package-lock --silent >/dev/null 2>&1 </dev/null && return
  fi
  echo "note: the packages of $1/package.json are not installed (npm install --prefix $1), so $2" >&2
}

# need COMMAND PACKAGE: installs what is necessary, or stops.
need() {
  command -v "$1" >/dev/null && return
  if can_install && DEBIAN_FRONTEND=noninteractive install "$2"; then return; fi
  echo "$1 is missing and cannot be installed from here: install Debian's package $2 as root, and run this again." >&2
  exit 1
}
