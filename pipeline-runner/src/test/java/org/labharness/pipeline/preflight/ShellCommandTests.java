package org.labharness.pipeline.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellCommandTests {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            python train.py --lr 0.1                      | [python, train.py, --lr, 0.1]@
            A=1 B='x y' python -u "my train.py"           | [python, -u, my train.py]@
            cd src && python train.py                     | [python, train.py]@src
            cd src/a; cd ..; ls                           | [ls]@src
            a 2>&1 && b                                   | [a, 2>, 1]@ [b]@
            (git pull; python x.py)                       | [git, pull]@ [python, x.py]@
            for i in 1 2; do python x.py $i; done         | [for, i, in, 1, 2]@ [python, x.py, $i]@ [done]@
            echo 'a; b && c' \\; d                         | [echo, a; b && c, ;, d]@
            """)
    void a_line_is_split_as_a_shell_splits_it(String line, String expected) {
        assertThat(ShellCommand.all(line, "").stream()
                        .map(command -> command.words() + "@" + command.folder())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            python train.py            | w/train.py
            python3.11 -u -W ignore ../a/b.py | a/b.py
            ./run.py                   | w/run.py
            python -m train            | -
            python -c "print('x.py')"  | -
            python $SCRIPT.py          | -
            python /opt/x.py           | -
            python ../../x.py          | -
            cat train.py               | -
            """)
    void the_script_is_what_python_runs(String line, String expected) {
        assertThat(ShellCommand.all(line, "w").getFirst().script().orElse("-")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3.9             | false | false
            3.11            | true  | false
            3.13.1          | false | true
            >=3.12          | false | true
            >=3.9,<3.12     | true  | false
            <3.11           | false | false
            ~=3.10          | true  | true
            ^3.12           | false | true
            >=3.14          | false | false
            !=3.11.*        | false | true
            anything        | true  | true
            """)
    void a_version_fits_or_not(String version, boolean eleven, boolean thirteen) {
        assertThat(PythonVersionQuirk.fits(version, 11)).isEqualTo(eleven);
        assertThat(PythonVersionQuirk.fits(version, 13)).isEqualTo(thirteen);
    }
}
