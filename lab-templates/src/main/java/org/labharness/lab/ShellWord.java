package org.labharness.lab;

import java.util.regex.Pattern;

/** Words in commands that people are advised to type: whoever pastes one must not run what is hidden in a name. */
public final class ShellWord {
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_.,:/@%+=][A-Za-z0-9_.,:/@%+=-]*");

    private ShellWord() {}

    /** As a shell reads it back, whatever is in it; what begins like an option is none. */
    public static String of(String word) {
        if (BARE.matcher(word).matches()) {
            return word;
        }
        return "'" + (word.startsWith("-") ? "./" : "") + word.replace("'", "'\\''") + "'";
    }
}
