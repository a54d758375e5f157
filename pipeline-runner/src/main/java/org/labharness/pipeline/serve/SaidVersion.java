package org.labharness.pipeline.serve;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;

/** The version in what a service says of itself. */
final class SaidVersion {
    private static final int LONGEST = 100;

    private SaidVersion() {}

    /**
     * Empty where there is none.
     *
     * @param answer JSON, or plain text where no field of it is asked for
     * @param field dotted path; empty: all of it
     */
    static String in(@Nullable String answer, String field) {
        if (answer == null) {
            return "";
        }
        Optional<Doc> document = Documents.json(answer).document();
        Optional<String> found = field.isEmpty()
                ? document.flatMap(Doc::string).or(() -> Optional.of(answer))
                : document.flatMap(doc -> doc.at(field)).flatMap(Doc::string);
        return found.map(String::strip).filter(text -> text.length() <= LONGEST).orElse("");
    }
}
