package org.labharness.pipeline.collect.dvc;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Doc.Mapping;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.TreeReader;

/**
 * The place that a repository's DVC configuration names for its data.
 *
 * @param url as written
 * @param folder relative to the repository where it lies in it, else empty
 */
record DvcRemote(String name, String url, String folder) {
    private static final String CONFIG = ".dvc/config";
    private static final Map<String, String> SERVICES = Map.of(
            "gdrive", "a Google Drive folder",
            "s3", "an S3 bucket",
            "gs", "a Google Cloud bucket",
            "azure", "an Azure container",
            "ssh", "a folder on another machine (SSH)",
            "webdav", "a WebDAV server",
            "webdavs", "a WebDAV server",
            "https", "a web server",
            "http", "a web server",
            "hdfs", "a Hadoop file system");

    /** The default remote, or the only one; empty where none is configured. */
    static Optional<DvcRemote> of(TreeReader tree) {
        Doc config = Documents.read(tree, CONFIG, Form.INI).document().orElse(new Mapping(Map.of(), Map.of(), 0));
        String named = config.mapping("core").get("remote").flatMap(Doc::string).orElse("");
        if (!named.isEmpty()) {
            return Optional.of(remote(named, config.mapping("remote \"" + named + "\"")));
        }
        return config instanceof Mapping mapping
                ? mapping.entries().entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith("remote \""))
                        .findFirst()
                        .map(entry ->
                                remote(entry.getKey().substring(8).replace("\"", ""), config.mapping(entry.getKey())))
                : Optional.empty();
    }

    private static DvcRemote remote(String name, Mapping section) {
        String url = section.get("url").flatMap(Doc::string).orElse("");
        String folder = "";
        if (!url.isEmpty() && !RepositoryPath.isElsewhere(url)) {
            String joined = RepositoryPath.join(".dvc", url.replace('\\', '/'));
            folder = joined.startsWith("..") ? "" : joined;
        }
        return new DvcRemote(name, url, folder);
    }

    /** Whether it is a path on some machine's disk outside the repository. */
    boolean isElsewhere() {
        return folder.isEmpty() && (!url.contains("://") || url.startsWith("file:"));
    }

    /** What it is, for people: {@code a Google Drive folder}. */
    String service() {
        String scheme =
                url.contains("://") ? url.substring(0, url.indexOf("://")).toLowerCase(Locale.ROOT) : "";
        return SERVICES.getOrDefault(scheme, "a " + scheme + " address");
    }
}
