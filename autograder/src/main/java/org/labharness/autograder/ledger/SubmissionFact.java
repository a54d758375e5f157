package org.labharness.autograder.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.LabId;

/**
 * That something was handed in. The same lab, owner, commit and refs are one submission, however often it comes.
 *
 * @param repository path or URL, credentials removed
 * @param ref the branch, tag or commit that was asked for, or the branch that HEAD named
 * @param commit 40 hex digits
 * @param refsDigest SHA-256 (hex) over all branches, tags and experiments with their commits
 * @param received server time; null where no trusted time is known
 * @param bundle digest of the Git bundle that holds it; null where none is kept
 */
public record SubmissionFact(
        LabId lab,
        Owner owner,
        String repository,
        String ref,
        String commit,
        String refsDigest,
        @Nullable Instant received,
        @Nullable String bundle) {}
