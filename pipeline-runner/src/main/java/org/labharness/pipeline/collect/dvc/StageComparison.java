package org.labharness.pipeline.collect.dvc;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.labharness.lab.Place;
import org.labharness.pipeline.collect.dvc.ContentHash.Match;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Doc.Mapping;
import org.labharness.pipeline.document.TreeLinks;
import org.labharness.pipeline.evidence.LockFacts.Difference;
import org.labharness.pipeline.evidence.LockFacts.Kind;
import org.labharness.pipeline.evidence.PipelineFacts.Output;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;

/** Compares one stage with what the lock recorded of it. */
final class StageComparison {

    private final LockComparison all;
    private final Stage stage;
    private final Doc recorded;
    private final Place place;
    private final List<Difference> differences;

    StageComparison(LockComparison all, Stage stage, Doc recorded, Place place, List<Difference> differences) {
        this.all = all;
        this.stage = stage;
        this.recorded = recorded;
        this.place = place;
        this.differences = differences;
    }

    void compare() {
        command();
        params();
        if (!stage.frozen()) {
            dependencies();
        }
        outputs();
    }

    private void add(Kind kind, String subject, String was, String is, boolean fault, int line) {
        Place where = line > 0 ? new Place(place.path(), line) : place;
        differences.add(new Difference(stage.name(), kind, subject, was, is, fault, where));
    }

    private void command() {
        List<String> was = recorded.get("cmd").map(Doc::items).orElse(List.of()).stream()
                .flatMap(item -> item.string().stream())
                .map(String::strip)
                .toList();
        List<String> is = stage.commands().stream().map(String::strip).toList();
        boolean unresolved = is.stream().anyMatch(command -> command.contains("${"));
        if (!was.equals(is) && !unresolved) {
            int line = recorded.get("cmd").map(Doc::line).orElse(0);
            add(Kind.COMMAND, "cmd", String.join("; ", was), String.join("; ", is), true, line);
        }
    }

    private void params() {
        Mapping files = recorded.mapping("params");
        // sorted, for the order of a record's map is another one in every process
        new TreeMap<>(stage.params()).forEach((file, names) -> {
            Mapping was = files.mapping(inLock(file, files));
            Optional<Doc> now = ParamsFile.read(all.tree(), file);
            if (now.isEmpty()) {
                boolean there = all.tree().exists(file);
                add(Kind.PARAMETER, file, "recorded", there ? "not readable" : "no such file", true, was.line());
                return;
            }
            if (names.isEmpty()) {
                wholeFile(file, was, now.get());
            }
            for (String name : names) {
                param(file, name, was, now.get());
            }
        });
    }

    private void wholeFile(String file, Mapping was, Doc now) {
        if (!was.sameValue(now) && now instanceof Mapping) {
            add(Kind.PARAMETER, file, was.brief(), now.brief(), true, was.line());
        }
    }

    private void param(String file, String name, Mapping was, Doc now) {
        Optional<Doc> before = was.get(name);
        Optional<Doc> here = now.at(name);
        boolean same = before.isPresent() ? here.filter(before.get()::sameValue).isPresent() : here.isEmpty();
        boolean unread = here.isEmpty() && file.endsWith(".py") && before.isPresent();
        if (!same && !unread) {
            String seen = here.map(Doc::brief).orElse("not in " + file);
            add(
                    Kind.PARAMETER,
                    name,
                    before.map(Doc::brief).orElse(Difference.NOT_RECORDED),
                    seen,
                    true,
                    was.lineOf(name));
        }
    }

    /** The lock names params files as the stage sees them, from its working directory. */
    private String inLock(String file, Mapping files) {
        return files.entries().keySet().stream()
                .filter(name ->
                        RepositoryPath.join(stage.workingDirectory(), name).equals(file))
                .findFirst()
                .orElse(file);
    }

    private void dependencies() {
        Map<String, Doc> was = LockComparison.entries(recorded, "deps", stage.workingDirectory());
        for (String path : stage.deps()) {
            Doc entry = was.get(path);
            if (entry == null) {
                add(Kind.DEPENDENCY, path, Difference.NOT_RECORDED, "in dvc.yaml", true, 0);
            } else if (!isUnsound(path, entry)) {
                entry.get("md5").flatMap(Doc::string).ifPresent(md5 -> dependency(path, md5, entry));
            }
        }
        extra(was.keySet(), Set.copyOf(stage.deps()), Kind.DEPENDENCY);
    }

    /** Of a link that is not followed the clone has nothing that could be compared. */
    private boolean isUnsound(String path, Doc entry) {
        Optional<TreeLinks.Left> left = all.tree().links().flawOf(path);
        left.ifPresent(link -> add(
                Kind.LINK,
                path,
                entry.get("md5").flatMap(Doc::string).orElse("recorded"),
                link.flaw().words(),
                true,
                entry.line()));
        return left.isPresent();
    }

    private void extra(Set<String> was, Set<String> is, Kind kind) {
        for (String path : was) {
            if (!is.contains(path) && !is.toString().contains("${")) {
                add(kind, path, "recorded", Difference.NOT_DECLARED, true, 0);
            }
        }
    }

    private void dependency(String path, String md5, Doc entry) {
        Optional<String> elsewhere = all.made(path)
                .flatMap(out -> out.get("md5"))
                .flatMap(Doc::string)
                .or(() -> all.tracked(path).map(TrackedFile::md5).filter(sum -> !sum.isEmpty()));
        if (elsewhere.isPresent()) {
            if (!elsewhere.get().equals(md5)) {
                String maker = all.made(path).isPresent() ? "the stage that makes it" : path + ".dvc";
                add(Kind.DEPENDENCY, path, md5, elsewhere.get() + " (" + maker + ")", true, entry.line());
            }
        } else if (!all.isMade(path)) {
            content(Kind.DEPENDENCY, path, md5, entry);
        }
    }

    private void content(Kind kind, String path, String md5, Doc entry) {
        Optional<String> now = all.hashes().of(path, LineEndings.AS_THEY_ARE);
        if (now.isEmpty()) {
            return;
        }
        if (entry.get("hash").isEmpty() && all.hashes().isOfDvc2(path, md5)) {
            return;
        }
        Match match = all.hashes().match(path, md5);
        switch (match) {
            case SAME -> {}
            case LINE_ENDINGS -> add(Kind.LINE_ENDINGS, path, md5, now.get(), false, entry.line());
            case DIFFERENT -> {
                boolean more =
                        md5.endsWith(".dir") && files(entry) > all.hashes().count(path);
                String seen = more ? "fewer files in Git than the " + files(entry) + " recorded" : now.get();
                add(kind, path, md5, seen, !more, entry.line());
            }
        }
    }

    private static long files(Doc entry) {
        return entry.get("nfiles")
                .flatMap(Doc::string)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    private void outputs() {
        Map<String, Doc> was = LockComparison.entries(recorded, "outs", stage.workingDirectory());
        for (Output out : stage.outs()) {
            Doc entry = was.get(out.path());
            if (entry == null) {
                add(Kind.OUTPUT, out.path(), Difference.NOT_RECORDED, "in dvc.yaml", true, 0);
            } else {
                entry.get("md5").flatMap(Doc::string).ifPresent(md5 -> content(Kind.OUTPUT, out.path(), md5, entry));
            }
        }
        extra(was.keySet(), stage.outs().stream().map(Output::path).collect(Collectors.toSet()), Kind.OUTPUT);
    }
}
