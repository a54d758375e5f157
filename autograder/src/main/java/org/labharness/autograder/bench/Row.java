package org.labharness.autograder.bench;

/**
 * One line of the table.
 *
 * @param limit what is promised, or empty
 * @param kept whether the promise is kept; true where there is none
 */
public record Row(String what, String measured, String limit, boolean kept) {
    static Row of(String what, String measured) {
        return new Row(what, measured, "", true);
    }
}
