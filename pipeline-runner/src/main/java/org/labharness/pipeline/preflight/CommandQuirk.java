package org.labharness.pipeline.preflight;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.lab.Finding;
import org.labharness.pipeline.collect.dvc.WindowsCommand;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;

/** Commands of stages that cannot work in a clean, closed sandbox. */
final class CommandQuirk implements Quirk {
    private static final int LONGEST = 20_000;
    private static final Pattern MACHINE =
            Pattern.compile("(?:/home/|/Users/|(?<![A-Za-z])[A-Za-z]:[\\\\/])[^\\s'\"]{1,100}");

    /** What a command for the shell of Windows calls the interpreter: told with the rest of it. */
    private static final Set<String> INTERPRETERS = Set.of("python.exe", "py.exe");

    private record Words(FindingCode code, String what, String hint) {}

    private static final Words MISSING = new Words(
            FindingCode.STAGE_CALLS_MISSING_PROGRAM,
            "calls a program that is not there while grading",
            "Do the same in Python, or name a package in requirements.txt that brings it.");
    private static final Words NETWORK = new Words(
            FindingCode.STAGE_USES_NETWORK,
            "needs the network, which is not there while grading",
            "Bring the file once by hand, track it (dvc add, dvc push) and let the stage read it from there.");
    private static final Words SERVER = new Words(
            FindingCode.STAGE_STARTS_SERVER,
            "starts a server, so the stage never ends",
            "Take it out of dvc.yaml: a stage has to end by itself. Start servers by hand, outside the pipeline.");
    private static final Words GIT = new Words(
            FindingCode.STAGE_CALLS_GIT,
            "runs git: it changes the very work tree that is being graded, and DVC's records with it",
            "Take git commands out of dvc.yaml; switch versions by parameters or 'dvc exp run' instead.");
    private static final Words DOCKER = new Words(
            FindingCode.STAGE_CALLS_DOCKER,
            "needs Docker, which is not there while grading",
            "Let the stage call the Python program itself.");
    private static final Words SUDO = new Words(
            FindingCode.STAGE_CALLS_SUDO,
            "asks for administrator rights with sudo, which it does not get",
            "Install what is needed through requirements.txt and take sudo out.");
    private static final Words PIP = new Words(
            FindingCode.STAGE_CALLS_PIP,
            "installs packages with pip, but there is no network while it runs",
            "Name the packages in requirements.txt; they are installed before the run.");
    private static final Words SYSTEM = new Words(
            FindingCode.STAGE_CALLS_PIP,
            "installs programs with apt, for which there are neither rights nor a network while it runs",
            "Do the same in Python, or name a package in requirements.txt that brings the program.");
    private static final Words CONDA = new Words(
            FindingCode.STAGE_CALLS_PIP,
            "installs packages with conda, but there is no network while it runs",
            "Name the packages in environment.yml or requirements.txt; they are installed before the run.");
    /** What of pip and conda brings packages; the rest lists, activates, or makes an environment of what is declared. */
    private static final Map<Words, Set<String>> BRINGING = Map.of(
            PIP, Set.of("install", "download", "wheel", "uninstall"),
            CONDA, Set.of("install", "create", "update", "upgrade", "remove"));

    private static final Words EXE = new Words(
            FindingCode.STAGE_CALLS_EXE, "calls a Windows program", "Write 'python', which works everywhere.");

    private static final Words WINDOWS = new Words(
            FindingCode.STAGE_WINDOWS_COMMAND,
            "is written for the shell of Windows",
            "Do that step in Python (shutil.copy, shutil.move, os.remove), which works on every system.");

