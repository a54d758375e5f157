package org.labharness.lab;

import java.util.List;
import java.util.Set;

/** Checks of the committed files. The YAML name of each stands in its first sentence. */
public sealed interface RepositoryCheck extends CheckSpec {
    @Override
    default Family family() {
        return Family.REPOSITORY;
    }

    /** {@code files-present}: every path (glob patterns allowed) is committed and not empty. */
    record FilesPresent(List<String> paths) implements RepositoryCheck {
        public FilesPresent {
            paths = List.copyOf(paths);
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.Tree());
        }
    }

    /** {@code no-committed-environment}: no virtual environment, package cache or byte code is committed. */
    record NoCommittedEnvironment() implements RepositoryCheck {
        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.Tree());
        }
    }

    /** {@code no-secrets}: no password, token or key is committed. */
    record NoSecrets() implements RepositoryCheck {
        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.Tree());
        }
    }

    /** {@code environment-installs}: what the submission declares installs as declared, nothing set aside or guessed. */
    record EnvironmentInstalls() implements RepositoryCheck {
        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.PipelineRun());
        }
    }

    /**
     * {@code no-hidden-rows}: no file that is committed, or left by the run, holds rows of the lab's hidden data.
     *
     * @param data id of the lab's hidden data
     * @param atLeast how many rows must be found in one file, and how many times as many as would be by chance
     */
    record NoHiddenRows(String data, int atLeast) implements RepositoryCheck {
        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.Tree(), new EvidenceRequest.HiddenCopies(data));
        }
    }
}
