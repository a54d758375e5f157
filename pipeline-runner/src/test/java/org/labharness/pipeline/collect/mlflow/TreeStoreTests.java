package org.labharness.pipeline.collect.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Finding;
import org.labharness.pipeline.collect.mlflow.TrackingCollector.Collected;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;
import org.labharness.pipeline.evidence.TrackingStore.RegisteredModel;

class TreeStoreTests {
    private static final String OLD = "0".repeat(31) + "1";
    private static final String NEW = "0".repeat(31) + "2";
    private static final String LOGGED = "m-" + "0".repeat(31) + "3";

    @TempDir
    private Path tree;

    private final TrackingCollector collector = new TrackingCollector(Caps.DEFAULT, FileStore.STANDING_CLOCK);

    private FileStore mlruns() throws IOException {
        return new FileStore(tree.resolve("mlruns")).experiment("1", "wine");
    }

    private TrackingStore onlyStore() {
        return collector.collect(tree, Snapshot.empty()).stores().getFirst();
    }

    /** Nothing lay there before the first stage, so all of it is new but what was copied from a committed store. */
    @Test
    void whatCodePutsIntoTheFolderForTemporaryFilesIsFoundUnderItsPathThere(@TempDir Path temporary)
            throws IOException {
        mlruns().run("1", OLD, "committed", 3);
        Snapshot before = FileStore.snapshot(tree);
        new FileStore(temporary.resolve("mlruns"))
                .experiment("1", "wine")
                .run("1", OLD, "committed", 3)
                .run("1", NEW, "fresh", 3)
                .write("1/" + NEW + "/artifacts/model/MLmodel", "flavors: {}");

        TrackingStore store =
                collector.collect(tree, temporary, before, null).stores().getLast();

        assertThat(store.store()).isEqualTo("/tmp/mlruns");
        assertThat(store.oldRuns()).isEqualTo(1);
        assertThat(store.newRuns()).singleElement().satisfies(run -> {
            assertThat(run.id()).isEqualTo(NEW);
            assertThat(run.artifacts()).containsExactly("model/MLmodel");
        });
    }

    @Nested
    class AFileStore {
        @Test
        void tellsNewRunsFromThoseOfTheSnapshotByTheirIdsAlone() throws IOException {
            mlruns().run("1", OLD, "committed", 3);
            Snapshot before = FileStore.snapshot(tree);
            mlruns().run("1", NEW, "fresh", 4);

            TrackingStore store = collector.collect(tree, before).stores().getFirst();

            assertThat(store.store()).isEqualTo("mlruns");
            assertThat(store.kind()).isEqualTo(TrackingStore.Kind.FILE);
            assertThat(store.oldRuns()).isEqualTo(1);
            assertThat(store.newRuns())
                    .extracting(MlflowRun::id, MlflowRun::name, MlflowRun::status)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(NEW, "fresh", "FAILED"));
        }

        @Test
        void givesParamsMetricsWithTheirStepsTagsAndArtifacts() throws IOException {
            String run = "1/" + NEW;
            mlruns().run("1", NEW, "fresh", 3)
                    .write(run + "/params/alpha", "0.1")
                    .write(run + "/params/nested/name", "x")
                    .write(run + "/metrics/loss", "7 1.0 0\n8 0.5 1\n9 nan 2\n")
                    .write(run + "/metrics/f1", "7 0.9 0\n")
                    .write(run + "/tags/mlflow.source.name", "train.py")
                    .write(run + "/artifacts/model/MLmodel", "flavors: {}")
                    .write(
                            "1/models/" + LOGGED + "/meta.yaml",
                            "model_id: %s\nname: forest\nstatus: 2\nsource_run_id: %s\ncreation_timestamp: 9\n"
                                    .formatted(LOGGED, NEW))
                    .write(
                            "1/models/m-" + "f".repeat(32) + "/meta.yaml",
                            "name: forest\nstatus: 2\nsource_run_id: %s\ncreation_timestamp: 8\n".formatted(NEW))
                    .write("1/models/" + LOGGED + "/artifacts/MLmodel", "flavors: {}");

            MlflowRun read = onlyStore().newRuns().getFirst();

            assertThat(read.experiment()).isEqualTo("wine");
            assertThat(read.params()).containsEntry("alpha", "0.1").containsEntry("nested/name", "x");
            assertThat(read.metrics()).containsEntry("f1", 0.9).containsEntry("loss", Double.NaN);
            assertThat(read.history()).containsOnlyKeys("loss");
            assertThat(read.history().get("loss"))
                    .extracting(TrackingStore.Step::step)
                    .containsExactly(0L, 1L, 2L);
            assertThat(read.tags()).containsEntry("mlflow.source.name", "train.py");
            assertThat(read.artifacts()).containsExactly("model/MLmodel", "models/forest/MLmodel");
            assertThat(read.models()).containsExactly("forest", "model");
            assertThat(read.modelIds()).as("that which was made last").isEqualTo(Map.of("forest", LOGGED));
        }

