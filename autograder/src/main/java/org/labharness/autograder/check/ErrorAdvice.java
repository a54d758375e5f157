package org.labharness.autograder.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to do about the last error line of a stage. */
final class ErrorAdvice {
    private static final Pattern NO_MODULE = Pattern.compile("No module named '?([A-Za-z0-9_.]{1,60})'?");
    private static final Pattern NO_SCRIPT = Pattern.compile("can't open file '[^']{1,200}'");
    private static final Pattern NO_FILE = Pattern.compile("No such file or directory:? '?([^']{1,120})'?");
    private static final Pattern MACHINE = Pattern.compile(
            "(?:^|[\\s'\"(=])((?:/home/|/Users/|/content/|/mnt/|/?[A-Za-z]:[\\\\/])" + "[^'\"\\x00]{1,120}?)['\")]*$");
    private static final Pattern NO_NETWORK = Pattern.compile(
            "name resolution|Name or service not known|Network is unreachable|ENETUNREACH|getaddrinfo|offline mode|OfflineMode"
                    + "|HF_HUB_OFFLINE|couldn't connect to|Could not resolve host|ConnectionError|No matching distribution",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NO_KEYBOARD = Pattern.compile("EOFError|EOF when reading a line");
    private static final Pattern NO_COMMAND = Pattern.compile("(\\S{1,60}): (command )?not found");

    private ErrorAdvice() {}

    static String of(String error, String again) {
        Matcher module = NO_MODULE.matcher(error);
        if (module.find()) {
            return "If " + module.group(1)
                    + " is a package, add it to requirements.txt; if it is a file of yours, commit"
                    + " it and start the script from the folder that it is imported from.";
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
        Matcher script = NO_SCRIPT.matcher(error);
        if (script.find()) {
            return "Commit the script, and write its path in dvc.yaml as it is seen from there, with '/' between folders: on Linux a"
                    + " backslash only quotes the next letter.";
        }
        Matcher file = NO_FILE.matcher(error);
        if (file.find()) {
            return "Commit " + PlainText.quoted(file.group(1))
                    + " or make it an output of an earlier stage; Git keeps no"
                    + " empty folders, so make folders in the script: os.makedirs(folder, exist_ok=True).";
        }
        Matcher command = NO_COMMAND.matcher(error);
        if (command.find()) {
            return "Stages run on Linux with Python, Git and DVC only: call " + PlainText.quoted(command.group(1))
                    + " from Python, or do without it.";
        }
        return "Try it where nothing of yours is around: git clone <your repository> fresh && cd fresh && " + again;
    }
}
