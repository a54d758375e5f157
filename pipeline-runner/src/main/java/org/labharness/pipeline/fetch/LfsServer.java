package org.labharness.pipeline.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import org.labharness.pipeline.checkout.RepositoryAddress;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.TreeReader;

/**
 * The Git LFS server of a submission's repository.
 *
 * @param url without login
 * @param user empty where there is no login
 */
record LfsServer(String url, String user, String password) {
    private static final String CONFIG = ".lfsconfig";

    /** What {@code .lfsconfig} names, else the one beside the repository; the login is for the repository's own host only. */
    static Optional<LfsServer> of(TreeReader tree, Optional<RepositoryAddress> repository) {
        Optional<LfsServer> beside = repository.map(address -> new LfsServer(
                (address.url().endsWith(".git") ? address.url() : address.url() + ".git") + "/info/lfs",
                address.user(),
                address.secret()));
        Optional<String> named = Documents.read(tree, CONFIG, Form.INI)
                .document()
                .flatMap(config -> config.mapping("lfs").get("url"))
                .flatMap(Doc::string)
                .filter(url -> url.matches("https?://[^/@]+(?:/.*)?"));
        return named.map(url -> beside.filter(own -> sameOrigin(own.url(), url))
                        .map(own -> new LfsServer(url, own.user(), own.password()))
                        .orElseGet(() -> new LfsServer(url, "", "")))
                .or(() -> beside);
    }

    private static boolean sameOrigin(String one, String other) {
        try {
            URI a = new URI(one);
            URI b = new URI(other);
            return a.getScheme().equalsIgnoreCase(b.getScheme())
                    && String.valueOf(a.getHost()).equalsIgnoreCase(String.valueOf(b.getHost()))
                    && a.getPort() == b.getPort();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    Map<String, String> about() {
        return Map.of("url", url, "user", user, "password", password);
    }

    /** For people. */
    String shown() {
        return "the Git LFS server " + url;
    }

    @Override
    public String toString() {
        return url;
    }
}
