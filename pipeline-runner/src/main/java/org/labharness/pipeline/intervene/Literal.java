package org.labharness.pipeline.intervene;

import java.math.BigDecimal;
import java.util.Optional;

/** A value as JSON, YAML, TOML and Python write it alike. */
record Literal(String text) {
    private static final String INTEGER = "[-+]?[0-9]{1,15}";
    private static final String DECIMAL = "[-+]?(?:[0-9]{1,15}\\.?[0-9]{0,15}|\\.[0-9]{1,15})(?:[eE][-+]?[0-9]{1,2})?";

    /** Whether two are the same value, however they are written. */
    boolean sameAs(Literal other) {
        if (isNumber() && other.isNumber()) {
            return new BigDecimal(plain()).compareTo(new BigDecimal(other.plain())) == 0;
        }
        return bare().equals(other.bare());
    }

    /**
     * Another value of the same kind that a program which takes this one will hardly refuse. Empty for text, and for whole numbers
     * below zero, which mostly say "all" or "no limit" and have no neighbours.
     */
    Optional<Literal> neighbour() {
        if (text.matches("-[0-9]+(?:\\.0*)?")) {
            return Optional.empty();
        }
        if (text.matches(INTEGER)) {
            return Optional.of(
                    new Literal(new BigDecimal(text).add(BigDecimal.ONE).toPlainString()));
        }
        if (isNumber()) {
            BigDecimal value = new BigDecimal(plain());
            BigDecimal other = value.signum() == 0 ? new BigDecimal("0.1") : value.multiply(new BigDecimal("0.9"));
            return Optional.of(new Literal(other.stripTrailingZeros().toPlainString()));
        }
        return switch (text) {
            case "true" -> Optional.of(new Literal("false"));
            case "false" -> Optional.of(new Literal("true"));
            case "True" -> Optional.of(new Literal("False"));
            case "False" -> Optional.of(new Literal("True"));
            default -> Optional.empty();
        };
    }

    /** As a Python file needs it. */
    Literal forPython() {
        return switch (text) {
            case "true" -> new Literal("True");
            case "false" -> new Literal("False");
            default -> this;
        };
    }

    boolean isInteger() {
        return text.matches(INTEGER);
    }

    boolean isNumber() {
        return text.matches(DECIMAL);
    }

    /** Without quotes. */
    String bare() {
        boolean quoted = text.length() >= 2
                && (text.startsWith("\"") || text.startsWith("'"))
                && text.charAt(0) == text.charAt(text.length() - 1);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private String plain() {
        return text.startsWith("+") ? text.substring(1) : text.endsWith(".") ? text + "0" : text;
    }
}
