package org.labharness.pipeline.fetch;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.pipeline.collect.dvc.GitSource;

/** Where hosts of Git repositories give single files as they are at a commit. */
final class GitHost {
    private static final Pattern COPIED = Pattern.compile("[^/@:]+@([^/:]+):([^/].*)");
    private static final Pattern LOGGED_IN = Pattern.compile("(?:ssh|git)://(?:[^/@]*@)?([^/:]+)(?::[0-9]+)?/(.+)");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final String GITHUB = "https://github.com/";

    private GitHost() {}

    /** Addresses below which the files of that commit lie, without any login; none where there can be none. */
    static List<Store> files(GitSource source) {
        String address = web(source.url());
        if (address.isEmpty() || !COMMIT.matcher(source.revision()).matches()) {
            return List.of();
        }
        return addresses(address, source.revision()).stream()
                .map(url -> new Store(Map.of("kind", "http", "url", url), source.shown()))
                .toList();
    }

    private static List<String> addresses(String address, String commit) {
        if (address.startsWith(GITHUB)) {
            return List.of("https://raw.githubusercontent.com/" + address.substring(GITHUB.length()) + "/" + commit);
        }
        return List.of(
                address + "/-/raw/" + commit, // GitLab
                address + "/raw/commit/" + commit, // Gitea, Forgejo
                address + "/raw/" + commit); // Bitbucket, DagsHub, Hugging Face
    }

    private static String web(String url) {
        String plain = url.replaceFirst("^(https?://)[^/@]*@", "$1");
        for (Pattern other : List.of(COPIED, LOGGED_IN)) {
            Matcher parts = other.matcher(url);
            if (parts.matches()) {
                plain = "https://" + parts.group(1) + "/" + parts.group(2);
            }
        }
        plain = plain.replaceFirst("/+$", "").replaceFirst("\\.git$", "");
        return plain.matches("https?://[A-Za-z0-9._:-]+/[^?#\\s]+") ? plain : "";
    }
}