        @Test
        void givesVersionsWithTheirAliasesAndWhetherTheyAreNew() throws IOException {
            mlruns().run("1", OLD, "committed", 3).version("wine", 1, OLD, "");
            Snapshot before = FileStore.snapshot(tree);
            mlruns().version("wine", 2, OLD, "champion");

            RegisteredModel model = collector
                    .collect(tree, before)
                    .stores()
                    .getFirst()
                    .registeredModels()
                    .getFirst();

            assertThat(model.versions())
                    .extracting(version -> version.version() + version.aliases() + version.fresh())
                    .containsExactly("1[]false", "2[champion]true");
        }

        @Test
        void holdsNothingNewWhereACommittedStoreWasOnlyMoved() throws IOException {
            mlruns().run("1", OLD, "committed", 3).version("wine", 1, OLD, "");
            TrackingCollector dated = new TrackingCollector();
            Snapshot before = dated.snapshot(tree);
            Files.move(tree.resolve("mlruns"), tree.resolve("elsewhere"));

            TrackingStore store = dated.collect(tree, before).stores().getFirst();

            assertThat(store.store()).isEqualTo("elsewhere");
            assertThat(store.newRuns()).isEmpty();
            assertThat(store.oldRuns()).isEqualTo(1);
            assertThat(store.registeredModels().getFirst().versions())
                    .extracting(TrackingStore.ModelVersion::fresh)
                    .containsExactly(false);
        }

