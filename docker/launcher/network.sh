# shellcheck shell=bash
# What Java needs to be told of the host's network, because it reads neither a CA bundle nor proxy variables by itself.
# shellcheck source=docker/host.sh
. "$LAB_ROOT/docker/host.sh"

network_flags() { # sets NETWORK
  local store
  NETWORK=()
  store=$(trust_store)
  [[ -z $store ]] || NETWORK+=("-Djavax.net.ssl.trustStore=$store")
  proxy_flags https "${https_proxy:-${HTTPS_PROXY:-${all_proxy:-${ALL_PROXY:-}}}}"
  proxy_flags http "${http_proxy:-${HTTP_PROXY:-${all_proxy:-${ALL_PROXY:-}}}}"
}

# The bundle as a store that Java reads, together with what the JDK trusts anyway; made once for each state of the bundle.
trust_store() {
  local bundle store
  bundle=$(host_ca_bundle)
  [[ -n $bundle ]] || return 0
  # Debian keeps both in step, and its JDKs use them.
  if [[ $bundle -ef /etc/ssl/certs/ca-certificates.crt && $JDK/lib/security/cacerts -ef /etc/ssl/certs/java/cacerts ]]; then
    return 0
  fi
  store=$LAB_HOME/trust/$(stat -Lc '%n %s %Y' "$bundle" | cksum | tr ' ' '-').p12
  if [[ ! -e $store ]]; then
    mkdir -p "$LAB_HOME/trust"
    "$JDK/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "$LAB_ROOT/docker/launcher/TrustStore.java" "$bundle" "$store" >&2 ||
      say "The certificates in $bundle cannot be read; only those that the JDK knows are trusted."
  fi
  [[ ! -e $store ]] || echo "$store"
}

proxy_flags() { # http|https URL
  local exceptions=${no_proxy:-${NO_PROXY:-}}
  [[ $2 =~ ^([a-z0-9]+://)?([^/@]*@)?([^/:]+)(:([0-9]+))?/?$ ]] || return 0
  [[ ${BASH_REMATCH[1]} != socks* ]] || return 0
  NETWORK+=("-D$1.proxyHost=${BASH_REMATCH[3]}" "-D$1.proxyPort=${BASH_REMATCH[5]:-80}" -Daether.connector.http.useSystemProperties=true)
  # `.example.org` there is `*.example.org` here.
  [[ -z $exceptions ]] || NETWORK+=("-Dhttp.nonProxyHosts=localhost|127.*|$(sed -E 's/[[:space:]]//g; s/(^|,)\./\1*./g; s/,/|/g' <<< "$exceptions")")
}
