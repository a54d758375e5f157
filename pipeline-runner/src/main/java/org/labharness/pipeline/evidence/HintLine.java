package org.labharness.pipeline.evidence;

import java.util.Set;
import java.util.regex.Pattern;

/** The line with which tools close an error: how to see more of it. It says nothing of what went wrong. */
final class HintLine {
    private static final Pattern HINT = Pattern.compile(
            "(?i)\\s*(?:note: |hint: |tip: )?(?:set (?:the )?env(?:ironment)? var(?:iable)? [A-Z_][A-Z0-9_]*(?:=\\S{1,40})? (?:for|to) "
                    + "|(?:re-?)?run (?:again )?with [`'\"]?(?:--?[a-z]|(?-i:[A-Z][A-Z0-9_]{2,60}=)).*\\b(?:see|display|show|get|for|more)\\b"
                    + "|use -\\S{1,40} (?:for|to) (?:see|show|get|more|a|the|full)\\b"
                    + "|(?:for more (?:information|details|help)|for (?:further )?help),? (?:on |about |try |see |run |use )"
                    + "|try [`'\"].{1,200} -?-h(?:elp)?[`'\"]"
                    + "|see (?:also:? )?(?:https?://\\S{1,300}|[`'\"].{1,200}[`'\"]) for (?:help|more|details|further|the full)"
                    + "|to enable traceback see: https?://"
                    + "|for debugging consider (?:passing|setting) ).*");

    private static final Set<String> BEGINNINGS =
            Set.of("note", "hint", "tip", "set", "run", "rerun", "re", "use", "for", "try", "see", "to");

    private HintLine() {}

    static boolean is(String line) {
        return BEGINNINGS.contains(FirstWord.of(line)) && HINT.matcher(line).matches();
    }
}
