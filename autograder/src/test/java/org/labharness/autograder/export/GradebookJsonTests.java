package org.labharness.autograder.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.sample.Golden;
import org.labharness.autograder.sample.PublishedSchema;
import org.labharness.autograder.sample.SampleGradebook;

class GradebookJsonTests {
    private static final PublishedSchema SCHEMA = PublishedSchema.of(GradebookJson.class, "gradebook.schema.json");

    private final String json = GradebookJson.write(SampleGradebook.everything().book());

    @Test
    void theFieldsAreTheOnesThatOthersRelyOn() {
        Golden.check("gradebook/gradebook.json", json);
    }

    @Test
    void itIsValidByThePublishedSchemaWhichDescribesEveryField() throws IOException {
        assertThat(SCHEMA.problems(json)).isEmpty();
        assertThat(SCHEMA.undescribed(json)).isEmpty();
    }

    @Test
    void theSchemaRefusesWhatIsNoGradebook() {
        assertThat(SCHEMA.problems(json.replace("\"graded\"", "\"done\""))).isNotEmpty();
        assertThat(SCHEMA.problems(json.replace("\"percent\"", "\"per-cent\""))).isNotEmpty();
        assertThat(SCHEMA.problems(json.replace("\"46.5\"", "46.5"))).isNotEmpty();
    }

    @Test
    void noLetterIsInItThatATerminalObeysAndNobodySees() throws IOException {
        assertThat(json.codePoints()
                        .filter(letter -> (letter != '\n' && Character.isISOControl(letter))
                                || Character.getType(letter) == Character.FORMAT))
                .isEmpty();
        JsonNode eli = new ObjectMapper().readTree(json).path("students").path(4);
        assertThat(eli.path("name").asText()).contains("\u202E", "\n");
    }
}
