package org.labharness.pipeline.document;

import java.util.List;

/** How the numbers of a column write what follows the whole ones. */
enum DecimalMark {
    POINT,
    COMMA,
    /** No number of it has decimals. */
    NONE,
    /** Some have a point, some a comma: one of them may part thousands. */
    UNCLEAR;

    private static final String WITH_POINT = "\\s*[-+]?[0-9]{0,30}\\.[0-9]{1,30}(?:[eE][-+]?[0-9]{1,3})?\\s*";
    private static final String WITH_COMMA = "\\s*[-+]?[0-9]{0,30},[0-9]{1,30}(?:[eE][-+]?[0-9]{1,3})?\\s*";
    /** Commas that may as well part thousands. */
    private static final String GROUPED = "\\s*[-+]?[1-9][0-9]{0,2},[0-9]{3}\\s*";

    private static final String BOTH = "\\s*[-+]?[0-9]{1,3}(?:[.,' ][0-9]{3})*[.,][0-9]{1,30}\\s*";

    /** The mark of some cells, all of one column. */
    static DecimalMark of(List<String> cells) {
        boolean points = false;
        boolean commas = false;
        boolean other = false;
        for (String cell : cells) {
            boolean point = cell.matches(WITH_POINT);
            boolean comma = cell.matches(WITH_COMMA);
            points |= point;
            commas |= comma;
            other |= !point && !comma && cell.matches(BOTH);
        }
        if (other || (points && commas)) {
            return UNCLEAR;
        }
        return points ? POINT : commas ? COMMA : NONE;
    }

    /** Whether all commas of a column may part thousands. */
    static boolean mayGroup(List<String> cells) {
        return cells.stream().filter(cell -> cell.matches(WITH_COMMA)).allMatch(cell -> cell.matches(GROUPED));
    }

    static boolean isDecimal(String cell) {
        return cell.matches(WITH_POINT) || cell.matches(WITH_COMMA);
    }

    /** A cell as a column with this mark has it; what is no number with decimals stays. */
    String written(String cell) {
        return switch (this) {
            case POINT -> cell.matches(WITH_COMMA) ? cell.replace(',', '.') : cell;
            case COMMA -> cell.matches(WITH_POINT) ? cell.replace('.', ',') : cell;
            case NONE, UNCLEAR -> cell;
        };
    }
}
