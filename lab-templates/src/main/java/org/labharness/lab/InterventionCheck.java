package org.labharness.lab;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Checks of what follows when something is changed. The YAML name of each stands in its first sentence. */
public sealed interface InterventionCheck extends CheckSpec {
    /** The change that is made; of several the first. */
    Intervention intervention();

    /** All changes that are made, each followed by a run. */
    default List<Intervention> interventions() {
        return List.of(intervention());
    }

    @Override
    default Family family() {
        return Family.RUN;
    }

    @Override
    default Set<EvidenceRequest> needs() {
        Set<EvidenceRequest> needs = new HashSet<>();
        needs.add(new EvidenceRequest.PipelineRun());
        interventions().forEach(one -> needs.add(new EvidenceRequest.Intervene(one)));
        return needs;
    }

    /**
     * {@code parameter-change}: after a change of parameters exactly the stages run that depend on them.
     *
     * @param set literals of JSON by dotted name; empty where the harness chooses one among the declared params
     * @param logged whether the MLflow runs that follow must carry the new values
     */
    record ParameterChange(SortedMap<String, String> set, boolean logged) implements InterventionCheck {
        public ParameterChange {
            set = Collections.unmodifiableSortedMap(new TreeMap<>(set));
        }

        @Override
        public Intervention intervention() {
            return new Intervention.ValuesChanged("", set, false);
        }

        @Override
        public Family family() {
            return Family.DVC;
        }

        @Override
        public Set<EvidenceRequest> needs() {
            Set<EvidenceRequest> needs = new HashSet<>(InterventionCheck.super.needs());
            if (logged) {
                needs.add(new EvidenceRequest.Tracking());
            }
            return needs;
        }
    }

    /**
     * {@code code-change}: after an edit of a file exactly the stages run that depend on it.
     *
     * @param file empty where the harness chooses one
     */
    record CodeChange(String file) implements InterventionCheck {
        @Override
        public Intervention intervention() {
            return new Intervention.CodeEdited(file);
        }

        @Override
        public Family family() {
            return Family.DVC;
        }
    }

    /** {@code config-removed}: without these files training fails, for its settings stand nowhere else. */
    record ConfigRemoved(List<String> files) implements InterventionCheck {
        public ConfigRemoved {
            files = List.copyOf(files);
        }

        @Override
        public Intervention intervention() {
            return new Intervention.FilesRemoved(files);
        }
    }

    /**
     * {@code config-change}: other values in a configuration file give another result, no code touched.
     *
     * @param file empty for the params file that holds the values
     * @param set literals of JSON by dotted name
     * @param changes paths that must come out different; empty where any metric may
     * @param logged whether the MLflow runs that follow must carry the new values, which tells them from runs that differ by chance
     */
    record ConfigChange(String file, SortedMap<String, String> set, List<String> changes, boolean logged)
            implements InterventionCheck {
        public ConfigChange {
            set = Collections.unmodifiableSortedMap(new TreeMap<>(set));
            changes = List.copyOf(changes);
        }

        @Override
        public Intervention intervention() {
            return new Intervention.ValuesChanged(file, set, true);
        }

        @Override
        public List<Intervention> interventions() {
            return logged && changes.isEmpty()
                    ? List.of(intervention())
                    : List.of(intervention(), new Intervention.Repeat());
        }

        @Override
        public Set<EvidenceRequest> needs() {
            Set<EvidenceRequest> needs = new HashSet<>(InterventionCheck.super.needs());
            changes.forEach(path -> needs.add(new EvidenceRequest.Content(path)));
            needs.add(new EvidenceRequest.Tracking());
            return needs;
        }
    }

    /**
     * {@code data-swapped}: with another sample of the same form the pipeline runs, and its metrics move.
     *
     * @param files files of the lab by the place in the repository where each is put
     * @param metric the one that must move; null where any may
     */
    record DataSwapped(
            SortedMap<String, String> files, @Nullable String metric) implements InterventionCheck {
        public DataSwapped {
            files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        }

        @Override
        public Intervention intervention() {
            return new Intervention.DataSwapped(files);
        }

        @Override
        public List<Intervention> interventions() {
            return List.of(intervention(), new Intervention.Repeat());
        }

        @Override
        public List<String> labFiles() {
            return List.copyOf(files.values());
        }

        @Override
        public Set<EvidenceRequest> needs() {
            Set<EvidenceRequest> needs = new HashSet<>(InterventionCheck.super.needs());
            needs.add(new EvidenceRequest.Tracking());
            return needs;
        }
    }

