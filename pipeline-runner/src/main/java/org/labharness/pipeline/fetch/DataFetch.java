package org.labharness.pipeline.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.checkout.RepositoryAddress;
import org.labharness.pipeline.collect.dvc.Fate;
import org.labharness.pipeline.collect.dvc.OwnRemote;
import org.labharness.pipeline.collect.dvc.WantedContent;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.DataFacts.Presence;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.SubmissionSpace;

/**
 * Fetches what a submission names and does not hold. What came is data of strangers: its sums are checked inside the container and again
 * where it is put in place.
 */
public final class DataFetch {
    private static final String REPORT = "report.json";

    private final FetchSettings settings;

    /** @param environment variables that name the settings, as {@code System.getenv()} gives them */
    public DataFetch(Map<String, String> environment) {
        this(SettingsFile.load(environment));
    }

    DataFetch(FetchSettings settings) {
        this.settings = settings;
    }

    /**
     * What is to be brought for one submission.
     *
     * @param own what the harness keeps for whoever handed it in, where contents are taken from before anybody is asked
     */
    public record Order(
            TreeReader tree,
            List<WantedContent> contents,
            List<String> pointers,
            Optional<RepositoryAddress> repository,
            FetchLimits limits,
            Optional<OwnRemote> own) {
        public Order {
            contents = List.copyOf(contents);
            pointers = List.copyOf(pointers);
        }

        /** Of somebody for whom nothing is kept. */
        public Order(
                TreeReader tree,
                List<WantedContent> contents,
                List<String> pointers,
                Optional<RepositoryAddress> repository,
                FetchLimits limits) {
            this(tree, contents, pointers, repository, limits, Optional.empty());
        }

        private Order of(List<WantedContent> some) {
            return new Order(tree, some, pointers, repository, limits, own);
        }

        boolean isEmpty() {
            return contents.isEmpty() && pointers.isEmpty();
        }
    }

    /**
     * What came of it.
     *
     * @param folder contents by their sums, beside the work tree and on the same file system
     * @param fates by path
     */
    public record Fetched(Path folder, Map<String, Fate> fates) implements AutoCloseable {
        public Fetched {
            fates = Map.copyOf(fates);
        }

        /** Removes what has found no place. */
        @Override
        public void close() throws IOException {
            delete(folder);
        }
    }

    /**
     * Fetches into a folder beside the work tree. Gives back at once where there is nothing to fetch.
     *
     * @param image the tools image
     */
    public Fetched bring(SubmissionSpace space, String image, Order order, Progress progress) {
        Path folder = space.layout().work().resolveSibling("fetched");
        if (order.isEmpty()) {
            return new Fetched(folder, Map.of());
        }
        make(folder, space.layout().uid());
        OwnContents kept = OwnContents.of(order);
        Order asked = order.of(kept.others());
        Fetched fetched = asked.isEmpty()
                ? new Fetched(folder, Map.of())
                : ask(space, new FetchContainer(space, image), asked, folder, progress);
        Map<String, Fate> fates = new LinkedHashMap<>(fetched.fates());
        fates.putAll(kept.copy(folder));
        return new Fetched(folder, fates);
    }

