package org.labharness.autograder.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.labharness.autograder.check.PlainText;

/** Reads what programs send, within bounds, and writes what they get. */
final class Json {
    static final int LARGEST = 64 * 1024;
    private static final int DEEPEST = 8;
    private static final int LONGEST = 4_000;
    private static final int SHOWN = 80;

    private static final ObjectMapper MAPPER = mapper();

    private Json() {}

    private static ObjectMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(DEEPEST)
                                .maxStringLength(LONGEST)
                                .maxNameLength(LONGEST)
                                .maxNumberLength(30)
                                .build())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                        .build())
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        builder.withCoercionConfig(LogicalType.Textual, config -> {
            for (CoercionInputShape shape : new CoercionInputShape[] {
                CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
            }) {
                config.setCoercion(shape, CoercionAction.Fail);
            }
        });
        return builder.build();
    }

    static byte[] write(Object document) {
        try {
            return MAPPER.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("what we made ourselves can be written", e);
        }
    }

    /** The same on one line. */
    static String line(Object document) {
        return new String(write(document), StandardCharsets.UTF_8);
    }

    /** @throws Problem where it is none, too large or not as expected */
    static <T> T read(HttpServletRequest request, Class<T> type) {
        String media = request.getContentType() == null ? "" : request.getContentType();
        if (!media.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            throw new Problem(
                    Reason.NO_JSON_TYPE,
                    media.isBlank()
                            ? "The request does not say of which type its body is; expected application/json."
                            : "The body is of the type '" + PlainText.line(media, SHOWN)
                                    + "'; expected application/json.");
        }
        try {
            byte[] body = request.getInputStream().readNBytes(LARGEST + 1);
            if (body.length > LARGEST) {
                throw new Problem(
                        Reason.BODY_TOO_LARGE, "The body has more than " + LARGEST + " bytes, which is the limit.");
            }
            if (body.length == 0) {
                throw new Problem(Reason.NOT_JSON, "The body is empty; expected an object.");
            }
            return read(body, type);
        } catch (IOException cut) {
            throw new Problem(Reason.NOT_JSON, "The body did not come to its end.");
        }
    }

    private static <T> T read(byte[] body, Class<T> type) throws IOException {
        try {
            T read = MAPPER.readValue(body, type);
            if (read == null) {
                throw new Problem(Reason.NOT_JSON, "The body is null; expected an object.");
            }
            return read;
        } catch (UnrecognizedPropertyException unknown) {
            throw new Problem(
                    Reason.INVALID_REQUEST,
                    "There is no field '" + PlainText.line(unknown.getPropertyName(), SHOWN) + "'; known are "
                            + unknown.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .sorted()
                                    .collect(Collectors.joining(", "))
                            + ".");
        } catch (ValueInstantiationException invalid) {
            Throwable cause = invalid.getCause();
            throw new Problem(
                    Reason.INVALID_REQUEST,
                    cause == null || cause.getMessage() == null ? "A field is not as expected." : cause.getMessage());
        } catch (JsonMappingException wrong) {
            throw new Problem(
                    Reason.INVALID_REQUEST,
                    (wrong.getPath().isEmpty()
                                    ? "The body"
                                    : "The field '"
                                            + PlainText.line(
                                                    String.valueOf(wrong.getPath()
                                                            .getLast()
                                                            .getFieldName()),
                                                    SHOWN)
                                            + "'")
                            + " is of another kind than expected, or said twice, or too deep.");
        } catch (JsonProcessingException none) {
            throw new Problem(Reason.NOT_JSON, "The body is no JSON, or has more depth or longer texts than it may.");
        }
    }
}