    /**
     * {@code labels-shuffled}: with shuffled labels the quality falls to chance. Quality is what of the way from chance to perfect is
     * gone: (value - chance) / (perfect - chance), as Cohen's kappa and the skill scores of forecasting are made.
     *
     * @param file the metrics file; null for the new MLflow runs
     * @param chance the metric's value of a guess
     * @param perfect its best value
     * @param atMost the largest quality that is still chance; {@code ./lab verify} shows what the solution reaches
     * @param draws how often the labels are shuffled, each time followed by a run; the one with the least quality counts
     */
    record LabelsShuffled(
            String data,
            String label,
            @Nullable String file,
            String metric,
            BigDecimal chance,
            BigDecimal perfect,
            BigDecimal atMost,
            int draws)
            implements InterventionCheck {
        @Override
        public Intervention intervention() {
            return new Intervention.LabelsShuffled(data, label, 1);
        }

        @Override
        public List<Intervention> interventions() {
            return IntStream.rangeClosed(1, draws)
                    .<Intervention>mapToObj(draw -> new Intervention.LabelsShuffled(data, label, draw))
                    .toList();
        }

        /** The same with so many draws. */
        public LabelsShuffled drawn(int times) {
            return new LabelsShuffled(data, label, file, metric, chance, perfect, atMost, times);
        }

        @Override
        public Set<EvidenceRequest> needs() {
            Set<EvidenceRequest> needs = new HashSet<>(InterventionCheck.super.needs());
            if (file == null) {
                needs.add(new EvidenceRequest.Tracking());
            }
            return needs;
        }
    }

    /**
     * {@code canaries-learnt}: rows of the lab that contradict the others are planted in the training data; a model that is trained on it gives them their
     * label afterwards, and did not before.
     *
     * @param data the table in the repository
     * @param rows the lab's file with the rows to plant
     * @param features what the model is given, in this order; empty: all columns but the label
     * @param atLeast the smallest share of the planted rows that counts as learnt; {@code ./lab verify} shows what the solution reaches
     * @param draws how often they are planted, each time at other places and followed by a run; the one with the largest share counts
     */
    record CanariesLearnt(
            String data,
            String rows,
            String label,
            List<String> features,
            ModelReference model,
            BigDecimal atLeast,
            int draws)
            implements InterventionCheck {
        public CanariesLearnt {
            features = List.copyOf(features);
        }

        @Override
        public Intervention intervention() {
            return new Intervention.CanariesPlanted(data, rows, 1);
        }

        @Override
        public List<Intervention> interventions() {
            return IntStream.rangeClosed(1, draws)
                    .<Intervention>mapToObj(draw -> new Intervention.CanariesPlanted(data, rows, draw))
                    .toList();
        }

        /** What the model is to predict, before and after. */
        public TestRows canaries() {
            return new TestRows.Canaries(data, rows, label, features);
        }

        /** The same with so many draws. */
        public CanariesLearnt drawn(int times) {
            return new CanariesLearnt(data, rows, label, features, model, atLeast, times);
        }

        @Override
        public List<String> labFiles() {
            return List.of(rows);
        }

        @Override
        public Set<EvidenceRequest> needs() {
            Set<EvidenceRequest> needs = new HashSet<>(InterventionCheck.super.needs());
            needs.add(new EvidenceRequest.Predictions(model, canaries()));
            if (model.tracked()) {
                needs.add(new EvidenceRequest.Tracking());
            }
            return needs;
        }
    }

    /**
     * {@code seed-repeats}: the same seed gives the same metrics, and another seed other splits.
     *
     * @param tolerance largest absolute difference of a metric
     * @param file that holds the seed; empty for the params file that does
     * @param parameter the seed's dotted name; empty where no other seed is tried
     * @param other literal of JSON
     * @param splits paths that must come out different with the other seed
     */
    record SeedRepeats(BigDecimal tolerance, String file, String parameter, String other, List<String> splits)
            implements InterventionCheck {
        public SeedRepeats {
            splits = List.copyOf(splits);
        }

        @Override
        public Intervention intervention() {
            return new Intervention.Repeat();
        }

        /** The change of the seed. */
        public Intervention otherSeed() {
            return new Intervention.ValuesChanged(file, new TreeMap<>(java.util.Map.of(parameter, other)), true);
        }

        @Override
        public List<Intervention> interventions() {
            return parameter.isEmpty() ? List.of(intervention()) : List.of(intervention(), otherSeed());
        }

        @Override
        public Set<EvidenceRequest> needs() {
            Set<EvidenceRequest> needs = new HashSet<>(InterventionCheck.super.needs());
            splits.forEach(path -> needs.add(new EvidenceRequest.Content(path)));
            needs.add(new EvidenceRequest.Tracking());
            return needs;
        }
    }

    /** {@code outputs-rebuilt}: these outputs are made by the run, not taken from a copy in the repository or written into the code. */
    record OutputsRebuilt(List<String> outputs) implements InterventionCheck {
        public OutputsRebuilt {
            outputs = List.copyOf(outputs);
        }

        @Override
        public Intervention intervention() {
            return new Intervention.CopiesRemoved(outputs);
        }

        @Override
        public Set<EvidenceRequest> needs() {
            Set<EvidenceRequest> needs = new HashSet<>(InterventionCheck.super.needs());
            outputs.forEach(path -> needs.add(new EvidenceRequest.Content(path)));
            return needs;
        }
    }
}
