/** Reads YAML, JSON, TOML, INI and text that students wrote: bounded in size, depth and aliases. */
@NullMarked
package org.labharness.pipeline.document;

import org.jspecify.annotations.NullMarked;
