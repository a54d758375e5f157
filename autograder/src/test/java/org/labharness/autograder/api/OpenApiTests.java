package org.labharness.autograder.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The description of the API that is kept and served is what the program does. */
class OpenApiTests {
    static final Path FILE = Path.of(System.getProperty("basedir", ".")).resolve("../docs/openapi.json");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What of an answer is not as the description says. */
    static List<Error> complaints(String schema, String answer) throws IOException {
        ObjectNode whole = (ObjectNode) JSON.readTree(Files.readString(FILE));
        ObjectNode one = JSON.createObjectNode().put("$ref", "#/components/schemas/" + schema);
        one.set("components", whole.get("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(one.toString())
                .validate(answer, InputFormat.JSON);
    }

    @Test
    void theKeptDescriptionIsThatOfTheProgram() throws IOException {
        String made = OpenApiDocument.text();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(FILE, made);
        }

        assertThat(Files.readString(FILE))
                .as("docs/openapi.json; -Dgolden.update=true writes it")
                .isEqualTo(made);
    }

    @Test
    void everythingThatIsAskedForHasAnAnswerAndANameOfItsOwn() {
        JsonNode paths = read().get("paths");

        assertThat(paths.size()).isEqualTo(7);
        assertThat(paths.findValuesAsText("operationId"))
                .doesNotHaveDuplicates()
                .hasSize(8);
        assertThat(read().get("openapi").asText()).isEqualTo("3.1.0");
    }

    private static JsonNode read() {
        try {
            return JSON.readTree(OpenApiDocument.text());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
