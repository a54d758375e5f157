package org.labharness.autograder.challenge;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Sha256;

/** Predictions for every row, in the order of the labels. */
public sealed interface Guesses {
    /** SHA-256 (hex) of what is predicted, whatever the order and the writing of the file was. */
    String digest();

    /**
     * @param labels in the form in which they are compared
     * @param scores by row and class, adding up to 1; null where only labels are predicted
     */
    @SuppressWarnings("ArrayRecordComponent") // a table of many numbers, compared by nobody
    record Labels(List<String> labels, double @Nullable [][] scores) implements Guesses {
        public Labels {
            labels = List.copyOf(labels);
        }

        @Override
        public String digest() {
            MessageDigest digest = Sha256.begin();
            labels.forEach(label -> digest.update((label + "\0").getBytes(StandardCharsets.UTF_8)));
            if (scores != null) {
                for (double[] row : scores) {
                    add(digest, row);
                }
            }
            return Sha256.hex(digest);
        }
    }

    /** @param values finite */
    @SuppressWarnings("ArrayRecordComponent") // many numbers, compared by nobody
    record Numbers(double[] values) implements Guesses {
        @Override
        public String digest() {
            MessageDigest digest = Sha256.begin();
            add(digest, values);
            return Sha256.hex(digest);
        }
    }

    private static void add(MessageDigest digest, double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values.length);
        bytes.asDoubleBuffer().put(values);
        digest.update(bytes);
    }
}
