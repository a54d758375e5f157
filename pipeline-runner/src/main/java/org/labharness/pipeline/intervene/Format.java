package org.labharness.pipeline.intervene;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a file of data is, by its first bytes: what reads one of these does not read another. */
enum Format {
    PARQUET("Parquet", "PAR1"),
    ZIP("a ZIP archive", "PK\u0003\u0004"),
    GZIP("packed by gzip", "\u001f\u008b"),
    JSON_LIST("a JSON list", "["),
    JSON_OBJECT("JSON", "{"),
    TEXT("text", ""),
    BINARY("binary", "");

    /** So many bytes tell. */
    static final int BEGIN = 1 << 16;

    private static final String MARK = "\u00ef\u00bb\u00bf";

    final String words;
    private final String begin;

    Format(String words, String begin) {
        this.words = words;
        this.begin = begin;
    }

    static Format of(byte[] content) {
        String letters = new String(content, StandardCharsets.ISO_8859_1);
        String text =
                letters.startsWith(MARK) ? letters.substring(MARK.length()).strip() : letters.strip();
        return Arrays.stream(values())
                .filter(format -> !format.begin.isEmpty() && text.startsWith(format.begin))
                .findFirst()
                .orElse(letters.indexOf('\0') < 0 ? TEXT : BINARY);
    }
}
