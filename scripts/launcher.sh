#!/bin/sh
# Starts the build of modgap that fits the processor: v4 with AVX-512, v3 with AVX2. It sits beside the folders v3 and v4.
self=$0
while [ -L "$self" ]; do
  link=$(readlink "$self")
  case $link in /*) self=$link ;; *) self=${self%/*}/$link ;; esac
done
case $self in */*) here=${self%/*} ;; *) here=. ;; esac

flags=
while read -r name rest; do
  case $name in flags) flags=" $rest "; break ;; esac
done </proc/cpuinfo

has() {
  for flag; do
    case $flags in *" $flag "*) ;; *) return 1 ;; esac
  done
}

if has avx512f avx512bw avx512cd avx512dq avx512vl; then level=v4
elif has avx2 bmi1 bmi2 fma movbe; then level=v3
else
  echo "modgap: this processor has no AVX2; run the tool on .NET instead: dotnet tool install ModalityGap.Cli" >&2
  exit 1
fi
exec "$here/$level/modgap" "$@"
