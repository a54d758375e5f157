package org.labharness.pipeline.environment;

import java.util.ArrayList;
import java.util.List;

/**
 * Packages of pure Python that come as source distributions, and that courses need: the harness builds their wheels itself, once, without
 * network. Kept by hand; each was built and imported before it was added.
 */
final class SourcePackages {
    /** No version of these has a wheel, or none that people use. */
    private static final List<String> KEPT = List.of(
            "antlr4-python3-runtime",
            "docopt",
            "jieba",
            "langdetect",
            "lime",
            "pathtools",
            "pyspark",
            "python-editor",
            "seqeval",
            "sgmllib3k",
            "ta",
            "wget");

    /** Only old versions of these have none: they are built where nothing else can be had. */
    private static final List<String> SPARE =
            List.of("bs4", "dill", "emoji", "future", "kaggle", "nltk", "pyperclip", "termcolor");

    private SourcePackages() {}

    /**
     * @param any whether the lab allows every other one too
     * @return as {@code build_env.py} reads it: names, those that are spare with a question mark before, {@code *} for any
     */
    static List<String> allowed(boolean any) {
        List<String> names = new ArrayList<>(KEPT);
        SPARE.forEach(name -> names.add("?" + name));
        if (any) {
            names.add("*");
        }
        return names;
    }

    /** Whether everybody may have its wheel, without a lab that allows it. */
    static boolean isKept(String name) {
        return isAlwaysBuilt(name) || SPARE.contains(Requirement.normalize(name));
    }

    /** Whether every version of it is known to build. */
    static boolean isAlwaysBuilt(String name) {
        return KEPT.contains(Requirement.normalize(name));
    }
}
