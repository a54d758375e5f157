package org.labharness.autograder.check;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to do about the last error line of a stage. */
final class ErrorAdvice {
    private static final Pattern NO_MODULE = Pattern.compile("No module named '?([A-Za-z0-9_.]{1,60})'?");
    private static final Pattern NO_SCRIPT = Pattern.compile("can't open file '[^']{1,200}'");
    private static final Pattern NO_FILE = Pattern.compile("No such file or directory:? '?([^']{1,120})'?");
    private static final Pattern OF_GIT = Pattern.compile("(?i)(?:^|[/\\\\])\\.git(?:[/\\\\]|$)");
    /** What to do where something of Git's own is missing. */
    static final String NOT_TO_COMMIT =
            "What lies in .git belongs to Git on one machine and is in no clone: take what the code needs of it from the command line or from a"
                    + " file of your own.";

    /** What no commit of the repository can hold. */
    private static final Pattern OUTSIDE = Pattern.compile("^(?:/|~|(?:[^/]+/)?\\.\\.(?:/|$))");

    private static final Pattern MACHINE = Pattern.compile(
            "(?:^|[\\s'\"(=])((?:/home/|/Users/|/content/|/mnt/|/?[A-Za-z]:[\\\\/])" + "[^'\"\\x00]{1,120}?)['\")]*$");
    private static final Pattern NO_NETWORK = Pattern.compile(
            "name resolution|Name or service not known|Network is unreachable|ENETUNREACH|getaddrinfo|offline mode|OfflineMode"
                    + "|HF_HUB_OFFLINE|couldn't connect to|Could not resolve host|ConnectionError|No matching distribution",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NO_KEYBOARD = Pattern.compile("EOFError|EOF when reading a line");
    private static final Pattern NO_COMMAND = Pattern.compile("(\\S{1,60}): (command )?not found");

    /** A carriage return as bash, env and the kernel show it. */
    private static final Pattern LINES = Pattern.compile("\\$'[^']{0,60}\\\\r'|\\\\r[’']|\\^M");

    private static final String LINES_OF_LINUX =
            "echo '*.sh text eol=lf' >> .gitattributes && git add .gitattributes && git add --renormalize ."
                    + " && git commit -m \"Line endings\".";

    private static final Pattern NOT_EXECUTABLE =
            Pattern.compile("(?:^|[\\s:])\\./([\\w./-]{1,120}): Permission denied$");

    /** Where the package has another name than its module. */
    private static final Map<String, String> PACKAGES = Map.of(
            "PIL", "pillow",
            "bs4", "beautifulsoup4",
            "cv2", "opencv-python-headless",
            "dotenv", "python-dotenv",
            "imblearn", "imbalanced-learn",
            "skimage", "scikit-image",
            "sklearn", "scikit-learn",
            "yaml", "PyYAML");

    private ErrorAdvice() {}

    /**
     * @param ofLab whether the lab says which packages there are, whatever the submission declares
     * @param again the command that tries the stage again
     */
    static String of(String error, boolean ofLab, String again) {
        Matcher module = NO_MODULE.matcher(error);
        if (module.find()) {
            return noModule(module.group(1), ofLab);
        }
        if (NO_NETWORK.matcher(error).find()) {
            return "Nothing on the network can be reached while grading: put what is downloaded (data, weights, packages) under"
                    + " DVC or into requirements.txt, or ask whether the course provides it.";
        }
        if (NO_KEYBOARD.matcher(error).find()) {
            return "Nobody sits at the keyboard while grading: take the value from params.yaml or the command line instead of"
                    + " input().";
        }
        Matcher machine = MACHINE.matcher(error);
        if (machine.find()) {
            return PlainText.quoted(machine.group(1))
                    + " is a folder of one machine: write paths relative to the repository, in the"
                    + " code and in its settings.";
        }
        if (LINES.matcher(error).find()) {
            return "The script has the line endings of Windows: " + LINES_OF_LINUX;
        }
        if (error.contains("cannot execute: required file not found")) {
            return "The program that the script's first line names is not there: write #!/usr/bin/env bash or python3. If the file has the"
                    + " line endings of Windows: " + LINES_OF_LINUX;
        }
        Matcher denied = NOT_EXECUTABLE.matcher(error);
        if (denied.find()) {
            return "Git keeps the script as a file that may not be run: git update-index --chmod=+x "
                    + PlainText.shell(denied.group(1)) + " && git commit -m \"Make it executable\".";
        }
        Matcher script = NO_SCRIPT.matcher(error);
        if (script.find()) {
            return "Commit the script, and write its path in dvc.yaml as it is seen from there, with '/' between folders: on Linux a"
                    + " backslash only quotes the next letter.";
        }
        Matcher file = NO_FILE.matcher(error);
        if (file.find()) {
            if (ofGit(file.group(1))) {
                return NOT_TO_COMMIT;
            }
            if (OUTSIDE.matcher(file.group(1)).find()) {
                return PlainText.quoted(file.group(1))
                        + " lies outside of the repository: write paths relative to it, and let a stage make what"
                        + " is read, or keep it in the repository, if all who read that may see it.";
            }
            return "Commit " + PlainText.quoted(file.group(1))
                    + " or make it an output of an earlier stage; Git keeps no"
                    + " empty folders, so make folders in the script: os.makedirs(folder, exist_ok=True).";
        }
        Matcher command = NO_COMMAND.matcher(error);
        Optional<String> program =
                command.find() ? Optional.of(command.group(1)) : MissingProgram.unstarted(error.strip());
        if (program.filter("py"::equals).isPresent()) {
            return "Write 'python' instead of 'py', which only Windows has.";
        }
        if (program.isPresent()) {
            return "There is no " + PlainText.quoted(program.get())
                    + " where stages run, only Linux with Python, Git, DVC and the usual small tools: do that step with a Python package, or leave it out of"
                    + " the pipeline.";
        }
        return "Try it where nothing of yours is around: git clone <your repository> fresh && cd fresh && " + again;
    }

    /** Whether a path lies in the folder that belongs to Git, which nobody may be advised to commit. */
    static boolean ofGit(String path) {
        return OF_GIT.matcher(path).find();
    }

    /** The name of the package that most likely holds a module. */
    static String packageOf(String module) {
        return PACKAGES.getOrDefault(module, module);
    }

    private static String noModule(String module, boolean ofLab) {
        String file =
                "if it is a file of yours, commit it and start the script from the folder that it is imported from.";
        String name = PACKAGES.getOrDefault(module.split("\\.", 2)[0], "it");
        return ofLab
                ? "If " + module + " is a package, do without it: this lab says itself which packages there are; "
                        + file
                : "If " + module + " is a package, add " + name + " to requirements.txt; " + file;
    }
}
