package org.labharness.autograder.forge;

import java.util.Locale;
import java.util.Optional;

/** A kind of host for Git repositories. */
public enum Forge {
    GITHUB("GitHub"),
    GITLAB("GitLab"),
    /** Forgejo speaks the same. */
    GITEA("Gitea");

    private final String title;

    Forge(String title) {
        this.title = title;
    }

    /** As people write it. */
    public String title() {
        return title;
    }

    /** As addresses and settings write it: {@code github}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty where nothing is called so. */
    public static Optional<Forge> of(String id) {
        for (Forge forge : values()) {
            if (forge.id().equals(id)) {
                return Optional.of(forge);
            }
        }
        return Optional.empty();
    }
}
