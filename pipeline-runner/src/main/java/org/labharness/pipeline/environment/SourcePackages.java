package org.labharness.pipeline.environment;

import java.util.ArrayList;
import java.util.List;

/**
 * Packages of pure Python that come as source distributions only, in some or in all of their versions, and that courses need: the
 * harness builds their wheels itself, once, without network. Kept by hand; each was built and imported before it was added.
 */
final class SourcePackages {
    private static final List<String> KEPT = List.of(
            "antlr4-python3-runtime",
            "bs4",
            "dill",
            "docopt",
            "emoji",
            "future",
            "jieba",
            "kaggle",
            "langdetect",
            "lime",
            "nltk",
            "pathtools",
            "pyperclip",
            "pyspark",
            "python-editor",
            "seqeval",
            "sgmllib3k",
            "ta",
            "termcolor",
            "wget");

    private SourcePackages() {}

    /** @param any whether the lab allows every other one too */
    static List<String> allowed(boolean any) {
        List<String> names = new ArrayList<>(KEPT);
        if (any) {
            names.add("*");
        }
        return names;
    }

    static boolean isKept(String name) {
        return KEPT.contains(Requirement.normalize(name));
    }
}
