package org.labharness.pipeline.preflight;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.labharness.lab.Finding;
import org.labharness.pipeline.checkout.History.Branch;

/** Work that is on another branch than the graded one. */
final class BranchQuirk implements Quirk {
    private static final List<String> RUNNABLE = List.of("dvc.yaml", "MLproject");

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        String graded = view.out().submission().ref();
        if (!isDefault(view)) {
            return;
        }
        if (isEmpty(view)) {
            elsewhere(view).ifPresent(branch -> findings.accept(elsewhere(graded, branch)));
            return;
        }
        Optional<Branch> newer = view.history().otherBranches().stream()
                .filter(branch -> branch.contains() && branch.ahead() > 0 && branch.newer())
                .findFirst();
        newer.ifPresent(branch -> findings.accept(FindingCode.REPO_NEWER_BRANCH.at(
                null,
                "The branch '" + branch.name() + "' has " + branch.ahead()
                        + (branch.ahead() == 1 ? " commit" : " commits") + " that the graded branch '" + graded
                        + "' does not have. They are not graded.",
                "If they belong to the work: git checkout " + graded + " && git merge " + branch.name()
                        + " && git push.")));
    }

    private static boolean isDefault(TreeView view) {
        return view.out().submission().ref().equals(view.out().defaultBranch());
    }

    private static boolean isEmpty(TreeView view) {
        return view.pipelines().isEmpty() && view.mlproject().isEmpty();
    }

    /** The branch that holds a pipeline where the graded one holds none. */
    static Optional<Branch> elsewhere(TreeView view) {
        if (!isDefault(view) || !isEmpty(view)) {
            return Optional.empty();
        }
        return view.history().otherBranches().stream()
                .filter(branch ->
                        RUNNABLE.stream().anyMatch(file -> view.history().has(branch.name(), file)))
                .findFirst();
    }

    private static Finding elsewhere(String graded, Branch branch) {
        return FindingCode.REPO_WORK_ON_OTHER_BRANCH.at(
                null,
                "The graded branch '" + graded + "' holds no pipeline, but the branch '" + branch.name() + "' does.",
                "Bring it over: git checkout " + graded + " && git merge " + branch.name()
                        + " && git push (with --allow-unrelated-histories after 'git merge', where Git says so). Or hand in that branch.");
    }
}
