package org.labharness.autograder.check;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.labharness.lab.Memory;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;

/** {@code no-committed-environment}: one such file loses all points. */
final class CommittedEnvironmentRule {
    private static final Pattern ENVIRONMENT = Pattern.compile("^((?:[^/]+/)*?[^/]+)/(?:pyvenv\\.cfg|conda-meta/.+"
            + "|[Ll]ib(?:64)?/(?:python[0-9.]+/)?site-packages/.+)$");
    private static final Pattern MADE =
            Pattern.compile("^((?:[^/]+/)*?(?:__pycache__|\\.ipynb_checkpoints|node_modules|\\.pytest_cache|[^/]+"
                    + "\\.egg-info))/.+$");
    private static final Pattern BYTE_CODE = Pattern.compile("^.*\\.py[co]$");

    private static final int MOST_NAMED = 5;

    private CommittedEnvironmentRule() {}

    static Ruling judge(Case subject) {
        List<TreeFile> files = subject.evidence().tree().files();
        Map<String, Long> found = new LinkedHashMap<>();
        folders(files).forEach(folder -> found.put(folder, 0L));
        if (found.isEmpty()) {
            return Ruling.full("No virtual environment, package cache or byte code among the "
                    + PlainText.count(subject.evidence().tree().count(), "committed file") + ".");
        }
        found.replaceAll((folder, none) -> bytes(folder, files));
        String worst = found.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        long count = files.stream().filter(file -> under(worst, file.path())).count();
        List<String> rest =
                found.keySet().stream().filter(folder -> !folder.equals(worst)).toList();
        String others = rest.isEmpty()
                ? ""
                : " Also: " + PlainText.list(rest.stream().sorted().toList()) + ".";
        List<String> shown =
                Stream.concat(Stream.of(worst), rest.stream()).limit(MOST_NAMED).toList();
        return Ruling.absent(Sentence.at(
                Place.of(worst),
                PlainText.name(worst) + " is committed (" + PlainText.count((int) count, "file") + ", "
                        + new Memory(found.getOrDefault(worst, 0L)) + "): that is made by tools, and each machine makes"
                        + " its own." + others,
                "git rm -r --cached "
                        + shown.stream().map(PlainText::shell).collect(Collectors.joining(" ")) + ", add "
                        + PlainText.list(shown.stream()
                                .map(CommittedEnvironmentRule::ignore)
                                .distinct()
                                .toList())
                        + " to .gitignore, commit and push. What to install belongs in requirements.txt."));
    }

    /** What tools made and was committed: folders, and files of byte code by themselves. */
    static Set<String> folders(List<TreeFile> files) {
        Set<String> folders = new LinkedHashSet<>();
        files.forEach(file -> place(file.path()).ifPresent(folders::add));
        return folders;
    }

    private static Optional<String> place(String path) {
        for (Pattern pattern : List.of(ENVIRONMENT, MADE)) {
            Matcher matcher = pattern.matcher(path);
            if (matcher.matches()) {
                return Optional.of(matcher.group(1));
            }
        }
        return BYTE_CODE.matcher(path).matches() ? Optional.of(path) : Optional.empty();
    }

    private static long bytes(String folder, List<TreeFile> files) {
        return files.stream()
                .filter(file -> under(folder, file.path()))
                .mapToLong(file -> Math.max(0, file.size()))
                .sum();
    }

    static boolean under(String folder, String path) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }

    private static String ignore(String path) {
        if (BYTE_CODE.matcher(path).matches()) {
            return "*.pyc";
        }
        String last = PlainText.name(path.substring(path.lastIndexOf('/') + 1));
        return last + "/";
    }
}
