package org.labharness.pipeline.intervene;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which of the params in use can be changed without a program refusing it. */
final class Candidates {
    /** Counts of repetitions are what a program hardly ever checks, and their names are the same everywhere. */
    private static final Pattern COUNT =
            Pattern.compile("(?i).*(?:epoch|iter|tree|estimator|round|step|depth|max_|n_).*");

    /** Sizes that have to fit the data. */
    private static final Pattern SHAPE =
            Pattern.compile("(?i)(?:.*\\.)?(?:n|num)_(?:class|feature|channel|input|output|label|column|row|col)\\w*");

    /** How a program runs, not what it does: of these another value may be refused, or changes nothing. */
    private static final Pattern RUNNING =
            Pattern.compile("(?i)(?:.*\\.)?(?:n_?jobs?|(?:n|num|max)_?(?:threads?|workers?|cpus?"
                    + "|cores?|proc\\w*|gpus?)|threads?|workers?|jobs|cores?|cpus?|n_?gpus?|gpus?|cuda|device\\w*|use_gpu|use_cuda|verbose|verbosity"
                    + "|debug|log_?level|port|version)");

    private final BiFunction<String, String, List<String>> leaves;
    private final BiFunction<String, Set<String>, Map<String, Literal>> values;

    private final List<String> refusable = new ArrayList<>();

    /**
     * @param leaves names of the plain values at or below a name of a file; of all of them where the name is empty
     * @param values those of a file with these names; without those that cannot be changed
     */
    Candidates(
            BiFunction<String, String, List<String>> leaves,
            BiFunction<String, Set<String>, Map<String, Literal>> values) {
        this.leaves = leaves;
        this.values = values;
    }

    /**
     * @param stages how many stages declare it
     * @param last the last of them, counted over all pipelines
     */
    record Candidate(String file, String name, Literal value, Literal other, int stages, int last) {
        private int kind() {
            if (SHAPE.matcher(name).matches()) {
                return 4;
            }
            if (value.isInteger()) {
                return COUNT.matcher(name).matches() ? 0 : 1;
            }
            return value.isNumber() ? 2 : 3;
        }
    }

    /** An integer rather than another number, of the fewest stages, the last in the pipeline. */
    Optional<Candidate> best(List<UsedNames> used) {
        return all(used).stream()
                .min(Comparator.comparingInt(Candidate::kind)
                        .thenComparingInt(Candidate::stages)
                        .thenComparing(Candidate::last, Comparator.reverseOrder())
                        .thenComparing(Candidate::name));
    }

    /** Values seen so far that are left alone because a program may rightly refuse another, with their files. */
    List<String> refusable() {
        return List.copyOf(refusable);
    }

    private List<Candidate> all(List<UsedNames> used) {
        Map<String, Map<String, List<Integer>>> stagesByName = new TreeMap<>();
        for (UsedNames each : used) {
            Map<String, List<Integer>> stages = stagesByName.computeIfAbsent(each.file(), key -> new TreeMap<>());
            for (String leaf : leaves(each.file(), each.names())) {
                stages.computeIfAbsent(leaf, key -> new ArrayList<>()).add(each.stage());
            }
        }
        List<Candidate> found = new ArrayList<>();
        stagesByName.forEach((file, stages) -> {
            Map<String, Literal> read = values.apply(file, stages.keySet());
            stages.forEach((name, numbers) -> Optional.ofNullable(read.get(name))
                    .flatMap(value -> candidate(file, name, value, numbers))
                    .ifPresent(found::add));
        });
        return found;
    }

    private Set<String> leaves(String file, List<String> names) {
        List<String> asked = names.isEmpty() ? List.of("") : names;
        return asked.stream()
                .flatMap(name -> leaves.apply(file, name).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Optional<Candidate> candidate(String file, String name, Literal value, List<Integer> stages) {
        Optional<Literal> other =
                value.neighbour().filter(each -> !RUNNING.matcher(name).matches());
        if (other.isEmpty() && (value.isNumber() || value.neighbour().isPresent())) {
            refusable.add(name + " in " + file);
        }
        return other.map(each -> new Candidate(file, name, value, each, stages.size(), stages.getLast()));
    }
}
