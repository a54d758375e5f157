package org.labharness.pipeline.predict;

import java.io.IOException;
import org.labharness.lab.TestRows;
import org.labharness.pipeline.document.Opened;
import org.labharness.pipeline.document.Table;
import org.labharness.pipeline.document.TreeReader;

/**
 * Reads the rows on which a submission itself measures, from its tree after the run: data that whoever wrote it is to answer for. Less is read than
 * of hidden data, for a table of this size is held in memory.
 */
final class OwnRows {
    /** Fewer rows measure nothing: one more right or wrong moves the metric by more than any tolerance. */
    private static final int LEAST = 20;

    private static final int LARGEST = 32 << 20;
    private static final int MOST_CELLS = 2_000_000;

    private OwnRows() {}

    /** @throws UnfitData in words for the student */
    static LabelledRows read(TestRows.Own own, TreeReader tree) throws UnfitData {
        byte[] content = switch (tree.open(own.file(), LARGEST)) {
            case Opened.Content found -> found.bytes();
            case Opened.Absent absent -> throw UnfitData.missing("After the run there is no " + own.file() + ".");
            case Opened.Refused refused -> throw UnfitData.theirs("It cannot be read: " + refused.reason() + ".");
        };
        try {
            return new LabelledTable(
                            own.file(), false, own.label(), own.task(), own.features(), LEAST, UnfitData::theirs)
                    .rows(own.key(), false, Table.read(content, MOST_CELLS).rows());
        } catch (IOException e) {
            throw UnfitData.theirs(own.file() + " cannot be read as a table: " + e.getMessage() + ".");
        }
    }
}
