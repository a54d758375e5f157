# shellcheck shell=bash
# The Debian release behind each Python, and the image of that release to pull where a container registry is in reach.
# The digests name multi-platform indexes, so that nothing moves under a pinned name.
suite_of() { # PYTHON -> Debian suite
  case "$1" in
    py311) echo bookworm ;;
    py313) echo trixie ;;
    *) echo "no Debian suite is known for '$1'" >&2; return 1 ;;
  esac
}

pulled_image_of() { # PYTHON -> image by digest
  case "$1" in
    py311) echo debian@sha256:7b140f374b289a7c2befc338f42ebe6441b7ea838a042bbd5acbfca6ec875818 ;;
    py313) echo debian@sha256:3a39a0592364683e6bab97937b72cad5a8fa6dcbbee90edb3bb48c7f8e94f258 ;;
    *) echo "no image is known for '$1'" >&2; return 1 ;;
  esac
}
