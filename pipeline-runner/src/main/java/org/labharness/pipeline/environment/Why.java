package org.labharness.pipeline.environment;

/** Why a line of a declaration does not come out as it was written; each has a finding's code and an advice. */
enum Why {
    OTHER_SYSTEM(
            "other-system",
            "Take the line out, or end it with  ; sys_platform == \"win32\"  so that it counts on Windows only."),
    GRAPHICS_CARD(
            "graphics-card",
            "Take the line out: whatever package needs it brings it along. Name torch or tensorflow alone."),
    ADDRESS(
            "address",
            "Name a package of the index with its version, such as pandas==2.2.3; ask your instructor where there is none."),
    FOREIGN_FILE(
            "foreign-file",
            "Write the version that you use instead of the path: pip list --format=freeze > requirements.txt."),
    LOCAL("local-package", "Check the path, and that pyproject.toml or setup.py is committed there."),
    INDEX("index-line", "Take the line out; packages of the usual index need none."),
    OPTION("pip-option", "Take the line out, or keep it for yourself: it changes nothing here."),
    INCLUDED("included-file", "Commit the file inside the repository, or take the line out."),
    NOT_A_REQUIREMENT("no-requirement", "Write one package a line: name==1.2.3."),
    TWICE("twice", "Keep one of the lines."),
    TOO_MUCH(
            "too-much",
            "Declare only what the code imports: pip list --not-required --format=freeze > requirements.txt."),
    RENAMED("other-name", "Write what was installed instead."),
    CONDA_ONLY("conda-only", "List what the code imports under 'pip:' in the same file."),
    UNKNOWN_IMPORT("unknown-import", "Name the package in requirements.txt: only you know which one it is."),
    UNKNOWN("unknown-package", "Correct the name: look it up with 'pip index versions NAME'."),
    NO_VERSION("no-such-version", "Correct the version: 'pip index versions NAME' lists those that exist."),
    NO_WHEEL("no-wheel", "Choose a version that comes as a wheel: pip download --only-binary :all: NAME."),
    OTHER_PYTHON("other-python", "Choose a version for this Python, or ask for another Python in .python-version."),
    CONFLICT(
            "conflict",
            "Loosen one of the versions that contradict each other, then try: pip install -r requirements.txt."),
    CONFLICT_HERE(
            "conflict-here", "Choose versions that all come for this Python, or ask for another in .python-version."),
    DVC_IN_THE_WAY("dvc-left-out", "Nothing to do; a newer DVC would spare you the trouble: pip install -U dvc."),
    TOO_NEW("too-new", "Nothing to do; but check that the version is the one that you used."),
    NOT_INSTALLABLE("not-installable", "Try it in an empty environment: python -m venv fresh, then pip install.");

    private final String code;
    private final String hint;

    Why(String code, String hint) {
        this.code = "env." + code;
        this.hint = hint;
    }

    /** Of the finding. */
    String code() {
        return code;
    }

    /** Whether the reason is a sentence of its own; otherwise it completes one that begins with what was declared. */
    boolean isWholeSentence() {
        return this == INDEX || this == OPTION || this == UNKNOWN || this == NO_VERSION;
    }

    /** Whether another Python than those here, or a machine with a network and compilers, would have had it. */
    boolean isOurs() {
        return this == NO_WHEEL
                || this == OTHER_PYTHON
                || this == CONFLICT_HERE
                || this == DVC_IN_THE_WAY
                || this == NOT_INSTALLABLE;
    }

    /** What the student can do. */
    String hint() {
        return hint;
    }
}
