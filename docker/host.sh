# shellcheck shell=bash
# What the host's owner has configured for downloads: CA bundle, proxy, package indexes, Debian sources.
# Image builds see it in a folder /host of a build stage; no final image contains it.

host_ca_bundle() { # prints the path of the CA bundle in force, nothing when there is none
  local candidate
  for candidate in "${SSL_CERT_FILE:-}" "${REQUESTS_CA_BUNDLE:-}" "${PIP_CERT:-}" "${CURL_CA_BUNDLE:-}" \
    "$(pip_setting cert)" /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do
    if [[ -n $candidate && -s $candidate ]]; then
      echo "$candidate"
      return
    fi
  done
}

pip_setting() { # KEY -> value of pip's configuration files, the most specific one first
  local file
  for file in "${PIP_CONFIG_FILE:-}" "${VIRTUAL_ENV:+$VIRTUAL_ENV/pip.conf}" "${XDG_CONFIG_HOME:-${HOME:-}/.config}/pip/pip.conf" \
    "${HOME:-}/.pip/pip.conf" /etc/xdg/pip/pip.conf /etc/pip.conf; do
    [[ -n $file && -r $file && -f $file ]] || continue
    awk -v key="$1" '
      /^[[:space:]]*\[/ { section = $0; gsub(/[][[:space:]]/, "", section); inside = 0; next }
      /^[[:space:]]*[#;]/ { next }
      inside && /^[[:space:]]+[^[:space:]]/ { sub(/^[[:space:]]+/, ""); value = value " " $0; next }
      { inside = 0 }
      section == "global" || section == "install" {
        line = $0; name = line; sub(/[[:space:]]*[=:].*/, "", name); gsub(/_/, "-", name)
        if (name == key) { sub(/^[^=:]*[=:][[:space:]]*/, "", line); value = line; inside = 1 }
      }
      END { gsub(/^[[:space:]]+|[[:space:]]+$/, "", value); print value }' "$file" | grep . && return
  done
  return 0
}

host_uv_config() { # prints the path of the owner's uv.toml, nothing when there is none
  local file
  for file in "${UV_CONFIG_FILE:-}" "${XDG_CONFIG_HOME:-${HOME:-}/.config}/uv/uv.toml" /etc/xdg/uv/uv.toml /etc/uv/uv.toml; do
    if [[ -n $file && -f $file && -r $file ]]; then
      echo "$file"
      return
    fi
  done
}

host_index() { # prints the package index in force, nothing for the installers' own default
  echo "${UV_DEFAULT_INDEX:-${UV_INDEX_URL:-${PIP_INDEX_URL:-$(pip_setting index-url)}}}"
}

host_proxy() { # prints the HTTPS proxy in force, without any password in it
  local proxy=${https_proxy:-${HTTPS_PROXY:-${http_proxy:-${HTTP_PROXY:-${all_proxy:-${ALL_PROXY:-}}}}}}
  without_password "$proxy"
}

without_password() { # URL -> URL with the user part hidden
  sed -E 's#//[^/@]*@#//***@#' <<< "$1"
}

export_line() { # NAME VALUE -> a line for sh, nothing when the value is empty
  [[ -n $2 ]] || return 0
  printf "export %s='%s'\n" "$1" "${2//\'/\'\\\'\'}"
}

write_host_settings() { # DIR SUITE: fills DIR with settings.sh, ca.pem, apt.sources, apt.conf and the like
  local dir=$1 suite=$2 bundle name netrc uv_config
  mkdir -p "$dir"
  chmod 700 "$dir"
  bundle=$(host_ca_bundle)
  if [[ -n $bundle ]]; then
    cat "$bundle" > "$dir/ca.pem"
  fi
  netrc=${NETRC:-${HOME:-}/.netrc}
  if [[ -f $netrc && -r $netrc ]]; then
    cat "$netrc" > "$dir/netrc"
  fi
  uv_config=$(host_uv_config)
  if [[ -n $uv_config ]]; then
    cat "$uv_config" > "$dir/uv.toml"
  fi
  {
    if [[ -n $bundle ]]; then
      for name in SSL_CERT_FILE REQUESTS_CA_BUNDLE PIP_CERT CURL_CA_BUNDLE; do
        export_line "$name" /host/ca.pem
      done
    fi
    export_line NETRC "${netrc:+$([[ -f $dir/netrc ]] && echo /host/netrc)}"
    export_line UV_CONFIG_FILE "$([[ -f $dir/uv.toml ]] && echo /host/uv.toml)"
    for name in http_proxy https_proxy no_proxy all_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY; do
      export_line "$name" "${!name:-}"
    done
    write_index_settings
    # The index's own variables for credentials (UV_INDEX_<NAME>_USERNAME and _PASSWORD), and patience with slow mirrors.
    while IFS= read -r name; do
      export_line "$name" "${!name}"
    done < <(compgen -e | grep -E '^UV_INDEX_.*_(USERNAME|PASSWORD)$|^UV_HTTP_(TIMEOUT|CONNECT_TIMEOUT|RETRIES)$|^UV_KEYRING_PROVIDER$|^PIP_DEFAULT_TIMEOUT$')
  } > "$dir/settings.sh"
  write_apt_settings "$dir" "$suite"
}

write_index_settings() { # the index for pip and for uv: whoever configures one of them means both
  local index extra trusted
  index=$(host_index)
  extra=${UV_INDEX:-${UV_EXTRA_INDEX_URL:-${PIP_EXTRA_INDEX_URL:-$(pip_setting extra-index-url)}}}
  trusted=${UV_INSECURE_HOST:-${PIP_TRUSTED_HOST:-$(pip_setting trusted-host)}}
  export_line PIP_INDEX_URL "$index"
  export_line UV_DEFAULT_INDEX "$index"
  export_line PIP_EXTRA_INDEX_URL "$extra"
  export_line UV_INDEX "$extra"
  export_line PIP_TRUSTED_HOST "$trusted"
  export_line UV_INSECURE_HOST "$trusted"
}

host_is_debian() {
  [[ -r /etc/os-release ]] && (
    # shellcheck source=/dev/null
    . /etc/os-release && [[ ${ID:-} == debian ]]
  )
}

# The mirrors come from the host's own apt sources, whatever release the host itself runs.
host_mirror() { # main|security -> URI, nothing when the host has none
  local codename kind=$1
  host_is_debian || return 0
  # shellcheck source=/dev/null
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  # shellcheck disable=SC2016 # these are apt's placeholders, not the shell's
  apt-get indextargets --format '$(CODENAME) $(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' 2> /dev/null |
    awk -v codename="$codename" -v kind="$kind" '
      $3 != "main" { next }
      kind == "main" && $2 == codename { print $4; exit }
      kind == "security" && ($2 == codename "-security" || $2 == codename "/updates") { print $4; exit }'
}

debian_sources() { # SUITE -> lines of a sources.list, nothing when the host has no Debian mirror
  local suite=$1 main security keys=/usr/share/keyrings/debian-archive-keyring.gpg
  main=$(host_mirror main)
  [[ -n $main && -e $keys ]] || return 0
  echo "deb [signed-by=$keys] $main $suite main"
  echo "deb [signed-by=$keys] $main $suite-updates main"
  security=$(host_mirror security)
  if [[ -n $security ]]; then
    echo "deb [signed-by=$keys] $security $suite-security main"
  fi
}

write_apt_settings() { # DIR SUITE
  local dir=$1 suite=$2
  debian_sources "$suite" > "$dir/apt.sources"
  {
    [[ -f $dir/ca.pem ]] && echo 'Acquire::https::CAInfo "/host/ca.pem";'
    if command -v apt-config > /dev/null; then
      apt-config dump | grep -iE '^Acquire::(https?|ftp)::(Proxy|Timeout)' || true
    fi
  } > "$dir/apt.conf"
}
