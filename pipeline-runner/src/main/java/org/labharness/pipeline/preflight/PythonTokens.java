package org.labharness.pipeline.preflight;

import java.util.ArrayList;
import java.util.List;

/** Splits Python source into names, numbers, strings and signs; comments are dropped. One pass, no recursion, never fails. */
final class PythonTokens {
    private static final int MOST = 400_000;

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;

    private PythonTokens(String source) {
        this.source = source;
    }

    /** Kinds of tokens. */
    enum Kind {
        NAME,
        NUMBER,
        STRING,
        SIGN
    }

    /** @param text of a string: what is between the quotes, escapes as written */
    record Token(Kind kind, String text, int line) {}

    static List<Token> of(String source) {
        PythonTokens tokens = new PythonTokens(source);
        while (tokens.at < source.length() && tokens.tokens.size() < MOST) {
            tokens.step();
        }
        return List.copyOf(tokens.tokens);
    }

    private void step() {
        char letter = source.charAt(at);
        if (letter == '\n') {
            line++;
            at++;
        } else if (Character.isWhitespace(letter)) {
            at++;
        } else if (letter == '#') {
            int end = source.indexOf('\n', at);
            at = end < 0 ? source.length() : end;
        } else if (letter == '"' || letter == '\'') {
            string(letter);
        } else if (Character.isJavaIdentifierStart(letter)) {
            word();
        } else if (Character.isDigit(letter)) {
            run(Kind.NUMBER);
        } else {
            tokens.add(new Token(Kind.SIGN, String.valueOf(letter), line));
            at++;
        }
    }

    private void word() {
        int start = at;
        while (at < source.length() && Character.isJavaIdentifierPart(source.charAt(at))) {
            at++;
        }
        char next = at < source.length() ? source.charAt(at) : ' ';
        boolean prefix = at - start <= 2 && (next == '"' || next == '\'');
        if (!prefix) {
            tokens.add(new Token(Kind.NAME, source.substring(start, at), line));
        }
    }

    private void run(Kind kind) {
        int start = at;
        while (at < source.length()
                && (Character.isLetterOrDigit(source.charAt(at)) || "._".indexOf(source.charAt(at)) >= 0)) {
            at++;
        }
        tokens.add(new Token(kind, source.substring(start, at), line));
    }

    private void string(char quote) {
        String triple = String.valueOf(quote).repeat(3);
        boolean isTriple = source.startsWith(triple, at);
        int first = line;
        int start = at + (isTriple ? 3 : 1);
        at = start;
        while (at < source.length()) {
            char letter = source.charAt(at);
            if (letter == '\\') {
                at++;
                line += at < source.length() && source.charAt(at) == '\n' ? 1 : 0;
            } else if (letter == '\n') {
                if (!isTriple) {
                    break;
                }
                line++;
            } else if (isTriple ? source.startsWith(triple, at) : letter == quote) {
                break;
            }
            at++;
        }
        int end = Math.min(at, source.length());
        tokens.add(new Token(Kind.STRING, source.substring(start, end), first));
        boolean newline = end < source.length() && source.charAt(end) == '\n';
        at = Math.min(source.length(), newline ? end : end + (isTriple ? 3 : 1));
    }
}
