package org.labharness.pipeline.checkout;

/**
 * A repository as it was at one moment, in a Git bundle.
 *
 * @param repository where it was handed in, without credentials
 * @param ref what is to be graded: as it was asked for, or the branch that HEAD named
 * @param commit that the ref led to, 40 hex digits
 * @param refsDigest SHA-256 (hex) over all branches, tags and experiments with their commits
 * @param packages SHA-256 (hex) over the commit's files that may declare packages: of those that share an environment mostly the same
 */
public record Frozen(String repository, String ref, String commit, String refsDigest, String packages) {}
