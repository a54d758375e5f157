package org.labharness.pipeline.preflight;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.labharness.lab.Finding;
import org.labharness.lab.Memory;
import org.labharness.lab.Place;
import org.labharness.lab.ShellWord;
import org.labharness.pipeline.evidence.TreeFacts.Kind;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;

/** Files that do not belong into Git. */
final class CommittedFilesQuirk implements Quirk {
    private static final Memory LARGE = Memory.mebibytes(10);
    private static final int SHOWN = 3;
    private static final Set<String> CACHES =
            Set.of("__pycache__", ".ipynb_checkpoints", ".pytest_cache", ".mypy_cache", "node_modules");

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        environments(view, findings);
        caches(view, findings);
        large(view, findings);
        kinds(view, findings);
    }

    private static void environments(TreeView view, Consumer<Finding> findings) {
        Set<String> roots = new LinkedHashSet<>();
        long bytes = 0;
        long count = 0;
        for (TreeFile file : view.files()) {
            int packages = file.path().indexOf("/site-packages/");
            if (TreeView.name(file.path()).equals("pyvenv.cfg")) {
                roots.add(parent(file.path()));
            } else if (packages > 0) {
                roots.add(file.path().substring(0, packages).replaceFirst("(?i)/lib(?:/python[0-9.]{1,6})?$", ""));
            }
            if (packages > 0) {
                bytes += file.size();
                count++;
            }
        }
        if (!roots.isEmpty()) {
            String root = roots.iterator().next();
            findings.accept(FindingCode.REPO_ENVIRONMENT_COMMITTED.at(
                    Place.of(root),
                    "A virtual environment is committed (" + root
                            + (count > 0
                                    ? ", " + count + (count == 1 ? " file, " : " files, ") + new Memory(bytes)
                                    : "")
                            + "). It works on no other machine and makes every clone slow.",
                    "Take it out and ignore it: git rm -r --cached " + ShellWord.of(root) + " && echo "
                            + ShellWord.of(root + "/") + " >> .gitignore && git commit -a."));
        }
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "." : path.substring(0, slash);
    }

    private static void caches(TreeView view, Consumer<Finding> findings) {
        Set<String> folders = new LinkedHashSet<>();
        for (TreeFile file : view.files()) {
            String path = file.path();
            if (path.contains("/site-packages/")) {
                continue;
            }
            if (path.startsWith(".dvc/tmp/")) {
                folders.add(".dvc/tmp");
            }
            String[] parts = path.split("/", -1);
            for (int i = 0; i < parts.length - 1; i++) {
                if (CACHES.contains(parts[i])) {
                    folders.add(String.join("/", List.of(parts).subList(0, i + 1)));
                    break;
                }
            }
        }
        if (!folders.isEmpty()) {
            String shown = String.join(", ", folders.stream().limit(SHOWN).toList());
            findings.accept(FindingCode.REPO_CACHES_COMMITTED.at(
                    Place.of(folders.iterator().next()),
                    "Caches are committed: " + shown
                            + (folders.size() > SHOWN ? " and " + (folders.size() - SHOWN) + " more" : "") + ".",
                    "Take them out (git rm -r --cached <folder>) and name them in .gitignore."));
        }
    }

    private static void large(TreeView view, Consumer<Finding> findings) {
        List<TreeFile> large = new ArrayList<>(view.files().stream()
                .filter(file -> file.size() > LARGE.bytes() && !file.path().contains("/site-packages/"))
                .toList());
        large.sort((a, b) -> Long.compare(b.size(), a.size()));
        for (TreeFile file : large.stream().limit(SHOWN).toList()) {
            findings.accept(FindingCode.REPO_LARGE_FILE.at(
                    Place.of(file.path()),
                    file.path() + " (" + new Memory(file.size())
                            + ") is committed to Git, which keeps every version of it for ever.",
                    "Let DVC keep it: git rm --cached " + ShellWord.of(file.path()) + " && dvc add "
                            + ShellWord.of(file.path()) + "."));
        }
    }

    private static void kinds(TreeView view, Consumer<Finding> findings) {
        first(view, Kind.LFS_POINTER)
                .findFirst()
                .ifPresent(
                        file -> findings.accept(
                                FindingCode.REPO_LFS_POINTER.at(
                                        Place.of(file.path()),
                                        file.path()
                                                + more(first(view, Kind.LFS_POINTER)
                                                                .count()
                                                        - 1)
                                                + " kept by Git LFS; the clone holds only a pointer. Grading fetches the"
                                                + " content from the LFS server where it can be read.",
                                        "Let DVC keep the data instead (git lfs untrack, dvc add), or commit the file itself if it is small.")));
        first(view, Kind.SUBMODULE)
                .findFirst()
                .ifPresent(file -> findings.accept(FindingCode.REPO_SUBMODULE.at(
                        Place.of(file.path()),
                        file.path()
                                + " is another Git repository inside this one (a submodule). Its files are not in the clone.",
                        "Remove its .git folder, then: git rm --cached " + ShellWord.of(file.path()) + " && git add "
                                + ShellWord.of(file.path())
                                + " && git commit.")));
    }

    private static String more(long others) {
        return others == 0 ? " is" : " and " + others + " more " + (others == 1 ? "file are" : "files are");
    }

    private static Stream<TreeFile> first(TreeView view, Kind kind) {
        return view.files().stream().filter(file -> file.kind() == kind);
    }
}
