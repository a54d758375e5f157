package org.labharness.autograder.webhook;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The field {@code payload} of a form, which GitHub sends where a webhook's content type is left as GitHub proposes it. */
final class FormField extends InputStream {
    private static final String NAME = "payload=";

    private final InputStream in;
    private boolean ended;

    /** @throws IOException also where the form does not begin with that field */
    FormField(InputStream form) throws IOException {
        in = new BufferedInputStream(form);
        for (int i = 0; i < NAME.length(); i++) {
            if (in.read() != NAME.charAt(i)) {
                throw new IOException("the form does not begin with the field 'payload'");
            }
        }
    }

    @Override
    public int read() throws IOException {
        int next = ended ? -1 : in.read();
        return switch (next) {
            case -1, '&' -> {
                ended = true;
                yield -1;
            }
            case '+' -> ' ';
            case '%' -> digit() << 4 | digit();
            default -> next;
        };
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = 0;
        while (count < length) {
            int next = read();
            if (next < 0) {
                return count == 0 ? -1 : count;
            }
            bytes[offset + count++] = (byte) next;
        }
        return count;
    }

    private int digit() throws IOException {
        int digit = Character.digit(in.read(), 16);
        if (digit < 0) {
            throw new IOException("an escape of the form is not two hexadecimal digits");
        }
        return digit;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
