package org.labharness.pipeline.collect.dvc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsCommandTests {
    private static final Set<String> THERE = Set.of("src/train.py", "./src/train.py", "data/raw", "data/raw/x y.csv");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            python src\\train.py                          | python src/train.py
            python .\\src\\train.py --in data\\raw         | python ./src/train.py --in data/raw
            set PYTHONPATH=. && python src\\train.py      | export PYTHONPATH='.' && python src/train.py
            set "A=1 2"&& set B=%A% && python src/train.py | export A='1 2' && export B='${A}' && python src/train.py
            .venv\\Scripts\\python.exe src/train.py        | python src/train.py
            py src/train.py                              | python src/train.py
            py -3 src/train.py                           | python src/train.py
            py -3.11-64 -m src.train                     | python -m src.train
            cd src && py -V:3.12 train.py                | cd src &&python train.py
            python.exe src/train.py                      | python src/train.py
            """)
    void commandsForWindowsAreWrittenForLinux(String command, String unix) {
        assertThat(WindowsCommand.of(command, THERE::contains).unix()).isEqualTo(unix);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            py -3 src/train.py                            | Write 'python' instead of 'py -3': once the environment is activated, that works on every system.
            .venv\\Scripts\\dvc.exe status                 | Write 'dvc' instead of '.venv\\Scripts\\dvc.exe': once the environment is activated, that works on every system.
            python.exe src\\train.py                      | Write 'python' instead of 'python.exe': once the environment is activated, that works on every system. Write paths with '/', which works on Windows too.
            python src\\train.py                          | Write paths with '/', which works on Windows too.
            set A=1 && echo %A%                           | Take 'set ...' and '%...%' out: let the script read params.yaml.
            """)
    void onlyWhatIsWrittenForWindowsIsToBeChanged(String command, String advice) {
        assertThat(WindowsCommand.of(command, THERE::contains).advice()).isEqualTo(advice);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            python -c "print('src\\ntrain.py')"
            python src/train.py --name a\\ b
            set -e && python src/train.py
            echo 100%done%
            grep -E '^set A=1' src/train.py
            python src/py train.py
            python -c py -3
            ./py -3 src/train.py
            """)
    void whatLinuxUnderstandsStaysAsItIs(String command) {
        WindowsCommand read = WindowsCommand.of(command, THERE::contains);
        assertThat(read.changed()).isEmpty();
        assertThat(read.unix()).isEqualTo(command);
    }
}
