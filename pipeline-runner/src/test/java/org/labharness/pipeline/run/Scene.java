package org.labharness.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.LabInput;
import org.labharness.lab.Limits;
import org.labharness.lab.Memory;
import org.labharness.lab.PythonVersion;
import org.labharness.lab.RunSpec;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.collect.dvc.Pipelines;
import org.labharness.pipeline.document.TreeLinks;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.environment.PreparedEnvironment;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.EnvironmentFacts;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.RunFacts;
import org.labharness.pipeline.evidence.SecondRunFacts;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.StageRun.Status;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.SubmissionSpace;

/** A submission made of a few files, run for real. */
final class Scene {
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Set<String> committed = new TreeSet<>();
    private final List<LabInput> inputs = new ArrayList<>();
    private final List<DataFacts> data = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    private RunSpec spec = new RunSpec.Detect();
    private Duration time = Duration.ofSeconds(90);
    private Path labFolder = Path.of("/nonexistent");
    private @Nullable Path venv;
    private Progress also = event -> {};

    /** What came of it. */
    record Outcome(RunFacts facts, Optional<SecondRunFacts> again, Set<String> tree) {
        StageRun stage(String name) {
            return facts.stages().stream()
                    .filter(stage -> stage.fullName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no stage " + name + " among " + facts.stages()));
        }

        void everyStageRan() {
            assertThat(facts.stages()).isNotEmpty().allSatisfy(stage -> {
                assertThat(stage.problem()).as(stage.name()).isNull();
                assertThat(stage.status()).isEqualTo(Status.RAN);
            });
        }

        /** What went wrong with a stage; empty where nothing did. */
        String words(String name) {
            StageRun.Problem problem = stage(name).problem();
            return problem == null ? "" : problem.message();
        }
    }

    Scene file(String path, String content) {
        files.put(path, content);
        return this;
    }

    /** A file that Git tracks. */
    Scene committed(String path, String content) {
        committed.add(path);
        return file(path, content);
    }

    Scene input(Path folder, String target, String source) {
        labFolder = folder;
        inputs.add(new LabInput(target, source));
        return this;
    }

    /** The submission's Python environment, a folder of this machine; without one the stages run with the image's Python. */
    Scene environment(Path folder) {
        venv = folder;
        return this;
    }

    Scene data(DataFacts fact) {
        data.add(fact);
        return this;
    }

    Scene run(RunSpec what) {
        spec = what;
        return this;
    }

    /** Somebody else who hears how it goes. */
    Scene heardBy(Progress listener) {
        also = listener;
        return this;
    }

    Scene within(Duration limit) {
        time = limit;
        return this;
    }

    Outcome play(Sandbox sandbox, Images images) throws IOException, InterruptedException {
        try (SubmissionSpace space = sandbox.open(new SpaceRequest("scene", Memory.mebibytes(256)));
                PipelineRun run = PipelineRun.open(space, images.tools(PythonVersion.PY311))) {
            Path tree = space.layout().work();
            write(tree, space.layout().uid());
            space.openNetwork(Set.of());
            RunFacts facts = run.run(request(tree, images), this::hear);
            Optional<SecondRunFacts> again = run.again();
            return new Outcome(facts, again, TreeSnapshot.of(tree).files());
        }
    }

    private RunRequest request(Path tree, Images images) {
        EnvironmentFacts none =
                new EnvironmentFacts("3.11", List.of(), List.of(), List.of(), List.of(), null, null, "");
        Limits limits = new Limits(time, Memory.mebibytes(256), Memory.mebibytes(256), 64, 2, Memory.mebibytes(4));
        return new RunRequest(
                spec,
                limits,
                labFolder,
                inputs,
                pipelines(tree),
                data,
                TreeLinks.NONE,
                new PreparedEnvironment(none, venv, PythonVersion.PY311),
                images.tools(PythonVersion.PY311),
                "http://localhost:5000");
    }

    private List<PipelineFacts> pipelines(Path tree) {
        return Pipelines.read(new TreeReader(tree), List.copyOf(files.keySet()));
    }

    private synchronized void hear(Progress.Event event) {
        also.on(event);
        switch (event) {
            case Progress.Event.StageStarted started -> events.add("started " + started.stage());
            case Progress.Event.StageEnded ended ->
                events.add("ended " + ended.stage().name());
            case Progress.Event.StepStarted step -> events.add("step " + step);
            case Progress.Event.StepEnded step -> events.add("step " + step);
            case Progress.Event.Provisional provisional -> events.add("provisional");
            case Progress.Event.Changing change -> events.add("changing " + change.what());
            case Progress.Event.EnvironmentFound found -> events.add("environment " + found.cached());
            case Progress.Event.Note note -> events.add("note " + note);
        }
    }

    private void write(Path tree, int uid) throws IOException, InterruptedException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = tree.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        git(tree, "init", "-q");
        for (String path : committed) {
            git(tree, "add", "-f", path);
        }
        git(tree, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "Hand in");
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                return visitFile(folder, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void git(Path tree, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "safe.directory=*", "-C", tree.toString()));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (git.waitFor() != 0) {
            throw new AssertionError(said);
        }
    }
}