        @Test
        void leavesOutPromptsAndVersionsWithoutARun() throws IOException {
            mlruns().version("prompt", 1, OLD, "")
                    .write("models/prompt/tags/mlflow.prompt.is_prompt", "true")
                    .version("orphan", 1, "", "");

            assertThat(onlyStore().registeredModels())
                    .extracting(RegisteredModel::name, model -> model.versions().size())
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("orphan", 0));
        }

        @Test
        void leavesOutMlflowsOwnDemoWhichTheTagTellsAlone() throws IOException {
            mlruns().run("1", NEW, "trained", 3)
                    .version("whole", 1, NEW, "production")
                    .write("models/whole/tags/demo", "true")
                    .version("mixed", 1, NEW, "production")
                    .write("models/mixed/version-1/tags/demo", "true\n")
                    .version("mixed", 2, NEW, "champion")
                    .write("models/mixed/version-2/tags/mlflow.prompt.is_prompt", "true")
                    .version("demo", 1, NEW, "")
                    .write("models/demo/tags/demo", "false")
                    .write("models/demo/version-1/tags/demo", "my first one");

            assertThat(versions(onlyStore())).containsExactlyInAnyOrder("demo/1");
        }

        private List<String> versions(TrackingStore store) {
            return store.registeredModels().stream()
                    .flatMap(model -> model.versions().stream().map(version -> model.name() + "/" + version.version()))
                    .toList();
        }

        @Test
        void isFoundWhereverItLiesAndWhateverItsName() throws IOException {
            new FileStore(tree.resolve("src/runs store"))
                    .experiment("0", "Default")
                    .run("0", NEW, "deep", 3);

            assertThat(onlyStore().store()).isEqualTo("src/runs store");
        }
    }

    @Nested
    class HostileContent {
        private final Caps small =
                new Caps(5, 4, 50, 90_000, 10, 100, 4, 3, 3, 1 << 20, 1 << 20, Duration.ofSeconds(5));

        @Test
        void isReadInPartWithWordsSayingSo() throws IOException {
            FileStore store = mlruns();
            for (int run = 0; run < 9; run++) {
                store.run("1", "%032x".formatted(run), "r", 3);
            }
            for (int param = 0; param < 9; param++) {
                store.write("1/%032x/params/p%d".formatted(0, param), "v".repeat(10_000));
            }

            Collected collected =
                    new TrackingCollector(small, FileStore.STANDING_CLOCK).collect(tree, Snapshot.empty());

            assertThat(collected.stores().getFirst().newRuns()).hasSize(5);
            assertThat(collected.stores().getFirst().newRuns().getFirst().params())
                    .hasSize(4)
                    .allSatisfy((key, value) -> assertThat(value).hasSize(51));
            assertThat(collected.findings())
                    .extracting(Finding::message)
                    .singleElement()
                    .asString()
                    .contains("mlruns")
                    .contains("more than 5 new runs")
                    .contains("more than 4 params");
        }

        @Test
        void stepsOfAMetricAreThinnedEvenlyAndTheLastOneIsKept() throws IOException {
            StringBuilder lines = new StringBuilder();
            for (int step = 0; step < 10_000; step++) {
                lines.append("7 ").append(step).append(' ').append(step).append('\n');
            }
            mlruns().run("1", NEW, "long", 3).write("1/" + NEW + "/metrics/loss", lines.toString());

            MlflowRun run = new TrackingCollector(small, FileStore.STANDING_CLOCK)
                    .collect(tree, Snapshot.empty())
                    .stores()
                    .getFirst()
                    .newRuns()
                    .getFirst();

            assertThat(run.metrics()).containsEntry("loss", 9_999.0);
            assertThat(run.history().get("loss"))
                    .hasSizeBetween(5, 11)
                    .last()
                    .isEqualTo(new TrackingStore.Step(9_999, 9_999));
        }

        @Test
        void aLineWithoutEndCostsNoMemory() throws IOException {
            mlruns().run("1", NEW, "odd", 3).write("1/" + NEW + "/metrics/loss", "7 0.5 0\n" + "9".repeat(3_000_000));

            assertThat(onlyStore().newRuns().getFirst().metrics()).containsEntry("loss", 0.5);
        }

        @Test
        void aStoreThatIsASymbolicLinkIsNotFollowed(@TempDir Path elsewhere) throws IOException {
            new FileStore(elsewhere).experiment("1", "theirs").run("1", NEW, "theirs", 3);
            Files.createSymbolicLink(tree.resolve("mlruns"), elsewhere);
            mlrunsLink(elsewhere);

            assertThat(collector.collect(tree, Snapshot.empty()).stores()).isEmpty();
        }

        private void mlrunsLink(Path elsewhere) throws IOException {
            Files.createSymbolicLink(tree.resolve("mlflow.db"), elsewhere.resolve("1/meta.yaml"));
        }

        @Test
        void aParamThatIsASymbolicLinkIsNotRead(@TempDir Path elsewhere) throws IOException {
            Path secret = Files.writeString(elsewhere.resolve("secret"), "do not tell");
            mlruns().run("1", NEW, "sly", 3).write("1/" + NEW + "/params/plain", "1");
            Files.createSymbolicLink(tree.resolve("mlruns/1/" + NEW + "/params/sly"), secret);

            assertThat(onlyStore().newRuns().getFirst().params()).containsOnlyKeys("plain");
        }

        @Test
        void aBrokenMetaFileDoesNotHideTheOtherRuns() throws IOException {
            mlruns().run("1", NEW, "good", 3).write("1/" + OLD + "/meta.yaml", "a: [unclosed\nb: {");

            Collected collected = collector.collect(tree, Snapshot.empty());

            assertThat(collected.stores().getFirst().newRuns())
                    .extracting(MlflowRun::name)
                    .containsExactly("good");
            assertThat(collected.findings())
                    .extracting(Finding::message)
                    .singleElement()
                    .asString()
                    .contains("meta.yaml");
        }
    }
}
