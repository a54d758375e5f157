package org.labharness.autograder.gitserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code git} that students have, in a repository of its own, with nothing of this machine's settings. */
final class GitProgram {
    private final Path repository;
    private final Path output;

    private GitProgram(Path repository) throws IOException {
        this.repository = Files.createDirectories(repository);
        this.output = Files.createDirectories(repository.resolveSibling(repository.getFileName() + "-output"));
    }

    /** A repository with one commit. */
    static GitProgram in(Path folder, String name) throws Exception {
        GitProgram git = new GitProgram(folder.resolve(name));
        git.done("init", "--quiet", "--initial-branch=main");
        git.write("dvc.yaml", "stages:\n  train:\n    cmd: python train.py\n    outs: [model.pkl]\n");
        git.write("train.py", "print('" + name + "')\n");
        git.commit("work");
        return git;
    }

    void write(String path, String content) throws IOException {
        Files.writeString(repository.resolve(path), content);
    }

    void write(String path, byte[] content) throws IOException {
        Files.write(repository.resolve(path), content);
    }

    void commit(String message) throws Exception {
        done("add", "--all");
        done("commit", "--quiet", "--allow-empty", "--message", message);
    }

    /** What a command printed that succeeded. */
    String done(String... arguments) throws Exception {
        Running running = start(arguments);
        int exit = running.exit();
        if (exit != 0) {
            throw new AssertionError("git " + String.join(" ", arguments) + ": " + exit + "\n" + running.text());
        }
        return running.text();
    }

    /** What a command printed that failed. */
    String failed(String... arguments) throws Exception {
        Running running = start(arguments);
        if (running.exit() == 0) {
            throw new AssertionError("git " + String.join(" ", arguments) + " succeeded:\n" + running.text());
        }
        return running.text();
    }

    Running start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "git", "-c", "user.name=Student", "-c", "user.email=s@example.org", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(arguments));
        Path text = Files.createTempFile(output, "git", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .redirectOutput(text.toFile());
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_SYSTEM", "/dev/null");
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("GIT_AUTHOR_DATE", "2026-09-10T12:00:00Z");
        builder.environment().put("GIT_COMMITTER_DATE", "2026-09-10T12:00:00Z");
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy"));
        return new Running(builder.start(), text);
    }

    /** A command while it runs. */
    record Running(Process process, Path output) {
        String text() {
            try {
                return Files.readString(output).replaceAll("\\s*\r\\s*|\\s+\n", "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        int exit() throws InterruptedException {
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("git runs for two minutes: " + text());
            }
            return process.exitValue();
        }
    }
}
