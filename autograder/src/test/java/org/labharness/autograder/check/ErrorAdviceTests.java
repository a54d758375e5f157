package org.labharness.autograder.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorAdviceTests {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            OSError: Cannot save file into a non-existent directory: '/Users/me/lab/data' | '/Users/me/lab/data' is a folder of one machine: write paths relative to the repository, in the code and in its settings.
            FileNotFoundError: [Errno 2] No such file or directory: 'C:\\Users\\me\\x.csv' | 'C:\\Users\\me\\x.csv' is a folder of one machine: write paths relative to the repository, in the code and in its settings.
            FileNotFoundError: [Errno 2] No such file or directory: 'data/x.csv'          | Commit 'data/x.csv' or make it an output of an earlier stage; Git keeps no empty folders, so make folders in the script: os.makedirs(folder, exist_ok=True).
            ModuleNotFoundError: No module named 'pandas'                                 | If pandas is a package, add it to requirements.txt; if it is a file of yours, commit it and start the script from the folder that it is imported from.
            ModuleNotFoundError: No module named 'sklearn.tree'                           | If sklearn.tree is a package, add scikit-learn to requirements.txt; if it is a file of yours, commit it and start the script from the folder that it is imported from.
            python: can't open file '/work/srctrain.py': [Errno 2] No such file or directory | Commit the script, and write its path in dvc.yaml as it is seen from there, with '/' between folders: on Linux a backslash only quotes the next letter.
            sh: 1: Rscript: not found                                                     | There is no 'Rscript' where stages run, only Linux with Python, Git, DVC and the usual small tools: do that step with a Python package, or leave it out of the pipeline.
            make: uvicorn: No such file or directory                                      | There is no 'uvicorn' where stages run, only Linux with Python, Git, DVC and the usual small tools: do that step with a Python package, or leave it out of the pipeline.
            timeout: failed to run command ‘uvicorn’: No such file or directory           | There is no 'uvicorn' where stages run, only Linux with Python, Git, DVC and the usual small tools: do that step with a Python package, or leave it out of the pipeline.
            make: rules.mk: No such file or directory                                     | Try it where nothing of yours is around: git clone <your repository> fresh && cd fresh && again
            FileNotFoundError: [Errno 2] No such file or directory: '.git/config'         | What lies in .git belongs to Git on one machine and is in no clone: take what the code needs of it from the command line or from a file of your own.
            FileNotFoundError: [Errno 2] No such file or directory: '../shared/x.csv'     | '../shared/x.csv' lies outside of the repository: write paths relative to it, and let a stage make what is read, or keep it in the repository, if all who read that may see it.
            /bin/bash: line 1: py: command not found                                      | Write 'python' instead of 'py', which only Windows has.
            scripts/kinds.sh: line 2: $'\\r': command not found                            | The script has the line endings of Windows: echo '*.sh text eol=lf' >> .gitattributes && git add .gitattributes && git add --renormalize . && git commit -m "Line endings".
            env: ‘python3\\r’: No such file or directory                                   | The script has the line endings of Windows: echo '*.sh text eol=lf' >> .gitattributes && git add .gitattributes && git add --renormalize . && git commit -m "Line endings".
            /bin/bash: line 1: ./scripts/kinds.sh: cannot execute: required file not found | The program that the script's first line names is not there: write #!/usr/bin/env bash or python3. If the file has the line endings of Windows: echo '*.sh text eol=lf' >> .gitattributes && git add .gitattributes && git add --renormalize . && git commit -m "Line endings".
            /bin/bash: line 1: ./scripts/rows.sh: Permission denied                       | Git keeps the script as a file that may not be run: git update-index --chmod=+x scripts/rows.sh && git commit -m "Make it executable".
            KeyError: 'https://example.org/home/x'                                        | Try it where nothing of yours is around: git clone <your repository> fresh && cd fresh && again
            """)
    void theLastErrorSaysWhatToDo(String error, String advice) {
        assertThat(ErrorAdvice.of(error, false, "again")).isEqualTo(advice);
    }

    @Test
    void whereTheLabSaysWhatIsInstalledNoRequirementHelps() {
        assertThat(ErrorAdvice.of("ModuleNotFoundError: No module named 'pandas'", true, "again"))
                .isEqualTo(
                        "If pandas is a package, do without it: this lab says itself which packages there are; if it is a"
                                + " file of yours, commit it and start the script from the folder that it is imported from.");
    }
}
