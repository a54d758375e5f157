package org.labharness.pipeline.collect.dvc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Doc.Mapping;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.TreeReader;

/**
 * A place that a repository's DVC configuration names for its data.
 *
 * @param url as written
 * @param folder relative to the repository where it lies in it, else empty
 * @param options all that the configuration says of it
 */
public record DvcRemote(String name, String url, String folder, Map<String, String> options) {
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
    private static final Set<String> FETCHABLE = Set.of("https", "http", "s3", "gs", "webdav", "webdavs");
    private static final String SECTION = "remote \"";
    private static final int MOST = 20;

    public DvcRemote {
        options = Map.copyOf(options);
    }

    /**
     * The remotes that a DVC repository names, its default one first.
     *
     * @param root folder of the DVC repository, empty for the whole repository
     */
    public static List<DvcRemote> of(TreeReader tree, String root) {
        String config = RepositoryPath.join(root, ".dvc/config");
        Doc document = Documents.read(tree, config, Form.INI).document().orElse(new Mapping(Map.of(), Map.of(), 0));
        if (!(document instanceof Mapping sections)) {
            return List.of();
        }
        Map<String, DvcRemote> all = new LinkedHashMap<>();
        String chosen =
                sections.mapping("core").get("remote").flatMap(Doc::string).orElse("");
        if (!chosen.isEmpty()) {
            all.put(chosen, remote(root, chosen, sections.mapping(SECTION + chosen + "\"")));
        }
        for (String key : sections.entries().keySet()) {
            if (key.startsWith(SECTION) && all.size() < MOST) {
                String name = key.substring(SECTION.length()).replace("\"", "");
                all.putIfAbsent(name, remote(root, name, sections.mapping(key)));
            }
        }
        return new ArrayList<>(all.values());
    }

    private static DvcRemote remote(String root, String name, Mapping section) {
        String url = section.get("url").flatMap(Doc::string).orElse("");
        String folder = "";
        if (!url.isEmpty() && !RepositoryPath.isElsewhere(url)) {
            String joined = RepositoryPath.join(RepositoryPath.join(root, ".dvc"), url.replace('\\', '/'));
            folder = joined.startsWith("..") ? "" : joined;
        }
        Map<String, String> options = new LinkedHashMap<>();
        section.entries().forEach((key, value) -> value.string().ifPresent(text -> options.put(key, text)));
        return new DvcRemote(name, url, folder, options);
    }

    public Optional<String> option(String key) {
        return Optional.ofNullable(options.get(key)).filter(value -> !value.isBlank());
    }

    /** Whether it is a path on some machine's disk outside the repository. */
    boolean isElsewhere() {
        return folder.isEmpty() && (!url.contains("://") || url.startsWith("file:"));
    }

    /** Whether the Fetch step speaks its protocol. */
    public boolean isFetchable() {
        return isFetchable(url);
    }

    static boolean isFetchable(String address) {
        return FETCHABLE.contains(scheme(address));
    }

    /** Lower case; empty for a path. */
    public String scheme() {
        return scheme(url);
    }

    private static String scheme(String address) {
        int end = address.indexOf("://");
        return end < 0 ? "" : address.substring(0, end).toLowerCase(Locale.ROOT);
    }

    /** What it is, for people: {@code a Google Drive folder}. */
    String service() {
        return SERVICES.getOrDefault(scheme(), "a " + scheme() + " address");
    }

    /** For people: {@code the DVC remote 'store' (https://host/path)}, without a login; an address without a name as such. */
    public String shown() {
        return name.isEmpty()
                ? "the address " + withoutLogin(url)
                : "the DVC remote '" + name + "' (" + withoutLogin(url) + ")";
    }

    static String withoutLogin(String url) {
        return url.replaceFirst("^([A-Za-z0-9+.-]+://)[^/@]*@", "$1");
    }
}
