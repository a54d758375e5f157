package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Which files of a merge Git could not merge by itself, found by merging their texts once more. Large files are passed over. */
final class MergedFiles {
    private static final int MOST_ENTRIES = 2_000;
    private static final int MOST_MERGED = 20;
    private static final int LISTED = 5;
    private static final int LARGEST = 256 << 10;
    /** Comparing texts that differ in every line takes the square of it. */
    private static final int MOST_LINES = 3_000;

    private MergedFiles() {}

    static List<String> conflicts(Repository repository, RevCommit merge) {
        List<String> found = new ArrayList<>();
        if (merge.getParentCount() != 2) {
            return found;
        }
        try (RevWalk bases = new RevWalk(repository);
                TreeWalk files = new TreeWalk(repository)) {
            RevCommit ours = bases.parseCommit(merge.getParent(0));
            RevCommit theirs = bases.parseCommit(merge.getParent(1));
            bases.setRevFilter(RevFilter.MERGE_BASE);
            bases.markStart(ours);
            bases.markStart(theirs);
            RevCommit base = bases.next();
            if (base == null) {
                return found;
            }
            bases.parseHeaders(base);
            files.addTree(base.getTree());
            files.addTree(ours.getTree());
            files.addTree(theirs.getTree());
            files.setRecursive(true);
            files.setFilter(TreeFilter.ANY_DIFF);
            int merged = 0;
            for (int i = 0; i < MOST_ENTRIES && merged < MOST_MERGED && found.size() < LISTED && files.next(); i++) {
                if (bothChanged(files)) {
                    merged++;
                    if (isConflict(repository, files)) {
                        found.add(files.getPathString());
                    }
                }
            }
            return found;
        } catch (IOException e) {
            return found; // what can be read has been told
        }
    }

    private static boolean bothChanged(TreeWalk files) {
        ObjectId base = files.getObjectId(0);
        ObjectId ours = files.getObjectId(1);
        ObjectId theirs = files.getObjectId(2);
        return isFile(files, 1)
                && isFile(files, 2)
                && !ours.equals(theirs)
                && !ours.equals(base)
                && !theirs.equals(base);
    }

    private static boolean isFile(TreeWalk files, int side) {
        return files.getFileMode(side).getObjectType() == Constants.OBJ_BLOB;
    }

    private static boolean isConflict(Repository repository, TreeWalk files) throws IOException {
        List<RawText> texts = new ArrayList<>();
        for (int side = 0; side < 3; side++) {
            if (!isFile(files, side)) {
                texts.add(new RawText(new byte[0]));
                continue;
            }
            ObjectLoader loader = repository.open(files.getObjectId(side), Constants.OBJ_BLOB);
            if (loader.getSize() > LARGEST) {
                return false;
            }
            byte[] bytes = loader.getBytes(LARGEST);
            if (RawText.isBinary(bytes)) {
                return false;
            }
            texts.add(new RawText(bytes));
        }
        return texts.stream().allMatch(text -> text.size() <= MOST_LINES)
                && new MergeAlgorithm()
                        .merge(RawTextComparator.DEFAULT, texts.get(0), texts.get(1), texts.get(2))
                        .containsConflicts();
    }
}