    private Fetched ask(SubmissionSpace space, FetchContainer container, Order order, Path folder, Progress progress) {
        ForeignRepositories foreign = new ForeignRepositories(order.contents());
        if (!foreign.isEmpty()) {
            FetchRequest first = new FetchRequest(settings);
            foreign.ask(first);
            put(folder, first.json(order.limits()), space.layout().uid());
            report(folder, container.run(folder, order.limits()), first);
        }
        FetchRequest request = new FetchRequest(settings);
        foreign.located(order.contents(), folder).forEach(request::add);
        List<LfsPointer> pointers = order.pointers().stream()
                .flatMap(path -> LfsPointer.read(order.tree(), path).stream())
                .toList();
        Optional<LfsServer> server = LfsServer.of(order.tree(), order.repository());
        server.filter(known -> !pointers.isEmpty()).ifPresent(known -> request.add(known, pointers));
        progress.on(
                new Progress.Event.Note("fetching data (" + (order.contents().size() + pointers.size()) + " items)"));
        put(folder, request.json(order.limits()), space.layout().uid());
        Doc report = report(folder, container.run(folder, order.limits()), request);
        Map<String, Fate> fates = new LinkedHashMap<>(fates(report, request, server, order));
        if (server.isEmpty()) {
            pointers.forEach(
                    pointer -> fates.put(
                            pointer.path(),
                            new Fate(
                                    Presence.REMOTE_UNREACHABLE,
                                    "it is kept by Git LFS, and the repository was given as a folder, which names no LFS server")));
        }
        return new Fetched(folder, placed(fates, pointers, folder, order.tree().root()));
    }

    private static void make(Path folder, int uid) {
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            give(folder, uid);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private static void put(Path folder, byte[] request, int uid) {
        try {
            Path file = Files.createFile(
                    folder.resolve("request.json"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, request);
            give(file, uid);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private static void give(Path path, int uid) throws IOException {
        if (!Integer.valueOf(uid).equals(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
            Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static SystemBroke unwritable(Path folder, IOException e) {
        return new SystemBroke(
                Breakdown.DISK_FULL, "The folder for fetched data " + folder + " cannot be made: " + e, e);
    }

    private static Doc report(Path folder, ExecutionResult result, FetchRequest request) {
        Optional<Doc> report =
                Documents.read(new TreeReader(folder), REPORT, Form.JSON).document();
        if (result.exit() != 0 || report.isEmpty()) {
            throw new SystemBroke(
                    result.limits().isEmpty() ? Breakdown.INTERNAL : Breakdown.TIMED_OUT,
                    "Fetching data ended with exit code " + result.exit() + " " + result.limits() + ": "
                            + request.scrub(result.log().lastError()));
        }
        return report.get();
    }

    private static Map<String, Fate> fates(Doc report, FetchRequest request, Optional<LfsServer> server, Order order) {
        Map<String, Fate> fates = new LinkedHashMap<>();
        for (Doc one : report.get("results").map(Doc::items).orElse(List.of())) {
            String path = text(one, "id");
            boolean lfs = order.pointers().contains(path);
            int store = Integer.parseInt(text(one, "store"));
            String place = lfs ? server.map(LfsServer::shown).orElse("no server") : request.shown(store);
            fates.put(
                    path,
                    lfs || store >= 0
                            ? FateWords.of(
                                    text(one, "outcome"), place, request.scrub(text(one, "detail")), order.limits())
                            : FateWords.nowhere(order.contents(), path));
        }
        return fates;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static String text(Doc doc, String key) {
        return doc.get(key).flatMap(Doc::string).orElse("");
    }

    /** Puts what Git LFS keeps in place of the pointers. A pointer whose content did not come goes: it is no data. */
    private static Map<String, Fate> placed(
            Map<String, Fate> fates, List<LfsPointer> pointers, Path folder, Path tree) {
        try {
            List<String> moved = new ArrayList<>();
            for (LfsPointer pointer : pointers) {
                Path content = folder.resolve("lfs").resolve(pointer.oid());
                Path target = tree.resolve(pointer.path());
                Fate fate = fates.get(pointer.path());
                if (fate != null && fate.presence() == Presence.FETCHED) {
                    boolean again = pointers.stream()
                            .anyMatch(other -> other.oid().equals(pointer.oid())
                                    && !other.equals(pointer)
                                    && !moved.contains(other.path()));
                    Files.delete(target);
                    if (again) {
                        Files.copy(content, target);
                    } else {
                        Files.move(content, target, StandardCopyOption.REPLACE_EXISTING);
                    }
                    moved.add(pointer.path());
                } else {
                    Files.delete(target);
                }
            }
            return fates;
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.DISK_FULL, "Fetched data cannot be put in place: " + e, e);
        }
    }
}
