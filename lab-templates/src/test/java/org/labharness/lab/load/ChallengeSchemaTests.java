package org.labharness.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.lab.QualityMetric;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published schema of challenge.yaml and the loader take and refuse the same files, apart from what a schema cannot say. */
class ChallengeSchemaTests {
    private static final JsonNode SCHEMA = read();

    @TempDir
    Path above;

    private static JsonNode read() {
        try (InputStream in =
                Objects.requireNonNull(ChallengeLoader.class.getResourceAsStream("challenge.schema.json"))) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Error> bySchema(String json) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SCHEMA)
                .validate(json, InputFormat.JSON);
    }

    private List<String> byLoader(String json) throws IOException {
        Path folder = Files.createDirectories(above.resolve("wine"));
        Files.writeString(folder.resolve("challenge.yaml"), json);
        Files.writeString(folder.resolve("labels.csv"), "id,quality\n");
        Files.writeString(folder.resolve("base.csv"), "id,prediction\n");
        try {
            ChallengeLoader.load(folder, ZoneId.of("Asia/Kolkata"));
            return List.of();
        } catch (InvalidChallenge e) {
            return e.findings().stream()
                    .map(finding -> finding.code() + " " + finding.message())
                    .toList();
        }
    }

    /** A challenge that is fine but for what stands in {@code more}, which takes the place of keys of the same name. */
    private static String challenge(String more) {
        StringBuilder json = new StringBuilder("{'id': 'wine', 'title': 'Wine', 'closes': '2026-11-20'");
        String[][] usual = {
            {"labels", "'labels.csv'"},
            {"label", "'quality'"},
            {"metrics", "['f1_macro']"},
            {"limits", "{'per-day': 5}"}
        };
        for (String[] one : usual) {
            if (!more.contains("'" + one[0] + "':") && !more.contains("'elsewhere':")) {
                json.append(", '").append(one[0]).append("': ").append(one[1]);
            }
        }
        return (json + (more.isEmpty() ? "" : ", " + more) + "}").replace('\'', '"');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'team': true",
                "'opens': '2026-11-01 09:00'",
                "'id-column': 'row'",
                "'metrics': ['f1_macro', 'accuracy', 'log_loss']",
                "'metrics': ['rmse', 'mae', 'r2']",
                "'split': {'public': 30}",
                "'split': {'column': 'part'}",
                "'limits': {'per-day': 5, 'in-all': 60}",
                "'places': 4",
                "'final': 'best'",
                "'final': 'last'",
                "'final': {'chosen': 2}",
                "'baselines': {'guess': {'title': 'Most frequent', 'rule': 'majority'}}",
                "'baselines': {'model': {'title': 'Ours', 'predictions': 'base.csv'}, 'a': {'title': 'A', 'constant': 'a'}}",
                "'metrics': ['rmse'], 'baselines': {'guess': {'title': 'Mean', 'rule': 'mean'}, 'five': {'title': '5', 'constant': 5}}",
                "'award': {'lab': 'challenge', 'points': 20, 'tiers': {'0.9': 20, '0.8': 10}}",
                "'award': {'lab': 'challenge', 'item': 'score', 'points': 20, 'linear': {'from': 0.5, 'to': 'best'}}",
                "'award': {'lab': 'challenge', 'points': 20, 'ranks': {'1': 20, '3': 15.5, 'others': 0}}",
                "'baselines': {'guess': {'title': 'G', 'rule': 'majority'}}, 'award': {'lab': 'c', 'points': 9, 'linear': {'from': 'guess', 'to': 0.9}}",
                "'elsewhere': {'measure': 'macro F1', 'better': 'higher'}",
                "'elsewhere': {'measure': 'RMSE', 'better': 'lower'}, 'team': true, 'award': {'lab': 'c', 'points': 9, 'ranks': {'1': 9}}",
            })
    void bothTake(String more) throws IOException {
        assertThat(bySchema(challenge(more))).as(more).isEmpty();
        assertThat(byLoader(challenge(more))).as(more).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'teams': true",
                "'team': 'yes'",
                "'opens': 'tomorrow'",
                "'opens': '20.11.2026'",
                "'labels': '../labels.csv'",
                "'labels': ''",
                "'label': ' '",
                "'metrics': []",
                "'metrics': ['f1']",
                "'metrics': ['accuracy', 'accuracy']",
                "'metrics': 'accuracy'",
                "'split': {}",
                "'split': 30",
                "'split': {'public': 0}",
                "'split': {'public': 100}",
                "'split': {'public': 30, 'column': 'part'}",
                "'limits': {}",
                "'limits': {'per-day': 0}",
                "'limits': {'per-day': 2.5}",
                "'limits': {'per-week': 5}",
                "'places': 0",
                "'places': 7",
                "'final': 'first'",
                "'final': {'chosen': 0}",
                "'final': {}",
                "'baselines': ['majority']",
                "'baselines': {'Guess': {'title': 'G', 'rule': 'majority'}}",
                "'baselines': {'guess': {'rule': 'majority'}}",
                "'baselines': {'guess': {'title': 'G'}}",
                "'baselines': {'guess': {'title': 'G', 'rule': 'majority', 'constant': 1}}",
                "'baselines': {'guess': {'title': 'G', 'rule': 'mode'}}",
                "'baselines': {'guess': {'title': 'G', 'predictions': '/etc/passwd'}}",
                "'award': {'points': 20, 'tiers': {'0.9': 20}}",
                "'award': {'lab': 'c', 'tiers': {'0.9': 20}}",
                "'award': {'lab': 'c', 'points': 20}",
                "'award': {'lab': 'c', 'points': 0, 'ranks': {'1': 0}}",
                "'award': {'lab': 'c', 'points': 20, 'tiers': {'0.9': 20}, 'ranks': {'1': 20}}",
                "'award': {'lab': 'c', 'points': 20, 'tiers': {}}",
                "'award': {'lab': 'c', 'points': 20, 'tiers': {'good': 20}}",
                "'award': {'lab': 'c', 'points': 20, 'linear': {'from': 0.5}}",
                "'award': {'lab': 'c', 'points': 20, 'linear': {'from': true, 'to': 'best'}}",
                "'award': {'lab': 'c', 'points': 20, 'ranks': {'first': 20}}",
                "'award': {'lab': 'c', 'points': 20, 'ranks': {'0': 20}}",
                "'award': {'lab': 'C', 'points': 20, 'ranks': {'1': 20}}",
                "'award': {'lab': 'c', 'item': 'Total score', 'points': 20, 'ranks': {'1': 20}}",
                "'elsewhere': {'measure': 'macro F1'}",
                "'elsewhere': {'measure': 'macro F1', 'better': 'up'}",
                "'elsewhere': true",
                "'elsewhere': {'measure': 'macro F1', 'better': 'higher'}, 'labels': 'labels.csv'",
                "'elsewhere': {'measure': 'macro F1', 'better': 'higher'}, 'places': 3",
            })
    void bothRefuse(String more) throws IOException {
        assertThat(bySchema(challenge(more))).as(more).isNotEmpty();
        assertThat(byLoader(challenge(more))).as(more).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "title", "closes", "labels", "label", "metrics", "limits"})
    void bothRefuseAChallengeWithout(String key) throws IOException {
        String json = challenge("")
                .replaceFirst("\"" + key + "\": (\"[^\"]*\"|\\[[^]]*]|\\{[^}]*})(, )?", "")
                .replace(", }", "}");

        assertThat(json).doesNotContain("\"" + key + "\":");
        assertThat(bySchema(json)).as(json).isNotEmpty();
        assertThat(byLoader(json)).as(json).isNotEmpty();
    }

    @Test
    void bothKnowTheSameKeys() {
        assertThat(SCHEMA.get("properties").propertyNames()).containsExactlyElementsOf(ChallengeLoader.KEYS);
        assertThat(names("/properties/split/properties")).containsExactlyElementsOf(ChallengeArguments.SPLIT_KEYS);
        assertThat(names("/properties/limits/properties")).containsExactlyElementsOf(ChallengeArguments.LIMIT_KEYS);
        assertThat(names("/properties/elsewhere/properties"))
                .containsExactlyElementsOf(ChallengeArguments.ELSEWHERE_KEYS);
        assertThat(names("/properties/award/properties")).containsExactlyElementsOf(AwardArguments.KEYS);
        assertThat(names("/properties/award/properties/linear/properties"))
                .containsExactlyElementsOf(AwardArguments.LINEAR_KEYS);
        assertThat(names("/properties/baselines/additionalProperties/properties"))
                .containsExactlyElementsOf(BaselineArguments.KEYS);
        assertThat(SCHEMA.at("/properties/metrics/items/enum").valueStream().map(JsonNode::asString))
                .containsExactlyElementsOf(QualityMetric.words());
        assertThat(names("/oneOf/1/properties")).containsExactlyInAnyOrderElementsOf(ChallengeLoader.HERE);
    }

    private static Collection<String> names(String place) {
        return SCHEMA.at(place).propertyNames();
    }
}
