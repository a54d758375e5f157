package org.labharness.pipeline.evidence;

import java.time.Instant;

/**
 * What was graded.
 *
 * @param repository path or URL as given, credentials removed
 * @param ref the ref asked for, or the branch that HEAD named
 * @param commit 40 hex digits
 * @param refsDigest SHA-256 (hex) over all branches, tags and {@code refs/exps/*} with their commits
 * @param commitTime the committer's clock; never used for anything but capping package versions
 * @param commits number of commits reachable, counted up to 10,000
 */
public record SubmissionFacts(
        String repository, String ref, String commit, String refsDigest, Instant commitTime, int commits) {}
