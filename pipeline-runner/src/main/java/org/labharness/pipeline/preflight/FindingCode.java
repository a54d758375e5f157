package org.labharness.pipeline.preflight;

import static org.labharness.lab.Severity.ADVICE;
import static org.labharness.lab.Severity.BLOCKS;
import static org.labharness.lab.Severity.COSTS_POINTS;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.Severity;

/** Everything that reading a repository can find: one constant for each kind of slip, its code, and how much it matters. */
public enum FindingCode {
    REPO_NOTHING_TO_RUN(BLOCKS, "neither dvc.yaml nor MLproject, nor a Makefile that says what to run"),
    REPO_MAKEFILE_ONLY(ADVICE, "a Makefile is all that says how to run the work"),
    REPO_NOTEBOOKS_ONLY(BLOCKS, "the work is in notebooks only"),
    REPO_WORK_ON_OTHER_BRANCH(BLOCKS, "the pipeline is on a branch that is not the graded one"),
    REPO_NEWER_BRANCH(ADVICE, "another branch has commits that the graded one lacks"),
    REPO_DEFAULT_BRANCH(ADVICE, "the default branch is not main"),
    REPO_SECRET(COSTS_POINTS, "a password, token or key is committed"),
    REPO_LFS_POINTER(ADVICE, "a file is kept by Git LFS"),
    REPO_ENVIRONMENT_COMMITTED(COSTS_POINTS, "a virtual environment is committed"),
    REPO_CACHES_COMMITTED(COSTS_POINTS, "caches are committed"),
    REPO_LARGE_FILE(ADVICE, "a file over 10 MiB is in Git"),
    REPO_BROKEN_LINK(COSTS_POINTS, "a stage or script names a symbolic link that a clone cannot follow"),
    REPO_SYMBOLIC_LINK(ADVICE, "a symbolic link that a clone cannot follow is committed"),
    REPO_SUBMODULE(COSTS_POINTS, "a repository inside the repository"),
    REPO_SPACES_IN_PATHS(ADVICE, "a path has spaces"),
    REPO_NON_ASCII_PATHS(ADVICE, "a path has letters outside ASCII"),
    REPO_CASE_COLLISION(COSTS_POINTS, "two paths differ only in upper and lower case"),
    REPO_WINDOWS_PATH(COSTS_POINTS, "a folder is named like a Windows drive"),
    REPO_MERGE_CONFLICT(COSTS_POINTS, "lines of a merge conflict are left in a file"),
    REPO_PARTLY_READ(ADVICE, "the repository is so large that not all texts were read"),
    DVC_WRONG_NAME(BLOCKS, "the pipeline's file has a name that DVC does not read"),
    DVC_NO_PIPELINE(BLOCKS, "DVC is used, but there is no dvc.yaml"),
    DVC_ONLY_IN_SUBFOLDER(ADVICE, "dvc.yaml lies in a subfolder"),
    DVC_SEVERAL_PIPELINES(ADVICE, "there are several dvc.yaml"),
    DVC_NO_DVC_FOLDER(COSTS_POINTS, "the folder .dvc is not in Git"),
    DVC_FILE_IGNORED(BLOCKS, "a file of DVC is in Git, but .gitignore hides it"),
    DVC_UNREADABLE(BLOCKS, "dvc.yaml cannot be read, or DVC refuses it"),
    DVC_UNRESOLVED_TEMPLATE(BLOCKS, "a value for ${...} is not there"),
    DVC_PARTLY_READ(ADVICE, "dvc.yaml stands for so many stages that not all are read"),
    DVC_NO_STAGES(BLOCKS, "dvc.yaml declares no stage"),
    DVC_LOCK_LEFT_OVER(ADVICE, "dvc.lock records stages that dvc.yaml has no longer"),
    DVC_OUTPUT_TWICE(BLOCKS, "two stages write the same output"),
    DVC_CYCLE(BLOCKS, "stages depend on each other in a circle"),
    DVC_NO_LOCK(COSTS_POINTS, "dvc.lock is not in Git"),
    DVC_LOCK_UNREADABLE(BLOCKS, "dvc.lock cannot be read"),
    DVC_LOCK_STAGES_DIFFER(COSTS_POINTS, "dvc.lock records other stages than dvc.yaml has"),
    DVC_LOCK_STALE(COSTS_POINTS, "a stage's record in dvc.lock is out of date"),
    DVC_LOCK_CRLF(ADVICE, "dvc.lock was written with other line endings"),
    DVC_LOCK_OLD_FORMAT(ADVICE, "dvc.lock was written by DVC 1 or 2"),
    DVC_OUTPUT_IN_GIT(BLOCKS, "an output is kept by DVC and by Git"),
    DVC_PARAMS_MISSING(BLOCKS, "a params file is not in Git"),
    DVC_PARAM_MISSING(BLOCKS, "a parameter is not in its file"),
    DVC_PARAMS_AS_DEP(COSTS_POINTS, "a params file is a plain dependency"),
    DVC_COMMAND_AS_DEP(BLOCKS, "a dependency is the command and no file"),
    DVC_OLD_STAGE_FILES(BLOCKS, "stages are written in the format of DVC before 1.0"),
    DVC_BACKSLASH(BLOCKS, "a path is written with backslashes"),
    DVC_METRICS_UNDECLARED(COSTS_POINTS, "a file of metrics is not declared"),
    DATA_NO_REMOTE(BLOCKS, "data is under DVC, but there is no remote"),
    DATA_REMOTE_ELSEWHERE(BLOCKS, "data lies on another machine's disk"),
    DATA_REMOTE_UNREACHABLE(BLOCKS, "data lies in a remote that the grader cannot read"),
    DATA_NOT_PUSHED(BLOCKS, "data was never pushed to the remote"),
    DATA_LINE_ENDINGS(ADVICE, "Git has changed the line endings of what a DVC remote in the repository holds"),
    DATA_UNANSWERED(ADVICE, "a remote did not answer; no point is lost for it"),
    DATA_UNTRACKED(BLOCKS, "a stage needs a file that nothing provides"),
    STAGE_CALLS_GIT(COSTS_POINTS, "a stage runs git"),
    STAGE_CALLS_DOCKER(COSTS_POINTS, "a stage runs Docker"),
    STAGE_CALLS_SUDO(COSTS_POINTS, "a stage asks for administrator rights"),
    STAGE_CALLS_PIP(COSTS_POINTS, "a stage installs packages"),
    STAGE_OWN_ENVIRONMENT(ADVICE, "a command names a virtual environment that is not in Git"),
    STAGE_WINDOWS_COMMAND(COSTS_POINTS, "a stage's command is written for the shell of Windows"),
    STAGE_CALLS_EXE(COSTS_POINTS, "a stage calls a Windows program"),
    STAGE_CALLS_MISSING_PROGRAM(COSTS_POINTS, "a stage calls a program that the grader does not have"),
    STAGE_USES_NETWORK(COSTS_POINTS, "a stage's command needs the network"),
    STAGE_STARTS_SERVER(COSTS_POINTS, "a stage starts a server and never ends"),
    STAGE_ABSOLUTE_PATH(BLOCKS, "a stage's command names a path of one machine"),
    STAGE_LINES_APART(BLOCKS, "a command of several lines, each of which DVC runs by itself"),
    STAGE_ALWAYS_CHANGED(ADVICE, "a stage runs again every time"),
    CODE_SCRIPT_MISSING(BLOCKS, "a stage runs a script that is not in Git"),
    CODE_NOT_EXECUTABLE(BLOCKS, "a stage calls a script that Git keeps as not executable"),
    CODE_WINDOWS_LINES(BLOCKS, "a script that a stage runs has the line endings of Windows"),
    CODE_SYNTAX_ERROR(BLOCKS, "a stage's script is no valid Python"),
    CODE_NEVER_CALLED(BLOCKS, "a stage's script defines functions and calls none"),
    CODE_UNDECLARED_READ(ADVICE, "a stage's script reads what the stage does not declare"),
    CODE_SHADOWS_LIBRARY(COSTS_POINTS, "a file hides a module that others import"),
    CODE_DOWNLOADS(COSTS_POINTS, "a stage's script needs the network"),
    CODE_OPTIONAL_DOWNLOAD(ADVICE, "a stage's script tries the network and goes on without it"),
    CODE_UNSET_VARIABLE(ADVICE, "a script needs an environment variable that nothing in the repository sets"),
    CODE_ABSOLUTE_PATH(COSTS_POINTS, "a stage's script names a path of one machine"),
    CODE_FOLDER_NOT_KEPT(COSTS_POINTS, "a script writes into a folder that a clone does not have"),
    CODE_NOTEBOOK_KERNEL(ADVICE, "a notebook that a stage runs asks for a kernel of one machine"),
    MLFLOW_HARD_CODED_URI(ADVICE, "the code fixes a tracking server on its own machine"),
    MLFLOW_HARD_CODED_FILE(ADVICE, "the code fixes a folder or database for runs"),
    MLFLOW_REMOTE_URI(BLOCKS, "the code fixes a tracking server elsewhere"),
    MLFLOW_OPTIONAL_URI(ADVICE, "the code uses a tracking server elsewhere under a condition, or goes on without it"),
    MLFLOW_STORE_COMMITTED(ADVICE, "records of earlier runs are committed"),
    MLFLOW_MODEL_INCOMPLETE(COSTS_POINTS, "a committed model lacks its weights"),
    MLPROJECT_UNREADABLE(BLOCKS, "MLproject cannot be read"),
    MLPROJECT_NO_ENTRY_POINT(BLOCKS, "MLproject has no entry point with a command"),
    MLPROJECT_MISSING_FILE(BLOCKS, "MLproject names a file that is not in Git"),
    MLPROJECT_NEEDS_DOCKER(COSTS_POINTS, "MLproject asks for Docker"),
    MLPROJECT_UNKNOWN_PARAMETER(BLOCKS, "a command of MLproject uses a parameter that is not declared"),
    MLPROJECT_WRONG_NAME(BLOCKS, "the MLproject file has another name"),
    ENV_NO_REQUIREMENTS(COSTS_POINTS, "no file says which packages are needed"),
    ENV_MISSPELT_REQUIREMENTS(BLOCKS, "the name of requirements.txt is misspelt"),
    ENV_OTHER_DECLARATION(ADVICE, "packages are declared elsewhere than in requirements.txt"),
    ENV_UNREADABLE(BLOCKS, "requirements.txt is no text"),
    ENV_REQUIREMENTS_ENCODING(ADVICE, "requirements.txt has an encoding that other tools may not read"),
    ENV_IMPOSSIBLE_REQUIREMENT(COSTS_POINTS, "a requirement cannot be installed here"),
    ENV_UNPINNED(ADVICE, "packages have no version"),
    ENV_PYTHON_VERSION(ADVICE, "a Python is asked for that the grader does not have"),
    ENV_NEWER_SYNTAX(ADVICE, "the code is written for a newer Python than the usual one"),
    ENV_OWN_DVC(ADVICE, "the requirements name DVC itself"),
    ENV_HEAVY(ADVICE, "large packages are needed");

    private final Severity severity;
    private final String meaning;

    FindingCode(Severity severity, String meaning) {
        this.severity = severity;
        this.meaning = meaning;
    }

    /** The stable name, such as {@code dvc.lock-stale}. */
    public String code() {
        String name = name().toLowerCase(Locale.ROOT).replace('_', '-');
        return name.replaceFirst("-", ".");
    }

    public Severity severity() {
        return severity;
    }

    /** What it means in a few words. */
    public String meaning() {
        return meaning;
    }

    /**
     * @param message what was seen and what it means
     * @param hint the command or edit that mends it
     */
    Finding at(@Nullable Place where, String message, String hint) {
        return new Finding(code(), severity, where, message, hint);
    }
}
