package org.labharness.autograder.check;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.pipeline.evidence.StageRun;

/**
 * A program of the wide world that a stage calls and that is not there where stages run. Elsewhere it may well have run: it is priced
 * like one whose data is out of reach. A misspelt command is no such program.
 *
 * @param name as it is typed
 */
record MissingProgram(String name) {
    /** The shell's exit code for a command that is not there. */
    private static final int NOT_FOUND = 127;

    private static final String KNOWN =
            "docker|docker-compose|podman|kubectl|minikube|java|javac|scala|Rscript|R|julia|octave|matlab|node|npm|npx|gcc|g\\+\\+|cc"
                    + "|cmake|ffmpeg|sox|dot|gnuplot|pdflatex|xelatex|latexmk|pandoc|convert|magick|tesseract|psql|mysql|mongo"
                    + "|mongosh|redis-cli|redis-server|sqlite3|aws|gcloud|gsutil|az|gh|terraform|aria2c|rsync|ssh|scp|rclone"
                    + "|nvidia-smi|nvcc|perf|parallel|sudo|systemctl|conda|mamba";
    private static final Pattern SHELL = Pattern.compile("(?:^|[\\s:/])(" + KNOWN + "): (?:command )?not found$");
    private static final Pattern PYTHON = Pattern.compile("No such file or directory: '(" + KNOWN + ")'$");

    /** Programs that start others, make among them, which starts a simple command without a shell and ends with an exit code of its own. */
    private static final Pattern STARTER = Pattern.compile(
            "(?:^|[\\s/])(?:make(?:\\[\\d+])?|xargs|env|[a-z]{2,10}: failed to (?:run command|execute)):? "
                    + "[‘'`]?(\\w[\\w.+-]{0,59})[’']?: No such file or directory$");

    private static final Pattern ANY_SHELL =
            Pattern.compile("(?:^|[\\s:/])(\\w[\\w.+-]{0,59}): (?:command )?not found$");
    /** What make is given to read, and scripts: these are files. */
    private static final Pattern FILE = Pattern.compile("(?i).*makefile|.*\\.(?:mk|mak|sh|bash|py)");

    private static final Pattern JAVA = Pattern.compile(
            "JAVA_HOME is not set|Java gateway process exited|JAVA_GATEWAY_EXITED|No JVM shared library");
    private static final Pattern DOCKER =
            Pattern.compile("docker\\.errors\\.DockerException|Cannot connect to the Docker daemon");
    private static final Pattern DOT = Pattern.compile("ExecutableNotFound: failed to execute \\S*'dot'");

    /** Empty where something else stopped the stage. */
    static Optional<MissingProgram> of(StageRun stage) {
        String error = stage.log().lastError().strip();
        if (!stage.failedByItself() || error.isEmpty()) {
            return Optional.empty();
        }
        for (Pattern pattern : new Pattern[] {SHELL, PYTHON}) {
            Matcher found = pattern.matcher(error);
            if (found.find()) {
                return Optional.of(new MissingProgram(found.group(1)));
            }
        }
        Optional<String> started = unstarted(error).filter(name -> name.matches(KNOWN));
        if (started.isPresent()) {
            return started.map(MissingProgram::new);
        }
        if (JAVA.matcher(error).find()) {
            return Optional.of(new MissingProgram("java"));
        }
        if (DOCKER.matcher(error).find()) {
            return Optional.of(new MissingProgram("docker"));
        }
        return DOT.matcher(error).find() ? Optional.of(new MissingProgram("dot")) : Optional.empty();
    }

    /** Whether a command ended for want of a program or a Python module. */
    static boolean isWanting(int exit, String error) {
        return exit == NOT_FOUND
                || error.contains("No module named")
                || unstarted(error.strip()).isPresent();
    }

    /** The program, of the wide world or not, that this last line says could not be found by who was to start it. */
    static Optional<String> unstarted(String error) {
        for (Pattern pattern : new Pattern[] {STARTER, ANY_SHELL}) {
            Matcher found = pattern.matcher(error);
            if (found.find() && !FILE.matcher(found.group(1)).matches()) {
                return Optional.of(found.group(1));
            }
        }
        return Optional.empty();
    }

    /** What is missing, and what to do about it. */
    Sentence told(StageRun stage, RunStory story) {
        String stageName = story.named(stage);
        return Sentence.at(
                        story.where(stage),
                        stageName + " could not be tried to its end: it calls " + name
                                + ", which is not there where stages run." + RunStory.lastError(stage),
                        "Do that step with a Python package, or take it out of the pipeline; or ask whether the course provides "
                                + name + ".")
                .causing(RunStory.lower(stageName) + " calls " + name + ", which is not there");
    }
}
