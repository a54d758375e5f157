package org.labharness.pipeline.evidence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import org.labharness.lab.Sha256;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/** {@code evidence.json}: written once, read back as often as a rubric changes; {@code evidence.schema.json} describes it. */
public final class EvidenceFile {
    /** Its name in an evidence directory. */
    public static final String NAME = "evidence.json";

    /** Larger evidence is neither written nor read. */
    public static final long MAX_BYTES = 64L << 20;

    private static final int MAX_DEPTH = 40;
    private static final int MAX_TEXT = 1 << 20;
    private static final ObjectMapper MAPPER = mapper();

    private EvidenceFile() {}

    /**
     * Writes the evidence to {@code evidence.json} in a directory, whole or not at all.
     *
     * @return the digest
     * @throws SystemBroke if it is too large or cannot be written
     */
    public static String write(Evidence evidence, Path directory) {
        byte[] canonical = canonical(evidence);
        Path file = directory.resolve(NAME);
        try {
            Files.createDirectories(directory);
            Path part = Files.createTempFile(directory, NAME, ".part");
            Files.write(part, canonical);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new SystemBroke(
                    Breakdown.DISK_FULL, "Cannot write " + file + ": " + e + ". Is the disk full or read-only?", e);
        }
        return digest(canonical);
    }

    /**
     * Reads the evidence of a directory.
     *
     * @throws SystemBroke if it is missing, too large, of another version, or not evidence at all
     */
    public static Evidence read(Path directory) {
        Path file = directory.resolve(NAME);
        try {
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw unreadable(file, "it has " + size + " bytes, at most " + MAX_BYTES + " are read");
            }
            return parse(Files.readAllBytes(file), file);
        } catch (NoSuchFileException e) {
            throw new SystemBroke(Breakdown.INTERNAL, "There is no " + file + ". Grade the submission first.", e);
        } catch (IOException e) {
            throw unreadable(file, e.toString());
        }
    }

    /**
     * Reads evidence.
     *
     * @param file where it comes from, for messages
     * @throws SystemBroke if it is of another version, or not evidence at all
     */
    public static Evidence parse(byte[] text, Path file) {
        try {
            Evidence evidence = MAPPER.readValue(text, Evidence.class);
            if (!evidence.schema().equals(Evidence.SCHEMA)) {
                throw unreadable(file, "its schema is '" + evidence.schema() + "', expected '" + Evidence.SCHEMA + "'");
            }
            return evidence;
        } catch (JsonProcessingException e) {
            throw unreadable(
                    file,
                    e.getOriginalMessage() + " in line "
                            + (e.getLocation() == null ? 0 : e.getLocation().getLineNr()));
        } catch (IOException e) {
            throw unreadable(file, e.toString());
        }
    }

    /** SHA-256 (hex) over the canonical form, whatever the file's own layout. */
    public static String digest(Evidence evidence) {
        return digest(text(evidence));
    }

    /**
     * The text that the digest is over: fields and map keys in alphabetical order, no white space but a line feed at the end, UTF-8.
     *
     * @throws SystemBroke if it is too large to be read back
     */
    public static byte[] canonical(Evidence evidence) {
        byte[] canonical = text(evidence);
        if (canonical.length > MAX_BYTES) {
            throw new SystemBroke(
                    Breakdown.INTERNAL,
                    "The evidence of " + evidence.submission().repository() + " has " + canonical.length
                            + " bytes, at most " + MAX_BYTES + " are kept. Report this: some list in it lacks a cap.");
        }
        return canonical;
    }

    private static byte[] text(Evidence evidence) {
        try {
            return (MAPPER.writeValueAsString(evidence) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("evidence consists of records that JSON can always hold", e);
        }
    }

    private static SystemBroke unreadable(Path file, String why) {
        return new SystemBroke(
                Breakdown.INTERNAL, "Cannot read " + file + " as evidence: " + why + ". Grade the submission again.");
    }

    private static String digest(byte[] bytes) {
        return Sha256.hex(bytes);
    }

    private static ObjectMapper mapper() {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxDocumentLength(MAX_BYTES)
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(MAX_TEXT)
                .build();
        SimpleModule times = new SimpleModule();
        times.addSerializer(new InstantWriter());
        times.addDeserializer(Instant.class, new InstantReader());
        return JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(limits).build())
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addModule(times)
                .build();
    }

    private static final class InstantWriter extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1;

        InstantWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.toString());
        }
    }

    private static final class InstantReader extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
            try {
                return Instant.parse(json.getText());
            } catch (DateTimeException e) {
                return (Instant) context.handleWeirdStringValue(Instant.class, json.getText(), "no instant in UTC");
            }
        }
    }
}
