package org.labharness.pipeline.fetch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.pipeline.collect.dvc.DvcRemote;
import org.labharness.pipeline.collect.dvc.GitSource;
import org.labharness.pipeline.collect.dvc.WantedContent;
import org.labharness.pipeline.fetch.FetchSettings.Place;

/** What the fetching program is asked for. */
final class FetchRequest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FetchSettings settings;
    private final List<Store> stores = new ArrayList<>();
    private final List<Map<String, Object>> wanted = new ArrayList<>();
    private final List<Map<String, Object>> lfs = new ArrayList<>();
    private final List<Map<String, Object>> configurations = new ArrayList<>();

    FetchRequest(FetchSettings settings) {
        this.settings = settings;
    }

    void add(WantedContent content) {
        List<Integer> places = new ArrayList<>();
        content.remotes().forEach(remote -> number(remote).ifPresent(places::add));
        settings.places().stream()
                .filter(Place::course)
                .forEach(place -> number(course(place))
                        .filter(number -> !places.contains(number))
                        .ifPresent(places::add));
        List<Map<String, Object>> sources = new ArrayList<>();
        if (!content.source().isEmpty()) {
            number(new DvcRemote("", content.source(), "", Map.of()))
                    .ifPresent(number -> sources.add(Map.of("store", number, "path", "")));
        }
        content.git()
                .ifPresent(source -> GitHost.files(source)
                        .forEach(store ->
                                sources.add(Map.of("store", number(store), "path", source.path(), "git", true))));
        wanted.add(Map.of(
                "id",
                content.path(),
                "md5",
                content.md5(),
                "stores",
                places,
                "sources",
                sources,
                "list",
                content.listOnly()));
    }

    /** @param target where to put the repository's DVC configuration */
    void add(String target, GitSource repository) {
        configurations.add(Map.of(
                "target",
                target,
                "stores",
                GitHost.files(repository).stream().map(this::number).toList()));
    }

    void add(LfsServer server, List<LfsPointer> pointers) {
        Map<String, Object> about = new LinkedHashMap<>(server.about());
        about.put(
                "objects",
                pointers.stream()
                        .map(pointer -> Map.of("id", pointer.path(), "oid", pointer.oid(), "size", pointer.size()))
                        .toList());
        lfs.add(about);
    }

    private static DvcRemote course(Place place) {
        Map<String, String> options = place.endpoint().isEmpty() ? Map.of() : Map.of("endpointurl", place.endpoint());
        return new DvcRemote("course", place.url(), "", options);
    }

    private Optional<Integer> number(DvcRemote remote) {
        return Store.of(remote, settings).map(this::number);
    }

    private int number(Store store) {
        int known = stores.stream().map(Store::about).toList().indexOf(store.about());
        if (known < 0) {
            stores.add(store);
        }
        return known < 0 ? stores.size() - 1 : known;
    }

    /** For people; the number as the program reports it. */
    String shown(int store) {
        return store < 0 || store >= stores.size()
                ? "no place"
                : stores.get(store).shown();
    }

    /** Takes every secret out of a text. */
    String scrub(String text) {
        String clean = text;
        for (Store store : stores) {
            for (String secret : store.secrets()) {
                clean = clean.replace(secret, "***");
            }
        }
        return clean;
    }

    byte[] json(FetchLimits limits) {
        Map<String, Object> caps = Map.of(
                "bytes", limits.size().bytes(),
                "files", limits.files(),
                "seconds", limits.time().toMillis() / 1000.0,
                "idle", limits.idle().toMillis() / 1000.0,
                "pause", limits.pause().toMillis() / 1000.0);
        Map<String, Object> policy = Map.of("public", settings.publicHttps(), "allow", settings.allow());
        try {
            return JSON.writeValueAsBytes(Map.of(
                    "limits", caps,
                    "policy", policy,
                    "control", settings.control(),
                    "stores", stores.stream().map(Store::about).toList(),
                    "wanted", wanted,
                    "configurations", configurations,
                    "lfs", lfs));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts and numbers are JSON", e);
        }
    }
}
