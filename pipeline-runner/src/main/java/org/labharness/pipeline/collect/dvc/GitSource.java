package org.labharness.pipeline.collect.dvc;

import java.util.Locale;

/**
 * A file or folder of another Git repository, as {@code dvc import} records it.
 *
 * @param url of the repository as written
 * @param revision the commit that it was taken from; empty where none is recorded
 * @param path in that repository
 */
public record GitSource(String url, String revision, String path) {
    /** Whether it is an address and not a folder on some machine. */
    boolean isAddress() {
        String lower = url.toLowerCase(Locale.ROOT);
        return lower.matches("(?:https?|ssh|git)://.+") || lower.matches("[^/@:]+@[^/:]+:[^/].*");
    }

    /** For people: {@code the Git repository https://host/team/data}, without a login. */
    public String shown() {
        return "the Git repository " + DvcRemote.withoutLogin(url);
    }
}
