package org.labharness.autograder.gitserver;

import java.util.Locale;

/** Why a push was refused; each with what its author can do. */
enum PushRefusal {
    TOO_LARGE(
            "Keep data, models and environments out of Git, also out of its history (track data with DVC), and push again."),
    TOO_MANY_OBJECTS("Push a history without generated files; a new branch from a small commit is the quickest way."),
    TOO_MANY_REFS("Delete branches, tags or experiments that nobody needs: git push lab --delete NAME."),
    NO_ROOM("Ask staff to make room, and keep large files out of Git (track data with DVC)."),
    REWRITTEN(
            "What was graded stays. Bring it back into your branch (git pull --rebase, or git revert for what you want to undo)"
                    + " and push without --force; a new branch or tag is always welcome."),
    MOVED("Bring what is there into yours (git pull --rebase), look at it, and push again."),
    BAD_NAME("Choose another name and push again."),
    UNSAFE_PATH("Rename or remove it, also in the history (git filter-repo), and push again."),
    DAMAGED("Run git fsck in your repository, mend what it names, and push again."),
    SHALLOW("Your clone does not have all of its history: git fetch --unshallow, then push again."),
    NOT_OPEN("Nothing is lost: push again once it is open."),
    CLOSED("Ask staff if you think that you have more time."),
    CANCELLED("There is nothing to do: it counts for nobody."),
    NO_LATE_DAYS("Ask staff if you think that you have some left."),
    COOLING_DOWN("Push again after that; your work is safe in your own repository."),
    ATTEMPTS_USED_UP("The attempts that were graded count. Ask staff if one of them was not yours to lose."),
    TOO_OFTEN("Wait until then and push once; ./lab inspect finds on your own machine what reading alone can find."),
    OTHER_REF("Push branches, tags and DVC experiments only: git push lab main --tags."),
    TOO_SLOW(
            "Push again from a faster network, or less at once: a branch of an older commit first, then the newer ones."),
    BUSY("Push again in a minute.");

    private final String remedy;

    PushRefusal(String remedy) {
        this.remedy = remedy;
    }

    /** As answers show it and notes keep it: {@code too-large}. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException if a code is none */
    static PushRefusal of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** What to do, a whole sentence. */
    String remedy() {
        return remedy;
    }
}
