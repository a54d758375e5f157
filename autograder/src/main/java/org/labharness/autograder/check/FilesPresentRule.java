package org.labharness.autograder.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.labharness.lab.RepositoryCheck;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;

/** {@code files-present}: a part of the points for each path. A pattern names a kind of file: {@code README*} is met by {@code readme.md}. */
final class FilesPresentRule {
    private FilesPresentRule() {}

    static Ruling judge(RepositoryCheck.FilesPresent spec, Case subject) {
        List<TreeFile> files = subject.evidence().tree().files();
        List<String> faults = new ArrayList<>();
        for (String path : spec.paths()) {
            List<TreeFile> found = matching(path, files);
            if (found.isEmpty()) {
                faults.add(PlainText.name(path) + " is not committed" + nearest(path, files));
            } else if (found.stream().noneMatch(file -> file.size() > 0)) {
                faults.add(PlainText.name(path) + " is empty");
            }
        }
        int all = spec.paths().size();
        if (faults.isEmpty()) {
            return Ruling.full("Committed: " + PlainText.list(spec.paths()) + ".");
        }
        return Ruling.part(
                subject.full().part(all - faults.size(), all),
                Sentence.of(
                        faults.size() + " of " + PlainText.count(all, "expected file") + " missing: "
                                + String.join("; ", faults) + ".",
                        "Write what is missing, then git add, git commit and git push. Paths are case-sensitive; git"
                                + " check-ignore -v <file> says whether .gitignore hides it."));
    }

    private static List<TreeFile> matching(String path, List<TreeFile> files) {
        if (!Glob.isPattern(path)) {
            return files.stream().filter(file -> file.path().equals(path)).toList();
        }
        Pattern pattern = Pattern.compile(Glob.compile(path).pattern(), Pattern.CASE_INSENSITIVE);
        return files.stream()
                .filter(file -> pattern.matcher(file.path()).matches())
                .toList();
    }

    private static String nearest(String path, List<TreeFile> files) {
        return Glob.isPattern(path)
                ? " (no file has such a name)"
                : NearestName.hint(path, files.stream().map(TreeFile::path).toList());
    }
}