    private static final Map<String, Words> PROGRAMS = Map.ofEntries(
            Map.entry("git", GIT),
            Map.entry("docker", DOCKER),
            Map.entry("docker-compose", DOCKER),
            Map.entry("podman", DOCKER),
            Map.entry("sudo", SUDO),
            Map.entry("pip", PIP),
            Map.entry("pip3", PIP),
            Map.entry("conda", CONDA),
            Map.entry("mamba", CONDA),
            Map.entry("micromamba", CONDA),
            Map.entry("apt-get", SYSTEM),
            Map.entry("apt", SYSTEM),
            Map.entry("gcc", MISSING),
            Map.entry("g++", MISSING),
            Map.entry("Rscript", MISSING),
            Map.entry("powershell", WINDOWS),
            Map.entry("cmd", WINDOWS),
            Map.entry("copy", WINDOWS),
            Map.entry("xcopy", WINDOWS),
            Map.entry("move", WINDOWS),
            Map.entry("del", WINDOWS),
            Map.entry("rd", WINDOWS),
            Map.entry("call", WINDOWS),
            Map.entry("curl", NETWORK),
            Map.entry("wget", NETWORK),
            Map.entry("kaggle", NETWORK),
            Map.entry("gsutil", NETWORK),
            Map.entry("gdown", NETWORK),
            Map.entry("scp", NETWORK),
            Map.entry("uvicorn", SERVER),
            Map.entry("gunicorn", SERVER),
            Map.entry("streamlit", SERVER));
    private static final Map<String, Words> PAIRS = Map.ofEntries(
            Map.entry("dvc pull", NETWORK),
            Map.entry("dvc push", NETWORK),
            Map.entry("dvc fetch", NETWORK),
            Map.entry("dvc get", NETWORK),
            Map.entry("dvc get-url", NETWORK),
            Map.entry("dvc import", NETWORK),
            Map.entry("aws s3", NETWORK),
            Map.entry("az storage", NETWORK),
            Map.entry("mlflow server", SERVER),
            Map.entry("mlflow ui", SERVER),
            Map.entry("flask run", SERVER),
            Map.entry("fastapi run", SERVER),
            Map.entry("fastapi dev", SERVER),
            Map.entry("airflow webserver", SERVER),
            Map.entry("airflow scheduler", SERVER),
            Map.entry("jupyter notebook", SERVER),
            Map.entry("jupyter lab", SERVER));
    private static final Map<String, Words> MODULES =
            Map.of("pip", PIP, "uvicorn", SERVER, "http.server", SERVER, "streamlit", SERVER, "gdown", NETWORK);

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        view.stages().forEach(stage -> {
            always(stage, findings);
            Set<FindingCode> told = EnumSet.noneOf(FindingCode.class);
            for (ShellCommand command : ShellCommand.all(stage)) {
                words(command)
                        .filter(words -> told.add(words.code()))
                        .ifPresent(words -> findings.accept(words.code()
                                .at(
                                        stage.where(),
                                        "Stage '" + stage.name() + "' " + words.what() + " (" + command.shown() + ").",
                                        words.hint())));
            }
            if (!told.contains(WINDOWS.code())) {
                paths(view, stage, findings);
            }
            absolute(stage, cut(String.join("\n", stage.commands())), findings);
        });
    }

    /** A backslash between folders quotes the next letter on Linux. */
    private static void paths(TreeView view, Stage stage, Consumer<Finding> findings) {
        for (String command : stage.commands()) {
            WindowsCommand windows =
                    WindowsCommand.of(command, path -> view.tree().exists(Paths.join(stage.workingDirectory(), path)));
            if (!windows.changed().isEmpty()) {
                findings.accept(WINDOWS.code()
                        .at(
                                stage.where(),
                                "Stage '" + stage.name() + "' " + WINDOWS.what() + " ("
                                        + windows.changed().getFirst() + ").",
                                windows.advice()));
                return;
            }
        }
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private static Optional<Words> words(ShellCommand command) {
        String program = command.program();
        String pair = program + " " + command.word(1);
        if (PAIRS.containsKey(pair)) {
            return Optional.ofNullable(PAIRS.get(pair));
        }
        if (PROGRAMS.containsKey(program)) {
            return Optional.ofNullable(PROGRAMS.get(program)).filter(words -> brings(words, command.words()));
        }
        if (program.endsWith(".exe")) {
            return INTERPRETERS.contains(program) ? Optional.empty() : Optional.of(EXE);
        }
        return command.pythonModule().map(MODULES::get).filter(words -> brings(words, command.words()));
    }

    private static boolean brings(Words words, List<String> command) {
        Set<String> verbs = BRINGING.get(words);
        return verbs == null || (command.stream().anyMatch(verbs::contains) && !command.contains("env"));
    }

    private static void always(Stage stage, Consumer<Finding> findings) {
        if (stage.alwaysChanged()) {
            findings.accept(FindingCode.STAGE_ALWAYS_CHANGED.at(
                    stage.where(),
                    "Stage '" + stage.name()
                            + "' has 'always_changed: true', so it runs again each time although nothing changed, and so do those after it.",
                    "Take 'always_changed' out and list under 'deps:' what the stage reads."));
        }
    }

    private static void absolute(Stage stage, String commands, Consumer<Finding> findings) {
        Matcher path = MACHINE.matcher(commands);
        if (path.find()) {
            findings.accept(FindingCode.STAGE_ABSOLUTE_PATH.at(
                    stage.where(),
                    "Stage '" + stage.name() + "' names a path of one machine: " + path.group() + ".",
                    "Write paths relative to the repository, and 'python' for the interpreter."));
        }
    }
}
