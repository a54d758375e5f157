package org.labharness.autograder.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.labharness.autograder.sample.EvidenceSchema;
import org.labharness.autograder.sample.HostileEvidence;
import org.labharness.autograder.sample.WayOfGoingWrong;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.EvidenceFile;

/** Evidence is stored, read back and judged again: what comes back is what was written. */
class StoredEvidenceTests {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void evidenceComesBackAsItWasWritten(WayOfGoingWrong way) {
        comesBack(way.evidence());
    }

    @Test
    void hostileEvidenceComesBackAsItWasWritten() {
        comesBack(HostileEvidence.evidence());
    }

    @ParameterizedTest
    @EnumSource
    void evidenceIsValidByThePublishedSchema(WayOfGoingWrong way) throws IOException {
        EvidenceFile.write(way.evidence(), folder);

        assertThat(validator().validate(Files.readString(folder.resolve(EvidenceFile.NAME)), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void thePublishedSchemaIsThatOfTheRecords() {
        assertThat(published()).isEqualTo(EvidenceSchema.write());
    }

    @Test
    void layoutDoesNotChangeTheDigestAndContentDoes() {
        String digest = EvidenceFile.write(WayOfGoingWrong.NONE.evidence(), folder);

        assertThat(digest).hasSize(64).isEqualTo(EvidenceFile.digest(WayOfGoingWrong.NONE.evidence()));
        assertThat(EvidenceFile.digest(WayOfGoingWrong.STALE_LOCK.evidence())).isNotEqualTo(digest);
    }

    @Test
    void whatIsNoEvidenceIsRefusedWithItsName() throws IOException {
        assertThatThrownBy(() -> EvidenceFile.read(folder))
                .isInstanceOf(SystemBroke.class)
                .hasMessageContaining("There is no " + folder.resolve(EvidenceFile.NAME));

        Files.writeString(folder.resolve(EvidenceFile.NAME), "{\"schema\": \"labharness/evidence/1\"}");
        assertThatThrownBy(() -> EvidenceFile.read(folder))
                .isInstanceOf(SystemBroke.class)
                .hasMessageContaining("as evidence");

        Files.writeString(folder.resolve(EvidenceFile.NAME), "[".repeat(100_000));
        assertThatThrownBy(() -> EvidenceFile.read(folder))
                .isInstanceOf(SystemBroke.class)
                .hasMessageContaining("as evidence");
    }

    @Test
    void evidenceOfAnotherVersionIsRefused() throws IOException {
        EvidenceFile.write(WayOfGoingWrong.NONE.evidence(), folder);
        Path file = folder.resolve(EvidenceFile.NAME);
        Files.writeString(file, Files.readString(file).replace(Evidence.SCHEMA, "labharness/evidence/9"));

        assertThatThrownBy(() -> EvidenceFile.read(folder))
                .hasMessageContaining("its schema is 'labharness/evidence/9', expected 'labharness/evidence/1'");
    }

    private void comesBack(Evidence evidence) {
        String digest = EvidenceFile.write(evidence, folder);

        Evidence read = EvidenceFile.read(folder);

        assertThat(read).isEqualTo(evidence);
        assertThat(EvidenceFile.digest(read)).isEqualTo(digest);
    }

    private static Schema validator() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(published());
    }

    private static String published() {
        try (InputStream in = EvidenceFile.class.getResourceAsStream("evidence.schema.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
