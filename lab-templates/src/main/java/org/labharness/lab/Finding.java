package org.labharness.lab;

import org.jspecify.annotations.Nullable;

/**
 * Something noticed in a repository or a lab.
 *
 * @param code stable, such as {@code dvc.lock-stale}
 * @param where null where no single place can be named
 * @param message what was seen and what it means, one or two sentences
 * @param hint the command or edit that mends it
 */
public record Finding(
        String code, Severity severity, @Nullable Place where, String message, String hint) {}
