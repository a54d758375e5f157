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
import org.labharness.pipeline.evidence.PipelineFacts;

/** Which of the declared params can be changed without a program refusing it. */
final class Candidates {
    /** Counts of repetitions are what a program hardly ever checks, and their names are the same everywhere. */
    private static final Pattern COUNT =
            Pattern.compile("(?i).*(?:epoch|iter|tree|estimator|round|step|depth|max_|n_).*");

    private final List<PipelineFacts> pipelines;
    private final BiFunction<String, String, List<String>> leaves;
    private final BiFunction<String, Set<String>, Map<String, Literal>> values;

    /**
     * @param leaves names of the plain values at or below a name of a file; of all of them where the name is empty
     * @param values those of a file with these names; without those that cannot be changed
     */
    Candidates(
            List<PipelineFacts> pipelines,
            BiFunction<String, String, List<String>> leaves,
            BiFunction<String, Set<String>, Map<String, Literal>> values) {
        this.pipelines = List.copyOf(pipelines);
        this.leaves = leaves;
        this.values = values;
    }

    /**
     * @param stages how many stages declare it
     * @param last the last of them, counted over all pipelines
     */
    record Candidate(String file, String name, Literal value, Literal other, int stages, int last) {
        private int kind() {
            if (value.isInteger()) {
                return COUNT.matcher(name).matches() ? 0 : 1;
            }
            return value.isNumber() ? 2 : 3;
        }
    }

    Optional<Candidate> best() {
        return all().stream()
                .min(Comparator.comparingInt(Candidate::kind)
                        .thenComparingInt(Candidate::stages)
                        .thenComparing(Candidate::last, Comparator.reverseOrder())
                        .thenComparing(Candidate::name));
    }

    private List<Candidate> all() {
        Map<String, Map<String, List<Integer>>> declared = new TreeMap<>();
        int number = 0;
        for (PipelineFacts pipeline : pipelines) {
            for (PipelineFacts.Stage stage : pipeline.stages()) {
                number++;
                for (Map.Entry<String, List<String>> file : stage.params().entrySet()) {
                    Map<String, List<Integer>> stages = declared.computeIfAbsent(file.getKey(), key -> new TreeMap<>());
                    for (String leaf : leaves(file.getKey(), file.getValue())) {
                        stages.computeIfAbsent(leaf, key -> new ArrayList<>()).add(number);
                    }
                }
            }
        }
        List<Candidate> found = new ArrayList<>();
        declared.forEach((file, stages) -> {
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

    private static Optional<Candidate> candidate(String file, String name, Literal value, List<Integer> stages) {
        return value.neighbour().map(other -> new Candidate(file, name, value, other, stages.size(), stages.getLast()));
    }
}
