package org.labharness.pipeline.serve;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Parsed;

/** A form that answers have to have. */
final class Contract {
    private static final int LONGEST = 200;
    /** Parts of a form times parts of an answer: more is neither looked at in the time, nor are its errors held in the memory, that one grading has. */
    private static final long MOST_WORK = 200_000;

    private static final Pattern PROPERTY = Pattern.compile("/properties/([^/]{1,100})");

    private final Schema schema;
    private final long parts;

    private Contract(Schema schema, long parts) {
        this.schema = schema;
        this.parts = parts;
    }

    /** Values of all kinds, names of members not counted. */
    private static long parts(Doc value) {
        return 1
                + switch (value) {
                    case Doc.Mapping mapping ->
                        mapping.entries().values().stream()
                                .mapToLong(Contract::parts)
                                .sum();
                    case Doc.Sequence sequence ->
                        sequence.items().stream().mapToLong(Contract::parts).sum();
                    case Doc.Scalar scalar -> 0;
                };
    }

    /** @param json a JSON Schema; without a word on its version it is one of 2020-12 */
    static Contract of(String json) throws UnusableSchema {
        Parsed parsed = Documents.json(json);
        Doc document = parsed.document().orElseThrow(() -> new UnusableSchema("it is no JSON"));
        if (!isStandard(parsed)) {
            throw new UnusableSchema("it holds NaN or Infinity, of which JSON has no number");
        }
        try {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(json);
            schema.validate("null", InputFormat.JSON); // what is wrong with a schema shows when it is used
            return new Contract(schema, parts(document));
        } catch (SchemaException | IllegalArgumentException e) {
            throw new UnusableSchema(String.valueOf(e.getMessage()), e);
        }
    }

    /** Python writes more than JSON has, and other readers stop at it. */
    private static boolean isStandard(Parsed json) {
        return json.oddities().stream().noneMatch(note -> note.oddity() == Parsed.Oddity.NOT_A_NUMBER);
    }

    /** Whether it forbids nothing. */
    boolean takesAnything() {
        return Stream.of("null", "true", "7", "\"x\"", "[]", "{}")
                .allMatch(kind -> problem(kind).isEmpty());
    }

    /** Whether an answer is so large that nobody should wait for it to be compared. */
    boolean isTooLarge(String answer) {
        return parts * Documents.json(answer).document().map(Contract::parts).orElse(1L) > MOST_WORK;
    }

    /**
     * What of the answer does not fit, as the end of a sentence; empty where all does. It names what the schema says, and nothing of the answer: whoever
     * gave it had seen rows that nobody may hear of.
     */
    String problem(String answer) {
        if (!isStandard(Documents.json(answer))) {
            return "the answer holds NaN or Infinity, of which JSON has no number";
        }
        List<Error> errors = schema.validate(answer, InputFormat.JSON);
        if (errors.isEmpty()) {
            return "";
        }
        Error first = errors.getFirst();
        String words = switch (first.getKeyword()) {
            case "required" -> whole(first) + " has no '" + first.getProperty() + "'";
            case "type" -> whole(first) + " is not of the type " + first.getSchemaNode();
            case "additionalProperties", "unevaluatedProperties" ->
                whole(first) + " has a member that the form does not know";
            default -> whole(first) + " is against '" + first.getKeyword() + "': " + first.getSchemaNode();
        };
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST);
    }

    /** The innermost property on the schema's way to the error. */
    private static String whole(Error error) {
        Matcher property = PROPERTY.matcher(error.getEvaluationPath().toString());
        String innermost = "";
        while (property.find()) {
            innermost = property.group(1);
        }
        return innermost.isEmpty() ? "the answer" : "'" + innermost + "'";
    }
}
