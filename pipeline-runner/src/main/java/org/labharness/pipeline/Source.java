package org.labharness.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * Where a submission comes from.
 *
 * @param location path or URL of a Git repository
 * @param ref branch, tag or commit; null: what HEAD names
 */
public record Source(String location, @Nullable String ref) {}
