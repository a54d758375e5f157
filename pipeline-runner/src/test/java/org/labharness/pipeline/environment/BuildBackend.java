package org.labharness.pipeline.environment;

/** A build system of a few lines that lies in the project itself, so that tests need none from an index. */
final class BuildBackend {
    /** For pyproject.toml. */
    static final String PROJECT = """
            [build-system]
            requires = []
            build-backend = "backend"
            backend-path = ["."]
            """;

    private BuildBackend() {}

    /**
     * backend.py; the wheel holds every module of the folder.
     *
     * @param before Python that runs first; what it puts into {@code extra} (name to content) is put into the wheel
     */
    static String script(String name, String version, String modules, String requires, String before) {
        return """
                import os, zipfile
                NAME, VERSION, FOLDER, REQUIRES = %s
                extra = {}
                %s
                def build_wheel(folder, config_settings=None, metadata_directory=None):
                    file = f"{NAME}-{VERSION}-py3-none-any.whl"
                    info = f"{NAME}-{VERSION}.dist-info/"
                    with zipfile.ZipFile(os.path.join(folder, file), "w") as wheel:
                        for place, _, names in os.walk(FOLDER):
                            for one in names:
                                if one.endswith(".py") and one not in ("backend.py", "setup.py"):
                                    path = os.path.join(place, one)
                                    wheel.write(path, os.path.relpath(path, FOLDER))
                        for one, content in extra.items():
                            wheel.writestr(one, content)
                        wheel.writestr(info + "METADATA", f"Metadata-Version: 2.1\\nName: {NAME}\\nVersion: {VERSION}\\n"
                                       + "".join(f"Requires-Dist: {one}\\n" for one in REQUIRES.split()))
                        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
                        wheel.writestr(info + "entry_points.txt", "[console_scripts]\\nsay-hello = homework:hello\\n")
                        wheel.writestr(info + "RECORD", "")
                    return file
                """.formatted("'" + name + "', '" + version + "', '" + modules + "', '" + requires + "'", before);
    }
}
