package org.labharness.pipeline.serve;

import java.util.Random;

/**
 * What a client is answered, and what it has to show then. Texts that stand for something drawn are replaced, so that no client can have the answer by heart:
 * <code>{word}</code> for eight letters, <code>{whole}</code> for a number from 10000 to 99999, <code>{number}</code> for one with a digit after its point that
 * is not 0, from 10000.1 to 99999.9. Alone in a text of JSON a number stands there without quotes.
 *
 * @param answer JSON
 * @param shows empty for nothing
 */
record DrawnAnswer(String answer, String shows) {
    private static final int LETTERS = 8;
    private static final int LEAST = 10_000;

    static DrawnAnswer of(String answer, String shows, Random chance) {
        StringBuilder word = new StringBuilder();
        for (int at = 0; at < LETTERS; at++) {
            word.append((char) ('a' + chance.nextInt(26)));
        }
        String whole = String.valueOf(LEAST + chance.nextInt(9 * LEAST));
        String number = LEAST + chance.nextInt(9 * LEAST) + "." + (1 + chance.nextInt(9));
        return new DrawnAnswer(answer, shows)
                .with("{word}", word.toString())
                .withNumber("{whole}", whole)
                .withNumber("{number}", number);
    }

    private DrawnAnswer withNumber(String mark, String drawn) {
        return new DrawnAnswer(answer.replace("\"" + mark + "\"", drawn), shows).with(mark, drawn);
    }

    private DrawnAnswer with(String mark, String drawn) {
        return new DrawnAnswer(answer.replace(mark, drawn), shows.replace(mark, drawn));
    }
}
