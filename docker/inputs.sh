# shellcheck shell=bash
# What the images of this checkout are made from, in a few digits: quick enough to be asked at each start of the program. Not the folder
# of services: an owner keeps a password there that others may not read.

image_inputs() { # FOLDER, the folder docker of a checkout -> a comment for images.properties
  (cd "$1" && find . -path ./deploy -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 cksum | cksum | sed 's/^/# made from /')
}
