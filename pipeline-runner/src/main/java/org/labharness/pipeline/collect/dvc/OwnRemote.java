package org.labharness.pipeline.collect.dvc;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.TreeReader;

/**
 * The DVC remote that the harness itself gives to whoever hands in a lab. Its contents are read from its folder, whatever address the
 * repository knows it by; only whoever it belongs to could put them there, each under its own sum.
 *
 * @param folder laid out as DVC lays out a remote; need not be there yet
 * @param path of its address, such as {@code /dvc/mlops/CS21B001/dvc-pipeline}
 * @param address for people
 */
public record OwnRemote(Path folder, String path, String address) {
    /** For people: what it is and where. */
    public String shown() {
        return "the course's own remote for this lab (" + address + ")";
    }

    /** Whether a remote that a repository names is this one. */
    boolean is(DvcRemote remote) {
        try {
            URI uri = new URI(remote.url().replace(" ", "%20"));
            String named = uri.getPath();
            return remote.scheme().startsWith("http")
                    && named != null
                    && named.replaceFirst("/+$", "").endsWith(path);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Where the content with a sum lies in the folder, relative to it; empty where it is not there. */
    public Optional<String> place(String md5) {
        if (!md5.matches("[0-9a-f]{32}(?:\\.dir)?")) {
            return Optional.empty();
        }
        TreeReader reader = new TreeReader(folder);
        String tail = md5.substring(0, 2) + "/" + md5.substring(2);
        for (String place : List.of("files/md5/" + tail, tail)) {
            if (reader.isFile(place)) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    /** The sums of what is in a folder, by the list that lies here; empty where no list can be read. */
    public Optional<List<String>> listed(String md5) {
        return place(md5)
                .flatMap(place ->
                        Documents.read(new TreeReader(folder), place, Form.JSON).document())
                .map(list -> list.items().stream()
                        .map(item -> item.get("md5").flatMap(Doc::string).orElse(""))
                        .distinct()
                        .toList());
    }

    /** Whether all of it is here: of a folder its list, and whatever that names. */
    public boolean holds(String md5, boolean listOnly) {
        if (!md5.endsWith(".dir") || listOnly) {
            return place(md5).isPresent();
        }
        return listed(md5)
                .filter(all -> all.stream().allMatch(one -> place(one).isPresent()))
                .isPresent();
    }
}
